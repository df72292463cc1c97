"""The search index on PostgreSQL: GIN over numbers for the articles' words, each fortnight having numbers of its own.

The terms are lemmas already, so nothing of PostgreSQL's own text search is wanted: no dictionary, no stop words, no
positions, no ranking. What GIN is given of an article is made for it alone and kept nowhere else: a number for every
term, one for every term of the title, one for the feed and one for the language, and one of `_PAIRS` for every two
neighbours, so that a phrase is looked for among the few articles that may have it and not among all that have its
words. Each is made of a hash and of the period in which the article was published.

GIN knows no order, and of a common word it would give hundreds of thousands of articles. With the period in the number
it gives those of a period, and what is written today goes into the same small part of the index all day long, which
stays in the server's memory. So the newest are asked for first; how many are found tells how far back the next question
is to go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import BigInteger, ColumnElement, Text, and_, bindparam, func, not_, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from news.pattern import Pattern
from storage.tables import articles
from storage.wanted import Wanted, all_terms, conditions, holds, title_terms, within

# Letters for private use, which no term has.
_FEED, _TITLE, _LANGUAGE = "\ue000", "\ue001", "\ue002"
_PERIOD = 16 * 24 * 60 * 60
# Hashes of 48 bits: two of a million terms share one once in five hundred such archives.
_HASHES, _PAIRS = 1 << 48, 1 << 12
# Terms of an article that GIN is given, in characters: a text is never cut off by this, but a bomb is.
_MOST = 200_000

# Where there is a choice, numbers must not be made anew of many rows: so the function has its COST, and the planner no
# statistics. Of a word that it knows to be in all articles it would rather ask each article than GIN.
INDEX = (
    f"""CREATE FUNCTION article_words(
    title text, body text, language text, feed_id bigint, published_at timestamptz
) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000 AS $$
DECLARE
    t text[] := string_to_array(left(title, {_MOST}), ' ');
    b text[] := string_to_array(left(body, {_MOST}), ' ');
    period bigint := floor(extract(epoch FROM published_at) / {_PERIOD}) * {_HASHES};
BEGIN
    RETURN ARRAY(
        SELECT period + (hashtextextended(unnest(t || b), 0) & {_HASHES - 1})
        UNION ALL SELECT period + (hashtextextended('{_TITLE}' || unnest(t), 0) & {_HASHES - 1})
        UNION ALL SELECT period + (hashtextextended('{_FEED}' || feed_id, 0) & {_HASHES - 1})
        UNION ALL SELECT period + (hashtextextended('{_LANGUAGE}' || coalesce(language, ''), 0) & {_HASHES - 1})
        UNION ALL SELECT period + (hashtextextended(one || ' ' || other, 0) & {_PAIRS - 1}) FROM (
            SELECT unnest(t[1:cardinality(t) - 1] || b[1:cardinality(b) - 1]), unnest(t[2:] || b[2:])
        ) AS pair(one, other)
    );
END $$""",
    "CREATE INDEX article_words ON articles USING gin "
    "(article_words(title_lemmas, text_lemmas, language, feed_id, published_at))",
    "ALTER INDEX article_words ALTER COLUMN 1 SET STATISTICS 0",
)

# A plan for any values takes no notice of how far back is looked. None may make the numbers of many rows anew, so the
# function has its COST; with hundreds of terms GIN seems to give all rows, and all ways are one to the planner but for
# this. The COST also makes everything look worth compiling, or a second process. Where a bitmap of all articles had no
# room, whole pages would be compared anew.
_PLANNING = (
    ("plan_cache_mode", "force_custom_plan"),
    ("enable_seqscan", "off"),
    ("work_mem", "64MB"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
)
_NEAR = 600
"""Among so many of the newest articles is looked first."""
_SPARE, _FARTHER = 1.4, 16
"""How much further back is looked than seems needed, and the most times further than before."""
_KEYS = 500
"""So many numbers are asked for at once: GIN compares each of them with all others."""
_FEW, _MANY = 2, 24
"""Among the newest, and in so many periods, the index by date helps too: in more it would give most articles. With more
terms than so many the planner thinks that GIN would, and makes the numbers of each row anew."""
_FEEDS = 100
"""More feeds than these are looked at article by article."""
_TICK, _SHORTEST = timedelta(microseconds=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where there is something to look at: when the first, the first of the newest and the last were published; and
    the hashes of what is looked for."""

    first: datetime
    near: datetime
    last: datetime
    hashes: Mapping[str, int]

    def beyond(self, since: datetime, share: float) -> datetime:
        """How far back to look after it gave so much of what is wanted, if they come as they came lately."""
        times = min(_SPARE / share, _FARTHER) if share else _FARTHER
        return self.last - min(times * max(self.last - since, _SHORTEST), self.last - self.first)


