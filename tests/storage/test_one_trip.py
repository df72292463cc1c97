"""SQLite's driver as SQLAlchemy sees it: everything of a statement at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import open_database


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    """A connection to an SQLite file with a table of numbers."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}")
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
        yield connection
    await database.close()


async def test_rows_come_in_their_order(connection: AsyncConnection) -> None:
    await _insert(connection, 1, 2, 3)
    rows = await connection.execute(text("SELECT number, number * 2 AS double FROM numbers ORDER BY number DESC"))
    assert [(row.number, row.double) for row in rows] == [(3, 6), (2, 4), (1, 2)]


async def test_it_is_known_how_many_rows_were_changed_and_which(connection: AsyncConnection) -> None:
    await _insert(connection, 1, 2, 3)
    changed = await connection.execute(text("UPDATE numbers SET number = -number WHERE number > 1 RETURNING number"))
    assert sorted(changed.scalars()) == [-3, -2]
    assert (await connection.execute(text("DELETE FROM numbers"))).rowcount == 3


async def test_after_a_statement_that_failed_the_next_one_is_done(connection: AsyncConnection) -> None:
    await _insert(connection, 1)
    with pytest.raises(IntegrityError):
        await _insert(connection, 2, 1)
    with pytest.raises(IntegrityError):
        await connection.execute(text("INSERT INTO numbers VALUES (1)"))
    assert await connection.scalar(text("SELECT 7")) == 7


async def _insert(connection: AsyncConnection, *numbers: int) -> None:
    await connection.execute(text("INSERT INTO numbers VALUES (:number)"), [{"number": number} for number in numbers])
