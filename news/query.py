"""What a person searches for, read from whatever they typed, and the order in which hits are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.lemmas import query_terms
from news.text import shortened, visible

MAX_TERMS = 12
MAX_SHOWN = 100
_MAX_READ = 1_000


@dataclass(frozen=True)
class Query:
    """A search: `text` to show to people, `terms` the index terms each of its words may stand under."""

    text: str
    terms: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Hit:
    """An article that a search found, with the index terms of its title and text."""

    id: int
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...]
    published: datetime


def parse_query(text: str) -> Query:
    """Any text as a query: its words, at most `MAX_TERMS`; operators and signs are not words. Never raises."""
    clean = " ".join(visible(text[:_MAX_READ]).split())
    return Query(shortened(clean, MAX_SHOWN), tuple(query_terms(clean)[:MAX_TERMS]))


def rank(query: Query, hits: Sequence[Hit], *, now: datetime) -> list[Hit]:
    """The hits, best first: more words in the title, then more in all, then the newer, then the higher id.

    A date later than `now` counts as now, so that a wrong clock buys no first place.
    """

    def worth(hit: Hit) -> tuple[int, int, datetime, int]:
        title, text = frozenset(hit.title_lemmas), frozenset(hit.text_lemmas)
        in_title = _count(query, title)
        return (in_title, _count(query, title | text), min(hit.published, now), hit.id)

    return sorted(hits, key=worth, reverse=True)


def _count(query: Query, terms: frozenset[str]) -> int:
    return sum(1 for word in query.terms if not word.isdisjoint(terms))
