"""What operators ask of the storage: `news.ports.Keeper` on the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, Table, func, null, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from news.ports import Overview
from storage.compacting import compact
from storage.database import Database
from storage.outdated import ARTICLES, TOMBSTONES, outdated_first, outdated_then
from storage.pruning import Outdated, prune
from storage.retention import A_YEAR, Keep, prune_articles
from storage.tables import (
    CLAIMED,
    GATHERED,
    OWED,
    PARKED,
    POLLED,
    SETTLED,
    WAITING,
    articles,
    chats,
    deliveries,
    feeds,
    inbox,
    subscriptions,
)
from storage.tombstones import prune_tombstones

# So long is any one thing tidied at most; the rest waits for the next time.
_SECONDS = 30.0
_MOST = 2_000


class SqlKeeper:
    """Figures and housekeeping."""

    def __init__(
        self, database: Database, keep: Keep = A_YEAR, *, most: int = _MOST, seconds: float = _SECONDS
    ) -> None:
        self._database = database
        self._keep = keep
        self._most = most
        self._seconds = seconds

    async def overview(self, *, now: datetime) -> Overview:
        """The figures of /stats and /health, all of one moment."""
        async with self._database.reading() as connection:
            failing, last_poll_at, due = await _feeds(connection)
            return Overview(
                feeds=await _count(connection, feeds),
                failing=failing,
                articles=await _count(connection, articles),
                chats=await _count(connection, chats),
                suspended=await _suspended(connection),
                subscriptions=await _count(connection, subscriptions),
                owed=await _number(connection, OWED, WAITING, GATHERED, CLAIMED),
                sent=await _number(connection, SETTLED),
                failed=await _number(connection, PARKED),
                waiting_updates=await _count(connection, inbox),
                last_poll_at=last_poll_at,
                lag=0.0 if due is None else max(0.0, (now - due).total_seconds()),
                oldest=await connection.scalar(_OLDEST),
                size=await connection.scalar(_SIZE[connection.dialect.name]) or 0,
            )

    async def tidy(self, *, now: datetime) -> Mapping[str, int]:
        """Delete what is kept no longer, in portions of one transaction each; gives how many rows went, by what."""
        gone = Counter[str]()
        for what in outdated_first(now):
            gone[what.name] += await self._prune(what)
        gone["articles"] += await prune_articles(
            self._database, self._keep, now=now, portion=self._portion(ARTICLES), seconds=self._seconds
        )
        gone["tombstones"] = await prune_tombstones(
            self._database, now, portion=self._portion(TOMBSTONES), seconds=self._seconds
        )
        for what in outdated_then(now):
            gone[what.name] += await self._prune(what)
        await compact(self._database, now, deleted=bool(gone["articles"]), seconds=self._seconds)
        return {name: number for name, number in gone.items() if number}

    async def _prune(self, what: Outdated) -> int:
        what = replace(what, portion=self._portion(what.portion))
        return await prune(self._database, what, seconds=self._seconds)

    def _portion(self, usual: int) -> int:
        return min(usual, self._most)


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


# Their ids run in the order in which they were found.
_OLDEST = select(articles.c.found_at).order_by(articles.c.id).limit(1)
_SIZE = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}


async def _suspended(connection: AsyncConnection) -> int:
    query = select(func.count()).select_from(chats).where(chats.c.suspended_at.is_not(null()))
    return await connection.scalar(query) or 0


async def _number(connection: AsyncConnection, *statuses: ColumnElement[str]) -> int:
    """How many deliveries have one of these, each counted by the index of its own: what was sent in thirty days is no
    table to go through."""
    each = [select(func.count()).where(deliveries.c.status == status).scalar_subquery() for status in statuses]
    return await connection.scalar(select(reduce(add, each))) or 0


async def _feeds(connection: AsyncConnection) -> tuple[int, datetime | None, datetime | None]:
    """How many followed feeds fail, when any was last checked, when the most overdue one was due."""
    failing = select(func.count()).select_from(feeds).where(feeds.c.failures > 0, feeds.c.awake)
    due = select(func.min(feeds.c.next_check_at)).where(POLLED)
    last = await connection.scalar(select(func.max(feeds.c.checked_at)))
    return await connection.scalar(failing) or 0, last, await connection.scalar(due)
