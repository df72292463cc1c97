"""Chats that are not written to at all hours: until when what comes for them waits, and which words pass.

Each timetable and each wish in use is looked at once for an article, however many chats have it; in SQL chats join
them by id.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import CTE, BigInteger, column, select, values
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import NewArticle
from news.hours import opening, read
from news.match import Matcher
from news.wishes import read_wish
from storage.columns import UtcTime
from storage.tables import timetables, wishes


@dataclass(frozen=True, slots=True)
class Openings:
    """What is closed now and when it opens, by a timetable's id; and which wishes each article meets."""

    closed: Mapping[int, datetime]
    urgent: Collection[tuple[int, int]]

    def as_table(self) -> CTE:
        """The first as a table: timetable_id, opens_at, and that moment in seconds."""
        columns = column("timetable_id", BigInteger), column("opens_at", UtcTime), column("second", BigInteger)
        rows = [(id_, at, second_of(at)) for id_, at in self.closed.items()]
        return values(*columns, name="closed").data(rows).cte("closed")

    def urgent_as_table(self) -> CTE:
        """The second as a table: wish_id, article_id."""
        columns = column("wish_id", BigInteger), column("article_id", BigInteger)
        return values(*columns, name="urgent").data(list(self.urgent)).cte("urgent")


def second_of(moment: datetime) -> int:
    """A moment as a digest's subject: seconds since 1970."""
    return int(moment.timestamp())


async def openings(connection: AsyncConnection, articles: Mapping[int, NewArticle], now: datetime) -> Openings:
    """What there is to know of hours for these articles, by their ids."""
    closed = {}
    for id_, text in await connection.execute(select(timetables.c.id, timetables.c.text)):
        at = _opening(text, now.replace(second=0, microsecond=0))
        if at is not None:
            closed[id_] = at
    if not closed:
        return Openings({}, ())
    matcher = _matcher(tuple((row.id, row.text) for row in await connection.execute(select(wishes))))
    return Openings(closed, [(wish, id_) for id_, one in articles.items() for wish in matcher.passing(one)])


@lru_cache(maxsize=10_000)
def _opening(text: str, minute: datetime) -> datetime | None:
    """All hours are of whole minutes, so the answer of a minute's beginning holds for all of it."""
    return opening(read(text), minute)


@lru_cache(maxsize=2)
def _matcher(rows: tuple[tuple[int, str], ...]) -> Matcher:
    return Matcher({id_: read_wish(text) for id_, text in rows})
