"""Deleting in small portions, each a transaction of its own and followed by as long a rest, so that nobody waits long
for the writer, nor for the disk; and no longer in all than a given time, as there is always a next time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, delete, select

from storage.database import Database
from storage.whole import whole


@dataclass(frozen=True, slots=True)
class Outdated:
    """Rows kept no longer: those of `table` that are `over`, looked for `along` a column with an index, so many in a
    portion."""

    name: str
    table: Table
    over: ColumnElement[bool]
    along: Column[Any]
    portion: int


class Spell:
    """The time for a piece of housekeeping, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._ends = monotonic() + seconds
        self._began = monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the rest has to wait for the next time."""
        return monotonic() >= self._ends

    def begin(self) -> None:
        """A portion begins."""
        self._began = monotonic()

    async def rest(self) -> None:
        """Leave the database to others for as long as the portion took."""
        await asyncio.sleep(monotonic() - self._began)


async def in_portions(step: Callable[[], Awaitable[int]], *, seconds: float) -> int:
    """Take this step, which says how many rows it was about, until there are none left or the seconds are over; gives
    how many rows it was in all."""
    spell, done = Spell(seconds), 0
    while not spell.is_over:
        spell.begin()
        rows = await step()
        if not rows:
            break
        done += rows
        await spell.rest()
    return done


async def prune(database: Database, what: Outdated, *, seconds: float) -> int:
    """Delete what is outdated, in these seconds; gives how many rows went."""
    last: Any = None

    async def some() -> int:
        nonlocal last
        # Looked for while reading: a long look through a large table must not hold up the writer.
        async with database.reading() as connection:
            found = (await connection.execute(_outdated(what, last))).all()
        if not found:
            return 0
        last = found[-1].along
        return await delete_these(database, what.table, [row.id for row in found], what.over)

    return await in_portions(some, seconds=seconds)


def _outdated(what: Outdated, last: Any) -> Select[*tuple[Any, ...]]:
    """The first of them; from where the last portion ended, as an index still has what was just deleted."""
    found = select(what.table.c.id, what.along.label("along")).where(what.over)
    if last is not None:
        found = found.where(what.along >= last)
    return found.order_by(what.along).limit(what.portion)


@whole
async def delete_these(database: Database, table: Table, ids: Collection[int], over: ColumnElement[bool]) -> int:
    """Delete those of these rows that are still over, and that nobody holds at this moment.

    They are held first and asked then: what the condition says of other tables is so of this moment, and not of that
    before somebody else's transaction ended.
    """
    async with database.writing() as connection:
        held = select(table.c.id).where(table.c.id.in_(ids)).with_for_update(skip_locked=True)
        there = list(await connection.scalars(held))
        return (await connection.execute(delete(table).where(table.c.id.in_(there), over))).rowcount
