"""Updates received, not yet answered: `news.ports.Inbox` on the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update

from news.ports import Received
from storage.database import Database
from storage.insert import insert_new
from storage.tables import inbox
from storage.whole import whole


class SqlInbox:
    """A row for each update until it is answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @whole
    async def store(self, updates: Sequence[Received], *, now: datetime) -> list[Received]:
        """Keep those not kept yet (by update_id); gives back the ones that were new, in the order given."""
        first = {one.update_id: one for one in reversed(updates)}
        rows = [
            {"update_id": id_, "lane": one.lane, "payload": one.payload, "received_at": now}
            for id_, one in first.items()
        ]
        if not rows:
            return []
        async with self._database.writing() as connection:
            keep = insert_new(connection, inbox).returning(inbox.c.update_id)
            kept = set(await connection.scalars(keep, rows))
        return [replace(one, received_at=now) for id_, one in reversed(first.items()) if id_ in kept]

    async def pending(self) -> list[Received]:
        """All that wait, oldest first."""
        c = inbox.c
        query = select(c.update_id, c.lane, c.payload, c.attempts, c.received_at, c.draft, c.meant).order_by(
            c.update_id
        )
        async with self._database.reading() as connection:
            return [Received(*row) for row in await connection.execute(query)]

    @whole
    async def means(self, update_id: int, id_: int) -> None:
        """From now on it is this that the update takes away."""
        async with self._database.writing() as connection:
            await connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(meant=id_))

    @whole
    async def drafted(self, update_id: int, message_id: int) -> None:
        """From now on this message shows how far the answer is."""
        async with self._database.writing() as connection:
            await connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(draft=message_id))

    @whole
    async def failed(self, update_id: int, *, reason: str) -> int:
        """Count a failed attempt; returns how many there were, 0 for an update that is not here."""
        counted = update(inbox).where(inbox.c.update_id == update_id)
        counted = counted.values(attempts=inbox.c.attempts + 1, reason=reason)
        async with self._database.writing() as connection:
            return await connection.scalar(counted.returning(inbox.c.attempts)) or 0

    @whole
    async def done(self, update_id: int) -> None:
        """Answered: the row goes."""
        async with self._database.writing() as connection:
            await connection.execute(delete(inbox).where(inbox.c.update_id == update_id))
