"""In which order hits are shown: BM25 over title and text, times freshness; each story once.

How telling a word is among the others of the query is judged by the hits themselves: all of them have it, and the more
of their text it makes up, the less it says.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.pattern import Pattern, count_in, padded
from news.query import Query, once_each

TITLE_WEIGHT = 3.0
"""A word of the title counts like so many of the text."""
HALF_LIFE = timedelta(days=7)
LASTING = 0.25
"""What is left of a hit's worth however old it is."""
OWN = 1.5
"""How much more a hit is worth that comes from a feed the chat follows."""
_SATURATION, _LENGTH = 1.2, 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found; `title` and `text` are their index terms with spaces between them.

    `own`: from a feed that the viewer follows. What is about one `page` may be one article, found through several
    feeds.
    """

    id: int
    story_id: int
    title: str
    text: str
    published: datetime
    page: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What stands for a story among the results: its best article's id, and those of the others, best first."""

    id: int
    others: tuple[int, ...] = ()


def rank(query: Query, hits: Sequence[Hit], *, now: datetime) -> list[Found]:
    """The stories of the hits, best first, or newest first where the query says so.

    A date later than `now` counts as now, so that a wrong clock buys no first place.
    """
    if query.newest:
        ordered = sorted(hits, key=lambda hit: (min(hit.published, now), hit.id), reverse=True)
    else:
        worths = zip(_worths(query.wants, hits), hits, strict=True)
        scored = [(worth * _freshness(hit, now) * (OWN if hit.own else 1.0), hit) for worth, hit in worths]
        scored.sort(key=lambda one: (one[0], min(one[1].published, now), one[1].id), reverse=True)
        ordered = [hit for _, hit in scored]
    return _by_story(ordered)


def _by_story(ordered: Sequence[Hit]) -> list[Found]:
    """Each story where its first hit stands; of hits that are one article only the first counts."""
    stories: dict[int, list[int]] = {}
    for hit in once_each(ordered, lambda hit: hit.page and (hit.page, hit.title)):
        stories.setdefault(hit.story_id, []).append(hit.id)
    return [Found(first, tuple(others)) for first, *others in stories.values()]


def _freshness(hit: Hit, now: datetime) -> float:
    age = max(now - hit.published, timedelta()) / HALF_LIFE
    return LASTING + (1 - LASTING) * math.exp2(-age)


def _worths(patterns: Sequence[Pattern], hits: Sequence[Hit]) -> list[float]:
    """How much each hit has of the patterns, by BM25."""
    texts, titles = [padded(hit.text) for hit in hits], [padded(hit.title) for hit in hits]
    lengths = [1 + hit.text.count(" ") for hit in hits]
    mean = sum(lengths) / max(len(lengths), 1)
    norms = [_SATURATION * (1 - _LENGTH + _LENGTH * length / mean) for length in lengths]
    worths = [0.0] * len(hits)
    for pattern in patterns:
        told = [count_in(pattern, text) for text in texts]
        weighed = [TITLE_WEIGHT * count_in(pattern, title) + number for title, number in zip(titles, told, strict=True)]
        telling = math.log(1 + sum(lengths) / (1 + sum(told)))
        for place, (number, norm) in enumerate(zip(weighed, norms, strict=True)):
            worths[place] += telling * number * (1 + _SATURATION) / (number + norm)
    return worths
