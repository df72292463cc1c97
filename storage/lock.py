"""Locks that end with the process that holds them, however it ends.

One instance at a time works on a database. On SQLite that is a must: its claims are taken back at start. On
PostgreSQL it is a habit that `only_instance` alone enforces; claims there are safe with several instances.
"""

import fcntl
import os
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from enum import IntEnum
from pathlib import Path

from sqlalchemy import URL, BigInteger, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.errors import AlreadyRunning, CannotOpen
from storage.url import database_file, read_url, shown
from storage.why import why

_SECONDS_TO_NOTICE = 3
_LOCK_NOT_AVAILABLE = "55P03"


class Lock(IntEnum):
    """PostgreSQL's advisory locks are numbers; these are ours."""

    INSTANCE = 0x5649_0001
    MIGRATION = 0x5649_0002
    CLAIM = 0x5649_0003
    OPEN_FEED = 0x5649_0004
    MOVE = 0x5649_0005


@asynccontextmanager
async def only_instance(url: str) -> AsyncIterator[None]:
    """Be the only instance on this database while the block runs.

    Raises AlreadyRunning at once where another one is, CannotOpen where the lock can't be had at all.
    """
    address = read_url(url)
    if address.drivername.startswith("postgresql"):
        async with _server_lock(address):
            yield
        return
    file = database_file(address)
    handle = None if file is None else _lock_file(Path(f"{file}.lock"), address)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


async def serialise(connection: AsyncConnection, lock: Lock) -> None:
    """Let one transaction at a time pass this point; SQLite's only ever has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock.value})


async def serialise_pages(connection: AsyncConnection, digests: Collection[str]) -> None:
    """The same for those who have one of these in common; in one order, so that no two wait for each other."""
    if connection.dialect.name == "postgresql" and digests:
        numbers = sorted({int(digest[:15], 16) for digest in digests})
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(number) FROM unnest(:numbers) AS number").bindparams(
                bindparam("numbers", numbers, type_=ARRAY(BigInteger))
            )
        )


def _lock_file(path: Path, url: URL) -> int:
    """A handle that holds the lock until it is closed. The file stays: removing it would let two hold one."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotOpen(shown(url), why(error, database_file(url))) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyRunning(shown(url)) from None
    return handle


async def _locked(connection: AsyncConnection) -> bool:
    """Whether the lock is ours now; that of an instance just killed is waited for until the server has noticed."""
    await connection.execute(text(f"SET lock_timeout = '{_SECONDS_TO_NOTICE}s'"))
    try:
        await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": Lock.INSTANCE.value})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


@asynccontextmanager
async def _server_lock(url: URL) -> AsyncIterator[None]:
    """Held by a connection of its own: the server frees it when the connection ends."""
    try:
        engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        connection = await engine.connect()
    except ModuleNotFoundError as missing:
        raise CannotOpen(shown(url), f"the package {missing.name} is missing (install [postgres])") from None
    except (TimeoutError, DBAPIError, OSError) as error:
        raise CannotOpen(shown(url), why(error, None)) from error
    try:
        if not await _locked(connection):
            raise AlreadyRunning(shown(url))
        yield
    finally:
        await connection.close()
        await engine.dispose()
