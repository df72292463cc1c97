"""A database opened: transactions to read in and to write in, alike on both engines.

SQLite: WAL, so that readers never wait for the writer; one writer at a time, which queues here rather than in
SQLite, and begins with BEGIN IMMEDIATE, so that it never has to give up half-way. A commit is on the disk
(synchronous=FULL) before anything is done about it. Readers share what connections the writer leaves, so that they
never make it wait either.

Whoever holds a connection never asks for a second one: where all do that at once, nobody would get any.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext

from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import CannotOpen
from storage.one_trip import connect
from storage.url import database_file, read_url, shown
from storage.why import why

BUSY_SECONDS = 15
CONNECT_SECONDS = 10
# To an SQLite file: one writes, the others read. Each has a thread and keeps 2 MB of pages.
CONNECTIONS = 5
# A large transaction (a migration) leaves a large journal; it is cut down to this, in bytes, when it begins anew.
JOURNAL = 64 << 20
_PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    f"journal_size_limit={JOURNAL}",
    "foreign_keys=ON",
    "synchronous=FULL",
)
_WRITING = "visnyk_writing"

Gate = AbstractAsyncContextManager[object]


class Database:
    """An open database; made by `open_database`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.url = engine.url
        self.dialect = engine.dialect.name
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITING: True})
        self._write_gate: Gate = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()
        self._read_gate = self._gate_of_readers()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with; nothing written through it is kept."""
        async with self._read_gate, self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in one transaction, committed at the end or, after an error, undone whole."""
        async with self._write_gate, self._writer.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    def _gate_of_readers(self) -> Gate:
        """A database in memory is one connection, which readers and the writer take in turns."""
        if _in_memory(self.url):
            return self._write_gate
        return asyncio.Semaphore(CONNECTIONS - 1) if self.dialect == "sqlite" else nullcontext()


async def open_database(url: str) -> Database:
    """Open the database at this address, an SQLite file being made if missing; raises CannotOpen."""
    address = read_url(url)
    try:
        engine = _engine(address)
    except ModuleNotFoundError as missing:
        reason = f"the package {missing.name} is missing (install the extra [postgres])"
        raise CannotOpen(shown(address), reason) from None
    file = database_file(address)
    try:
        await (_try(engine) if file is None else asyncio.to_thread(_try_file, file))
    except (DBAPIError, sqlite3.Error, OSError) as error:
        await engine.dispose()
        raise CannotOpen(shown(address), why(error, file)) from error
    return Database(engine)


def _in_memory(url: URL) -> bool:
    return url.drivername.startswith("sqlite") and database_file(url) is None


def _engine(url: URL) -> AsyncEngine:
    # What is written may be a secret, and errors are logged: they name no values.
    if not url.drivername.startswith("sqlite"):
        timeout = {"timeout": CONNECT_SECONDS}
        return create_async_engine(url, connect_args=timeout, pool_pre_ping=True, hide_parameters=True)
    # Connections beyond the pool would come and go, each with its pages, and leave holes in the heap.
    pool = {} if _in_memory(url) else {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_use_lifo": True}
    engine = create_async_engine(url, hide_parameters=True, connect_args={"async_creator_fn": connect}, **pool)
    _keep_sqlite_in_order(engine.sync_engine)
    return engine


def _keep_sqlite_in_order(engine: Engine) -> None:
    """SQLAlchemy's recipe: the driver begins nothing by itself, so that what begins is ours to say."""

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


async def _try(engine: AsyncEngine) -> None:
    """Find out now, not at the first update, whether the database is there."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


def _try_file(file: str) -> None:
    """The same for a file, and whether it can be written to; without a thread left behind when it can't be opened."""
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
