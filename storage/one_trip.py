"""SQLite's driver with one trip to its thread for a statement.

aiosqlite makes four for SQLAlchemy: to get a cursor, to execute, to fetch the rows, to close the cursor. Each wakes a
thread and then the event loop, and costs more than most statements. SQLAlchemy wants all the rows anyway; what would
read them little by little, its streams, is not here.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite


def connect(database: str, **options: Any) -> "Connection":
    """A connection, to be awaited; the options are those of sqlite3.connect."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    # As SQLAlchemy has it: a connection left open must not keep the process from ending.
    connection._thread.daemon = True
    return connection


class Connection(aiosqlite.Connection):
    """aiosqlite's, but for the cursors that SQLAlchemy asks for."""

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor; it takes no trip to make one."""
        return Cursor(self)

    async def in_thread(self, do: Callable[[sqlite3.Connection], None]) -> None:
        """Have this done with sqlite3's connection, in the thread that it belongs to. Raises what it raises."""
        await self._execute(do, self._conn)  # type: ignore[no-untyped-call]


class Cursor:
    """What came of the last statement, for SQLAlchemy to take when it likes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        """Execute a statement, and fetch its rows. Raises what sqlite3 does."""
        await self._connection.in_thread(lambda connection: self._take(connection.execute(sql, parameters)))

    async def executemany(self, sql: str, parameters: Any) -> None:
        """Execute a statement with each of these sets of parameters. Raises what sqlite3 does."""
        await self._connection.in_thread(lambda connection: self._take(connection.executemany(sql, parameters)))

    async def fetchall(self) -> Sequence[Any]:
        """The rows."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left open."""

    def _take(self, done: sqlite3.Cursor) -> None:
        """Keep what sqlite3's own cursor has, and close it; how many rows it changed it knows after the last one."""
        self._rows = done.fetchall()
        self.description, self.rowcount, self.lastrowid = done.description, done.rowcount, done.lastrowid
        done.close()
