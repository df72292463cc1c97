"""Made-up articles of made-up words, a few of which are very common, as words are (Zipf)."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

VOCABULARY, TITLE, TEXT = 100_000, 9, 90
FEEDS, STORY = 1_000, 3
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(seconds=30)
LETTERS = "абвгдежзиклмнопрстуфхцчшюя"
Rows = list[dict[str, Any]]


class Language:
    """Made-up words, the commonest first."""

    def __init__(self) -> None:
        drawn = random.Random(1)
        made = dict[str, None]()
        while len(made) < VOCABULARY:
            made["".join(drawn.choices(LETTERS, k=drawn.randint(3, 9)))] = None
        self.words = list(made)
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def texts(self, seed: int) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Titles and texts without end."""
        drawn = random.Random(seed)
        while True:
            words = drawn.choices(self.words, cum_weights=self._weights, k=TITLE + TEXT)
            yield tuple(words[:TITLE]), tuple(words[TITLE:])


LANGUAGE = Language()


def article_rows(ids: range, told: Iterator[tuple[tuple[str, ...], tuple[str, ...]]]) -> Rows:
    """Articles in the order of their dates."""
    rows = []
    for id_ in ids:
        title, body = next(told)
        at = BEGAN + id_ * EVERY
        words = {"title": " ".join(title), "text": " ".join(body), "title_lemmas": title, "text_lemmas": body}
        own = {"id": id_, "feed_id": id_ % FEEDS + 1, "story_id": id_ // STORY + 1, "fingerprint": str(id_)}
        dates = {
            "published_at": at,
            "found_at": at,
            "language": "uk",
            "summary": "",
            "link": f"https://e.example/{id_}",
        }
        rows.append(own | words | dates)
    return rows
