"""What a person searches for, read from whatever they typed, and the order in which hits are shown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from news.lemmas import query_terms
from news.text import shortened, visible

T = TypeVar("T")
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
    """An article that a search found, with the index terms of its title and text; what is about one `page` may be one
    article, found through several feeds."""

    id: int
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...]
    published: datetime
    page: str | None = None


def parse_query(text: str) -> Query:
    """Any text as a query: its words, at most `MAX_TERMS`; operators and signs are not words. Never raises."""
    clean = " ".join(visible(text[:_MAX_READ]).split())
    return Query(shortened(clean, MAX_SHOWN), tuple(query_terms(clean)[:MAX_TERMS]))


def rank(query: Query, hits: Sequence[Hit], *, now: datetime) -> list[Hit]:
    """The hits, best first and each article once: more words in the title, more in all, the newer, the higher id.

    A date later than `now` counts as now, so that a wrong clock buys no first place.
    """

    def worth(hit: Hit) -> tuple[int, int, datetime, int]:
        title, text = frozenset(hit.title_lemmas), frozenset(hit.text_lemmas)
        in_title = _count(query, title)
        return (in_title, _count(query, title | text), min(hit.published, now), hit.id)

    return list(once_each(sorted(hits, key=worth, reverse=True), lambda hit: hit.page and (hit.page, hit.title_lemmas)))


def once_each(found: Iterable[T], name: Callable[[T], object]) -> Iterator[T]:
    """The first of all that go by one name; what goes by none stays."""
    seen = set()
    for one in found:
        if (known_as := name(one)) not in seen:
            yield one
        if known_as:
            seen.add(known_as)


def _count(query: Query, terms: frozenset[str]) -> int:
    return sum(1 for word in query.terms if not word.isdisjoint(terms))