async def newest(connection: AsyncConnection, wanted: Wanted) -> list[int] | None:
    """The ids of the newest articles that are wanted, newest first; None where the index is no help."""
    if not (wanted.words or wanted.titled or wanted.languages):
        return None
    ground = await _ground(connection, wanted)
    if ground is None:
        return []
    found: list[int] = []
    most = max(_KEYS // _most_terms(wanted), 1)
    since, before = ground.near, ground.last + _TICK
    while before > ground.first and len(found) < wanted.limit:
        since = max(since, _begin(_period(before - _TICK) - most + 1))
        left = replace(wanted, limit=wanted.limit - len(found))
        found += await _ask(connection, left, ground, since, before)
        since, before = ground.beyond(since, len(found) / wanted.limit), since
    return found


async def _ground(connection: AsyncConnection, wanted: Wanted) -> _Ground | None:
    """None where nothing is of the dates that are wanted."""
    published, dated = articles.c.published_at, within(replace(wanted, feeds=None))
    near = select(published).where(*dated).order_by(published.desc()).offset(_NEAR).limit(1)
    first, last = select(func.min(published)).where(*dated), select(func.max(published)).where(*dated)
    dates = [query.scalar_subquery() for query in (first, near, last)]
    names = bindparam(None, _all_names(wanted), type_=ARRAY(Text))
    name = func.unnest(names).column_valued("name")
    planning = [func.set_config(*setting, true()) for setting in _PLANNING]
    rows = (await connection.execute(select(name, func.hashtextextended(name, 0), *dates, *planning))).all()
    hashes = {name: hashed & ((_PAIRS if " " in name else _HASHES) - 1) for name, hashed, *_ in rows}
    _, _, first_at, near_at, last_at, *_ = rows[0]
    return None if first_at is None else _Ground(first_at, near_at or first_at, last_at, hashes)


async def _ask(
    connection: AsyncConnection, wanted: Wanted, ground: _Ground, since: datetime, before: datetime
) -> list[int]:
    """The newest of what GIN gives, in no order, of the time between."""
    c, periods = articles.c, range(_period(since), _period(before - _TICK) + 1)
    given = select(c.id, c.published_at, c.feed_id)
    given = given.where(*_given(wanted, periods, ground.hashes), *_held(wanted), *conditions(wanted))
    if (since >= ground.near or len(periods) <= _FEW) and _most_terms(wanted) <= _MANY:
        given = given.where(c.published_at >= _unseen(since), c.published_at < _unseen(before))
    # Behind an offset the planner sees no condition or order that could tempt it away from GIN.
    rows = given.offset(0).subquery().c
    newest = select(rows.id).where(rows.published_at >= since, rows.published_at < before)
    if wanted.feeds is not None:
        newest = newest.where(rows.feed_id.in_(sorted(wanted.feeds)))
    newest = newest.order_by(rows.published_at.desc(), rows.id.desc()).limit(wanted.limit)
    return list((await connection.scalars(newest)).all())


def _unseen(moment: datetime) -> ColumnElement[datetime]:
    """A moment that the planner doesn't know: of the newest it would think that there are none, knowing none yet."""
    return select(bindparam(None, moment, type_=articles.c.published_at.type)).scalar_subquery()


def _most_terms(wanted: Wanted) -> int:
    """How many of a period's numbers are asked for as one or another."""
    return max(map(len, (*wanted.words, *wanted.titled, *_facts(wanted))))


def _held(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is compared with the terms themselves: phrases, and what is not wanted."""
    has = [holds(pattern, all_terms(), place=func.strpos) for pattern in wanted.words if _has_phrases(pattern)]
    has += [holds(pattern, title_terms(), place=func.strpos) for pattern in wanted.titled if _has_phrases(pattern)]
    return has + [not_(holds(pattern, all_terms(), place=func.strpos)) for pattern in wanted.without]


def _has_phrases(pattern: Pattern) -> bool:
    return any(len(sequence) > 1 for sequence in pattern)


# --- What is asked of GIN ---


def _given(wanted: Wanted, periods: range, hashes: Mapping[str, int]) -> list[ColumnElement[bool]]:
    """Every word, one of the feeds and one of the languages, in one of the periods."""

    def any_of(names: Iterable[str]) -> ColumnElement[bool]:
        numbers = [period * _HASHES + hashes[name] for name in names for period in periods]
        some = (numbers[start : start + _KEYS] for start in range(0, len(numbers), _KEYS))
        return or_(*(_NUMBERS.op("&&", is_comparison=True)(bindparam(None, one, type_=_ARRAY)) for one in some))

    def has(pattern: Pattern, mark: str = "") -> ColumnElement[bool]:
        words = sorted(mark + sequence[0] for sequence in pattern if len(sequence) == 1)
        phrases = sorted(sequence for sequence in pattern if len(sequence) > 1)
        ways = [and_(*(any_of([name]) for name in _names(sequence, mark))) for sequence in phrases]
        return or_(*([any_of(words)] if words else []), *ways)

    given = [has(pattern) for pattern in wanted.words] + [has(pattern, _TITLE) for pattern in wanted.titled]
    return given + [any_of(sorted(names)) for names in _facts(wanted) if names]


_ARRAY = ARRAY(BigInteger)
_NUMBERS: ColumnElement[object] = func.article_words(
    *(articles.c[name] for name in ("title_lemmas", "text_lemmas", "language", "feed_id", "published_at"))
)


def _names(sequence: Sequence[str], mark: str) -> list[str]:
    """What the numbers of a sequence are made of: its terms, and its neighbours with a space between them."""
    return sorted({mark + term for term in sequence} | {f"{one} {other}" for one, other in pairwise(sequence)})


def _facts(wanted: Wanted) -> tuple[set[str], set[str]]:
    """Those of the languages, and those of the feeds where they are few."""
    few = wanted.feeds if wanted.feeds is not None and len(wanted.feeds) <= _FEEDS else ()
    return {_LANGUAGE + language for language in wanted.languages}, {f"{_FEED}{feed}" for feed in few}


def _all_names(wanted: Wanted) -> list[str]:
    marked = [(pattern, "") for pattern in wanted.words] + [(pattern, _TITLE) for pattern in wanted.titled]
    named = {name for pattern, mark in marked for sequence in pattern for name in _names(sequence, mark)}
    return sorted(named.union(*_facts(wanted)))


def _period(moment: datetime) -> int:
    return int(moment.timestamp() // _PERIOD)


def _begin(period: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=period * _PERIOD)
