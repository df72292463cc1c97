"""What is looked for in the index, with all names resolved."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, false, literal, or_, type_coerce

from news.pattern import Pattern
from storage.tables import articles
from storage.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Wanted:
    """As `news.query.Query` has it, but for `feeds`: articles of these alone, of all where it is None.

    Of private feeds the viewer (a chat's id) sees the articles of those that it follows, None sees none. At most
    `limit` are wanted, the newest.
    """

    limit: int
    viewer: int | None = None
    words: tuple[Pattern, ...] = ()
    titled: tuple[Pattern, ...] = ()
    without: tuple[Pattern, ...] = ()
    feeds: frozenset[int] | None = None
    languages: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_hopeless(self) -> bool:
        """Whether a word is wanted that can't be in any index."""
        return not all(self.words + self.titled) or self.feeds == frozenset()


def usable(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """The patterns with the sequences that can stand in an index: letters and digits throughout, as the lemmas are."""
    return tuple(
        frozenset(sequence for sequence in pattern if sequence and all(term.isalnum() for term in sequence))
        for pattern in patterns
    )


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the rows themselves say of who may see them, and of their language."""
    seen = [visible_to(wanted.viewer)]
    return seen + ([articles.c.language.in_(sorted(wanted.languages))] if wanted.languages else [])


def within(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Whether the rows are of the feeds and were published in time: the indexes of the table know."""
    c = articles.c
    found: list[ColumnElement[bool]] = [] if wanted.feeds is None else [c.feed_id.in_(sorted(wanted.feeds))]
    if wanted.since is not None:
        found.append(c.published_at >= wanted.since)
    return found + ([c.published_at < wanted.until] if wanted.until is not None else [])


def all_terms() -> ColumnElement[str]:
    """The rows' terms, a space before and behind each; title and text are kept apart, so that no phrase spans both."""
    c = articles.c
    return _padded(type_coerce(c.title_lemmas, Text).concat(" | ").concat(type_coerce(c.text_lemmas, Text)))


def title_terms() -> ColumnElement[str]:
    """The same of the title alone."""
    return _padded(type_coerce(articles.c.title_lemmas, Text))


def holds(
    pattern: Pattern, terms: ColumnElement[str], *, place: Callable[..., ColumnElement[int]]
) -> ColumnElement[bool]:
    """Whether terms, padded so, have the pattern; `place` is the engine's function that finds a text in another."""
    sequences = sorted(f" {' '.join(sequence)} " for sequence in pattern)
    return or_(false(), *(place(terms, literal(sequence)) > 0 for sequence in sequences))


def _padded(terms: ColumnElement[str]) -> ColumnElement[str]:
    return literal(" ").concat(terms).concat(" ")
