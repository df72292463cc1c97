"""What a filter would have done to the last articles of a feed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from handlers.services import Services
from handlers.speech import Html, Speech
from news.match import Indexed, passes
from news.relate import Candidate
from news.text import shortened
from news.wishes import Wish

MOST_TRIED = 20
_PASSES, _STAYS = "✓", "–"


@dataclass(frozen=True, slots=True)
class DryRun:
    """The feed's last articles, newest first, and whether each would have come."""

    articles: Sequence[Candidate]
    passed: Sequence[bool]

    def told(self, speech: Speech, *, longest: int) -> Html:
        """How many would have come, and which, by headlines of at most so many characters."""
        if not self.articles:
            return speech.say("None of its articles is kept yet, so there is nothing to try the filter on.")
        count = speech.count(
            "{number} of its last {total} articles would have come:",
            "{number} of its last {total} articles would have come:",
            sum(self.passed),
            total=len(self.articles),
        )
        rows = (
            f"{_PASSES if passed else _STAYS} {escape(shortened(one.title or '…', longest), quote=False)}"
            for one, passed in zip(self.articles, self.passed, strict=True)
        )
        return Html("\n".join((count, *rows)))

    def missed(self, speech: Speech) -> Html:
        """How many would not have come."""
        return speech.count(
            "{number} of its last {total} articles would not have come.",
            "{number} of its last {total} articles would not have come.",
            len(self.passed) - sum(self.passed),
            total=len(self.articles),
        )


async def dry_run(feed_id: int, wish: Wish, services: Services) -> DryRun:
    """Try a filter on a feed's last articles."""
    articles = await services.articles.readings(feed_id, MOST_TRIED)
    return DryRun(articles, await asyncio.to_thread(_passed, wish, articles))


def _passed(wish: Wish, articles: Sequence[Indexed]) -> list[bool]:
    return [passes(wish, article) for article in articles]
