"""Chats that are not written to at all hours: until when what comes for them waits, and which words pass.

Each timetable and each wish in use is looked at once for an article, however many chats have it; in SQL chats join
them by id.
"""

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, BigInteger, Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from news.article import NewArticle
from news.hours import opening, read
from news.match import Matcher
from news.wishes import Wish, read_wish
from storage.columns import UtcTime
from storage.tables import timetables, wishes

Columns = Mapping[str, TypeEngine[Any]]
Pairs = Collection[tuple[int, int]]


# On PostgreSQL a wish with a lower id may be saved later: so many ids are looked over again.
_OVERLAP = 1_000
# Of so many times as many as there were, and some more, most may be in use no longer.
_TIMES_AS_MANY, _SOME = 2, 1_000


class KnownWishes:
    """All wishes, read once each: ids are never given twice, so what is new has one that is not known.

    To read a wish takes a millisecond, and there may be thousands: at first, and when most of those known may be gone,
    they are learnt before a transaction that asks for them, so that it keeps nobody waiting.
    """

    def __init__(self, *, some: int = _SOME) -> None:
        self._some = some
        self._most = 0
        self._begin({})

    @property
    def is_stale(self) -> bool:
        """Whether it is time to learn them (anew)."""
        return not self._most or len(self._known) > self._most

    async def learn(self, connection: AsyncConnection) -> None:
        """Know those that there are now, and no others."""
        rows = (await connection.execute(select(wishes.c.id, wishes.c.text))).all()
        self._begin(await _read(rows))
        self._most = _TIMES_AS_MANY * len(rows) + self._some

    async def met_by(self, connection: AsyncConnection, articles: Mapping[int, NewArticle]) -> list[tuple[int, int]]:
        """The ids of a wish and of an article, wherever the article meets the wish."""
        newer = select(wishes.c.id, wishes.c.text).where(wishes.c.id > self._last - _OVERLAP)
        self._add(await _read([row for row in await connection.execute(newer) if row.id not in self._known]))
        return [(wish, id_) for id_, article in articles.items() for wish in self._matcher.passing(article)]

    def is_telling(self, wish_id: int) -> bool:
        """Whether a known wish wants something, and is not only without something."""
        return wish_id in self._telling

    def _begin(self, read: Mapping[int, Wish]) -> None:
        self._matcher = Matcher({})
        self._known = set[int]()
        self._telling = set[int]()
        self._last = 0
        self._add(read)

    def _add(self, read: Mapping[int, Wish]) -> None:
        self._matcher.add(read)
        self._known.update(read)
        self._telling.update(id_ for id_, wish in read.items() if wish.wanted)
        self._last = max(self._last, *read) if read else self._last


async def _read(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, Wish]:
    """Wishes by their ids, read in a thread."""
    if not rows:
        return {}
    return await asyncio.to_thread(lambda: {row.id: read_wish(row.text) for row in rows})


class Meetings:
    """Which wishes these articles meet: looked at once, and only if somebody asks."""

    def __init__(self, known: KnownWishes, articles: Mapping[int, NewArticle]) -> None:
        self._known = known
        self._articles = articles
        self._found: Pairs | None = None

    async def of_all(self, connection: AsyncConnection) -> Pairs:
        """The ids of a wish and of an article, wherever the article meets the wish."""
        if self._found is None:
            self._found = await self._known.met_by(connection, self._articles)
        return self._found

    async def of_telling(self, connection: AsyncConnection) -> Pairs:
        """The same of the wishes that want something: one that only names what it doesn't is met by whatever comes."""
        return [pair for pair in await self.of_all(connection) if self._known.is_telling(pair[0])]


class Closed(NamedTuple):
    """When a timetable opens that is closed now, and when for what waits for no digest (None: that may come now)."""

    opens_at: datetime
    quiet_until: datetime | None


@dataclass(frozen=True, slots=True)
class Openings:
    """What is closed now, by a timetable's id; and which wishes each article meets."""

    closed: Mapping[int, Closed]
    urgent: Pairs

    def as_table(self, dialect: str) -> CTE:
        """The first as a table: timetable_id, opens_at and quiet_until, and each of these in seconds."""
        rows = [[id_, *_both(one.opens_at), *_both(one.quiet_until)] for id_, one in self.closed.items()]
        columns: Columns = {
            "timetable_id": BigInteger(),
            "opens_at": UtcTime(),
            "second": BigInteger(),
            "quiet_until": UtcTime(),
            "quiet_second": BigInteger(),
        }
        return _table(dialect, "closed", columns, rows)

    def urgent_as_table(self, dialect: str) -> CTE:
        """The second as a table: wish_id, article_id."""
        return pairs_as_table(dialect, "urgent", self.urgent)


def pairs_as_table(dialect: str, name: str, pairs: Pairs) -> CTE:
    """The ids of wishes and of articles as a table of this name: wish_id, article_id."""
    columns: Columns = {"wish_id": BigInteger(), "article_id": BigInteger()}
    return _table(dialect, name, columns, [list(pair) for pair in pairs])


def _both(moment: datetime | None) -> tuple[str, int] | tuple[None, None]:
    return (None, None) if moment is None else (moment.strftime(_MOMENT), second_of(moment))


def second_of(moment: datetime) -> int:
    """A moment as a digest's subject: seconds since 1970."""
    return int(moment.timestamp())


async def openings(connection: AsyncConnection, met: Meetings, now: datetime) -> Openings:
    """What there is to know of hours for articles that meet these wishes."""
    minute = now.replace(second=0, microsecond=0)
    rows = await connection.execute(select(timetables.c.id, timetables.c.text))
    closed = {id_: at for id_, told in rows if (at := _opening(told, minute)) is not None}
    return Openings(closed, await met.of_telling(connection) if closed else ())


@lru_cache(maxsize=10_000)
def _opening(timetable: str, minute: datetime) -> Closed | None:
    """All hours are of whole minutes, so the answer of a minute's beginning holds for all of it."""
    hours = read(timetable)
    opens_at = opening(hours, minute)
    return None if opens_at is None else Closed(opens_at, opening(hours, minute, at_once=True))


# As SQLAlchemy keeps moments in SQLite.
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
# However many rows there are, they are one value: engines bind a limited number.
_SQL: dict[str, tuple[str, dict[type, str]]] = {
    "sqlite": (
        "json_each(:{rows}) AS one",
        # Only what is known to be a number is found by an index.
        {
            BigInteger: "CAST(json_extract(one.value, '$[{place}]') AS INTEGER)",
            UtcTime: "json_extract(one.value, '$[{place}]')",
        },
    ),
    "postgresql": (
        "json_array_elements(CAST(:{rows} AS json)) AS one",
        {
            BigInteger: "CAST(one.value ->> {place} AS bigint)",
            UtcTime: "CAST(one.value ->> {place} AS timestamp) AT TIME ZONE 'UTC'",
        },
    ),
}


def _table(dialect: str, name: str, columns: Columns, rows: Sequence[Sequence[object]]) -> CTE:
    source, values = _SQL[dialect]
    told = ", ".join(
        f"{values[type(kind)].format(place=place)} AS {column}" for place, (column, kind) in enumerate(columns.items())
    )
    query = text(f"SELECT {told} FROM {source.format(rows=name)}").bindparams(**{name: json.dumps(rows)})
    # Read once, or SQLite would read all of it anew for each chat.
    return query.columns(**columns).cte(name).prefix_with("MATERIALIZED")
