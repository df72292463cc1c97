"""The search index on PostgreSQL: GIN over a tsvector of the lemmas, beside the index of the articles by date.

The terms are lemmas already, so nothing of PostgreSQL's own text search is wanted but its index: no dictionary, no
stop words, no positions. The vector is made for the index alone and kept nowhere. Beside the terms it has words of
its own, each beginning with a letter for private use: the terms of the title once more, and every two neighbours as a
number below `_PAIRS`, so that a phrase is looked for among the few articles that may have it and not among all that
have its words.

GIN knows no order, and of a common word it gives hundreds of thousands of articles. So the newest are looked at first,
one by one. How many of them match tells how far back the newest `limit` reach: for a common word a little further the
same way; for others GIN is asked about the articles since then, and only for rare ones about all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, Text, and_, bindparam, cast, func, not_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from news.pattern import Pattern
from storage.tables import articles
from storage.wanted import Wanted, all_terms, conditions, dates, holds, title_terms

_TITLE, _PAIR = "\ue001", "\ue003"
_PAIRS = 1 << 18
# The vector of a longer text might be larger than PostgreSQL has room for.
_MOST = 100_000

INDEX = (
    f"""CREATE FUNCTION article_words(title text, body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
    t text[] := string_to_array(left(title, {_MOST}), ' ');
    b text[] := string_to_array(left(body, {_MOST}), ' ');
BEGIN
    RETURN array_to_tsvector(ARRAY(
        SELECT term FROM unnest(t || b) AS term WHERE term <> ''
        UNION ALL SELECT '{_TITLE}' || term FROM unnest(t) AS term
        UNION ALL SELECT '{_PAIR}' || (hashtext(one || ' ' || other) & {_PAIRS - 1})
            FROM unnest(t[1:cardinality(t) - 1] || b[1:cardinality(b) - 1], t[2:] || b[2:]) AS pair(one, other)
    ));
END $$""",
    "CREATE INDEX article_words ON articles USING gin (article_words(title_lemmas, text_lemmas))",
)

_FIRST = 600
"""So many of the newest are looked at to see how common a match is."""
_COMMON = 1 / 6
"""From this share of matches on, walking is faster than asking GIN."""
_SPARE = 1.4
"""How much further back is looked than seems needed."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a walk over the newest came to: what matched, over how many, and when the last of these was published."""

    found: list[int]
    number: int
    first: datetime | None
    last: datetime | None

    @property
    def share(self) -> float:
        return len(self.found) / max(self.number, 1)

    def back(self, number: float) -> datetime | None:
        """When the so-manieth newest was published, if they come as they came lately; None before all times."""
        if self.first is None or self.last is None:
            return None
        try:
            return self.first - (self.first - self.last) * (number / self.number)
        except OverflowError:
            return None


async def newest(connection: AsyncConnection, wanted: Wanted) -> list[int] | None:
    """The ids of the newest articles that are wanted, newest first; None where the index is no help."""
    if not wanted.words and not wanted.titled:
        return None
    looked = await _look(connection, wanted, _FIRST)
    if looked.number < _FIRST or len(looked.found) >= wanted.limit:
        return looked.found[: wanted.limit]
    needed = _SPARE * wanted.limit / max(looked.share, 1 / _FIRST)
    if looked.share >= _COMMON:
        looked = await _look(connection, wanted, int(needed))
        if looked.number < int(needed) or len(looked.found) >= wanted.limit:
            return looked.found[: wanted.limit]
    query = await _query(connection, wanted)
    since = looked.back(needed) if looked.found else None
    if since is not None:
        found = await _ask(connection, wanted, query, since)
        if len(found) >= wanted.limit:
            return found
    return await _ask(connection, wanted, query, None)


async def _look(connection: AsyncConnection, wanted: Wanted, number: int) -> _Looked:
    """Go over so many of the newest articles (of those dates), each compared by itself."""
    c = articles.c
    seen = and_(*conditions(wanted)).label("seen")
    rows = select(c.id, c.published_at, seen, title_terms().label("title"), all_terms().label("terms"))
    rows = rows.where(*dates(wanted)).order_by(c.published_at.desc(), c.id.desc()).limit(number)
    newest = rows.subquery()
    matches = and_(newest.c.seen, *_held(wanted, newest.c.title, newest.c.terms))
    looked = (await connection.execute(select(newest.c.id, newest.c.published_at, matches.label("matches")))).all()
    found = [row.id for row in looked if row.matches]
    first, last = (looked[0].published_at, looked[-1].published_at) if looked else (None, None)
    return _Looked(found, len(looked), first, last)


async def _ask(connection: AsyncConnection, wanted: Wanted, query: str, since: datetime | None) -> list[int]:
    """The newest of what GIN gives, in no order, of the articles since then."""
    c = articles.c
    vector: ColumnElement[object] = func.article_words(c.title_lemmas, c.text_lemmas)
    matches = vector.op("@@", is_comparison=True)(cast(bindparam(None, query, type_=Text), TSQUERY))
    phrases = replace(wanted, words=_phrases(wanted.words), titled=_phrases(wanted.titled))
    held = _held(phrases, title_terms(), all_terms())
    given = select(c.id, c.published_at).where(matches, *conditions(wanted), *dates(wanted), *held)
    if since is not None:
        given = given.where(c.published_at >= since)
    # Without an offset the planner may walk by date after all, and make the vector of each row anew.
    rows = given.offset(0).subquery()
    newest = select(rows.c.id).order_by(rows.c.published_at.desc(), rows.c.id.desc()).limit(wanted.limit)
    return list(await connection.scalars(newest))


def _held(wanted: Wanted, title: ColumnElement[str], terms: ColumnElement[str]) -> list[ColumnElement[bool]]:
    has = [holds(pattern, terms, place=func.strpos) for pattern in wanted.words]
    has += [holds(pattern, title, place=func.strpos) for pattern in wanted.titled]
    return has + [not_(holds(pattern, terms, place=func.strpos)) for pattern in wanted.without]


# --- What is asked of GIN ---


async def _query(connection: AsyncConnection, wanted: Wanted) -> str:
    pairs = await _pairs(connection, wanted)
    parts = [_any(pattern, "", pairs) for pattern in wanted.words]
    return " & ".join(parts + [_any(pattern, _TITLE, pairs) for pattern in wanted.titled])


def _any(pattern: Pattern, mark: str, pairs: dict[str, int]) -> str:
    return f"({' | '.join(sorted(_all(sequence, mark, pairs) for sequence in pattern))})"


def _all(sequence: Sequence[str], mark: str, pairs: dict[str, int]) -> str:
    words = [f"{mark}{term}" for term in sequence] + [f"{_PAIR}{pairs[pair]}" for pair in _neighbours(sequence)]
    quoted = (f"'{word}'" for word in dict.fromkeys(words))
    return f"({' & '.join(quoted)})"


async def _pairs(connection: AsyncConnection, wanted: Wanted) -> dict[str, int]:
    """The numbers of all neighbours in what is wanted, by PostgreSQL's own hash."""
    patterns = wanted.words + wanted.titled
    names = sorted({pair for pattern in patterns for sequence in pattern for pair in _neighbours(sequence)})
    if not names:
        return {}
    ask = text(f"SELECT name, hashtext(name) & {_PAIRS - 1} AS number FROM unnest(:names) AS name")
    rows = await connection.execute(ask.bindparams(bindparam("names", names, type_=ARRAY(Text))))
    return {row.name: row.number for row in rows}


def _neighbours(sequence: Sequence[str]) -> Iterable[str]:
    return (f"{one} {other}" for one, other in pairwise(sequence))


def _phrases(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """What GIN does not know for certain."""
    return tuple(pattern for pattern in patterns if any(len(sequence) > 1 for sequence in pattern))
