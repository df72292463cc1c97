"""The search index on PostgreSQL: GIN over hashes of the lemmas, beside the index of the articles by date.

The terms are lemmas already, so nothing of PostgreSQL's own text search is wanted: no dictionary, no stop words, no
positions, no ranking. What GIN is given of an article is made for it alone and kept nowhere else: a number for every
term, one for every term of the title, one for the language, and one of `_PAIRS` for every two neighbours, so that a
phrase is looked for among the few articles that may have it and not among all that have its words. What it finds is
compared with the terms themselves.

GIN knows no order, and of a common word it gives hundreds of thousands of articles. So the newest are looked at first,
one by one. How many of them match tells how far back the newest `limit` reach: for a common word a little further the
same way; for others GIN is asked about the articles since then, and only for rare ones about all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, Integer, Text, and_, bindparam, false, func, not_, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from news.pattern import Pattern
from storage.tables import articles
from storage.wanted import Wanted, all_terms, conditions, holds, title_terms, within

# Letters for private use, which no term has.
_TITLE, _LANGUAGE = "\ue001", "\ue002"
_PAIRS = 1 << 14
# Terms of an article that GIN is given, in characters: a text is never cut off by this, but a bomb is.
_MOST = 200_000

INDEX = (
    f"""CREATE FUNCTION article_words(title text, body text, language text) RETURNS int[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
    t text[] := string_to_array(left(title, {_MOST}), ' ');
    b text[] := string_to_array(left(body, {_MOST}), ' ');
BEGIN
    RETURN ARRAY(
        SELECT hashtext(term) FROM unnest(t || b) AS term
        UNION ALL SELECT hashtext('{_TITLE}' || term) FROM unnest(t) AS term
        UNION ALL SELECT hashtext('{_LANGUAGE}' || coalesce(language, ''))
        UNION ALL SELECT hashtext(one || ' ' || other) & {_PAIRS - 1}
            FROM unnest(t[1:cardinality(t) - 1] || b[1:cardinality(b) - 1], t[2:] || b[2:]) AS pair(one, other)
    );
END $$""",
    "CREATE INDEX article_words ON articles USING gin (article_words(title_lemmas, text_lemmas, language))",
)

# A plan for any values takes no notice of how far back is looked. None may make the numbers of many rows anew: so the
# function has its COST; and where GIN gives most rows, and it is all one to the planner, bitmaps are all it may choose.
_PLANNING = text(
    "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),"
    " set_config('enable_indexscan', 'off', true), set_config('jit', 'off', true)"
)
_FIRST = 1.2
"""So many times the limit of the newest are looked at to see how common a match is."""
_WALK = 4_000
"""Up to so many of the newest are walked over, which is faster than asking GIN for what is so common."""
_SPARE = 1.4
"""How much further back is looked than seems needed."""
_FARTHER = 6
"""So many times further is looked where that was not enough, before all is asked for."""
_MANY, _FAR = 50, 20_000
"""So many sequences are too many to compare one by one; then GIN is asked about so many of the newest first."""


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
    if not (wanted.words or wanted.titled or wanted.languages):
        return None
    many = sum(map(len, wanted.words + wanted.titled)) > _MANY
    first = int(_FIRST * wanted.limit) + 1
    looked = await _look(connection, wanted, first, blindly=many)
    if not many and (looked.number < first or len(looked.found) >= wanted.limit):
        return looked.found[: wanted.limit]
    needed = _FAR if many else _SPARE * wanted.limit / max(looked.share, 1 / first)
    if needed <= _WALK:
        looked = await _look(connection, wanted, int(needed))
        if looked.number < int(needed) or len(looked.found) >= wanted.limit:
            return looked.found[: wanted.limit]
    await connection.execute(_PLANNING)
    hashes = await _hashes(connection, wanted)
    for far in (needed, _FARTHER * needed) if looked.found or many else ():
        since = looked.back(far)
        found = [] if since is None else await _ask(connection, wanted, hashes, since)
        if len(found) >= wanted.limit:
            return found
    return await _ask(connection, wanted, hashes, None)


async def _look(connection: AsyncConnection, wanted: Wanted, number: int, *, blindly: bool = False) -> _Looked:
    """Go over so many of the newest (of those dates and feeds), each compared by itself, or blindly not at all."""
    c = articles.c
    seen = and_(*conditions(wanted)).label("seen")
    rows = select(c.id, c.published_at, seen, title_terms().label("title"), all_terms().label("terms"))
    rows = rows.where(*within(wanted)).order_by(c.published_at.desc(), c.id.desc()).limit(number)
    newest = rows.subquery()
    matches = false() if blindly else and_(newest.c.seen, *_held(wanted, newest.c.title, newest.c.terms))
    in_order = aggregate_order_by(newest.c.id, newest.c.published_at.desc(), newest.c.id.desc())
    published = newest.c.published_at
    looked = select(func.array_agg(in_order).filter(matches), func.count(), func.max(published), func.min(published))
    found, number, first, last = (await connection.execute(looked)).one()
    return _Looked(found or [], number, first, last)


async def _ask(
    connection: AsyncConnection, wanted: Wanted, hashes: Mapping[str, int], since: datetime | None
) -> list[int]:
    """The newest of what GIN gives, in no order, of the articles since then."""
    c = articles.c
    given = select(c.id, c.published_at).where(*_given(wanted, hashes), *conditions(wanted), *within(wanted))
    if sum(map(len, wanted.words + wanted.titled)) <= _MANY:
        given = given.where(*_held(wanted, title_terms(), all_terms()))
    if since is not None:
        given = given.where(c.published_at >= since)
    # Without an offset the planner may walk by date after all, and make the numbers of each row anew.
    rows = given.offset(0).subquery()
    newest = select(rows.c.id).order_by(rows.c.published_at.desc(), rows.c.id.desc()).limit(wanted.limit)
    return list((await connection.scalars(newest)).all())


def _held(wanted: Wanted, title: ColumnElement[str], terms: ColumnElement[str]) -> list[ColumnElement[bool]]:
    has = [holds(pattern, terms, place=func.strpos) for pattern in wanted.words]
    has += [holds(pattern, title, place=func.strpos) for pattern in wanted.titled]
    return has + [not_(holds(pattern, terms, place=func.strpos)) for pattern in wanted.without]


# --- What is asked of GIN ---


def _given(wanted: Wanted, hashes: Mapping[str, int]) -> list[ColumnElement[bool]]:
    given = [_any(pattern, "", hashes) for pattern in wanted.words]
    given += [_any(pattern, _TITLE, hashes) for pattern in wanted.titled]
    languages = frozenset((language,) for language in wanted.languages)
    return given + ([_any(languages, _LANGUAGE, hashes)] if languages else [])


def _any(pattern: Pattern, mark: str, hashes: Mapping[str, int]) -> ColumnElement[bool]:
    """One of the words, or all that one of the phrases is made of."""
    c = articles.c
    numbers: ColumnElement[object] = func.article_words(c.title_lemmas, c.text_lemmas, c.language)
    words = sorted(hashes[mark + sequence[0]] for sequence in pattern if len(sequence) == 1)
    has = [numbers.op("&&", is_comparison=True)(_array(words))] if words else []
    for sequence in sorted(sequence for sequence in pattern if len(sequence) > 1):
        parts = [hashes[name] for name in _names(sequence, mark)]
        has.append(numbers.op("@>", is_comparison=True)(_array(sorted(set(parts)))))
    return or_(*has)


def _array(numbers: Sequence[int]) -> ColumnElement[Sequence[int]]:
    return bindparam(None, list(numbers), type_=ARRAY(Integer))


def _names(sequence: Sequence[str], mark: str) -> list[str]:
    """What the numbers of a sequence are made of: its terms, and its neighbours with a space between them."""
    return [mark + term for term in sequence] + [f"{one} {other}" for one, other in pairwise(sequence)]


async def _hashes(connection: AsyncConnection, wanted: Wanted) -> dict[str, int]:
    """The numbers by what they are made of, by PostgreSQL's own hash."""
    names = {name for pattern in wanted.words for sequence in pattern for name in _names(sequence, "")}
    names |= {name for pattern in wanted.titled for sequence in pattern for name in _names(sequence, _TITLE)}
    names |= {_LANGUAGE + language for language in wanted.languages}
    ask = text("SELECT name, hashtext(name) AS number FROM unnest(:names) AS name")
    rows = await connection.execute(ask.bindparams(bindparam("names", sorted(names), type_=ARRAY(Text))))
    return {row.name: row.number & (_PAIRS - 1) if " " in row.name else row.number for row in rows}
