"""What operators ask of the storage: `news.ports.Keeper` on the database."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, func, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.ports import Overview
from storage.database import Database
from storage.dormancy import forsaken
from storage.tables import POLLED, articles, chats, deliveries, feeds, inbox, notes, subscriptions
from storage.whole import whole

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AFTER = timedelta(days=1)
# Housekeeping writes in small portions, so that nobody waits long for the writer.
_PORTION = 2_000


class SqlKeeper:
    """Figures and housekeeping."""

    def __init__(self, database: Database, *, portion: int = _PORTION) -> None:
        self._database = database
        self._portion = portion

    async def overview(self, *, now: datetime) -> Overview:
        """The figures of /stats and /health, all of one moment."""
        async with self._database.reading() as connection:
            by_status = await _deliveries_by_status(connection)
            failing, last_poll_at, due = await _feeds(connection)
            return Overview(
                feeds=await _count(connection, feeds),
                failing=failing,
                articles=await _count(connection, articles),
                chats=await _count(connection, chats),
                suspended=await _suspended(connection),
                subscriptions=await _count(connection, subscriptions),
                owed=sum(by_status.get(status, 0) for status in ("owed", "waiting", "gathered", "claimed")),
                sent=by_status.get("settled", 0),
                failed=by_status.get("parked", 0),
                waiting_updates=await _count(connection, inbox),
                last_poll_at=last_poll_at,
                lag=0.0 if due is None else max(0.0, (now - due).total_seconds()),
            )

    async def tidy(self, *, now: datetime) -> int:
        """Delete what is kept no longer, in portions of one transaction each; returns how many rows went."""
        before = now - KEPT_FOR
        over = deliveries.c.settled_at < before
        # Somebody may be about to follow a feed that was just made.
        forgotten = forsaken() & (feeds.c.next_check_at < now - FORGOTTEN_AFTER)
        return (
            await self._delete(chats, chats.c.suspended_at < before)
            + await self._delete(feeds, forgotten)
            + await self._delete(deliveries, over)
            + await self._delete(notes, notes.c.asked_at < before)
        )

    @whole
    async def _delete(self, table: Table, condition: ColumnElement[bool]) -> int:
        gone = 0
        while True:
            # Looked for while reading: a long look through a large table must not hold up the writer.
            async with self._database.reading() as connection:
                ids = list(await connection.scalars(select(table.c.id).where(condition).limit(self._portion)))
            if not ids:
                return gone
            async with self._database.writing() as connection:
                # Asked again: a chat may have come back in between.
                done = await connection.execute(delete(table).where(table.c.id.in_(ids), condition))
            gone += done.rowcount


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


async def _suspended(connection: AsyncConnection) -> int:
    query = select(func.count()).select_from(chats).where(chats.c.suspended_at.is_not(null()))
    return await connection.scalar(query) or 0


async def _deliveries_by_status(connection: AsyncConnection) -> dict[str, int]:
    query = select(deliveries.c.status, func.count().label("number")).group_by(deliveries.c.status)
    rows = await connection.execute(query)
    return {row.status: row.number for row in rows}


async def _feeds(connection: AsyncConnection) -> tuple[int, datetime | None, datetime | None]:
    """How many followed feeds fail, when any was last checked, when the most overdue one was due."""
    failing = select(func.count()).select_from(feeds).where(feeds.c.failures > 0, feeds.c.awake)
    due = select(func.min(feeds.c.next_check_at)).where(POLLED)
    last = await connection.scalar(select(func.max(feeds.c.checked_at)))
    return await connection.scalar(failing) or 0, last, await connection.scalar(due)
