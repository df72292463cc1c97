"""The bot as a process of its own, for benchmarks that count what it takes of the processor, or kill it."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from benchmarks.followers import FEED, article, full
from benchmarks.sandbox import cpu_seconds
from storage.openings import KnownWishes
from storage.owing import owe_articles
from storage.store import store_on

TOKEN = "1:benchmark"
TEXT = "A broadcast of the benchmark's"


class Service:
    """Starts, is killed, and starts again on the same database."""

    def __init__(self, api: str, database: str, **more: str) -> None:
        told = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "DATABASE_URL": database, "HTTP_PORT": "0"}
        self._environment = {**os.environ, **told, "LOG_LEVEL": "ERROR", **more}
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it; it goes on with what is owed."""
        arguments = (sys.executable, "-m", "bot", "run")
        self._process = await asyncio.create_subprocess_exec(*arguments, env=self._environment, stderr=DEVNULL)

    async def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None

    def cpu(self) -> float:
        """Seconds that it has had of the processor."""
        assert self._process is not None
        return cpu_seconds(self._process.pid)


@asynccontextmanager
async def running(api: str, database: str, **more: str) -> AsyncIterator[Service]:
    """A service until the block is left."""
    service = Service(api, database, **more)
    await service.start()
    try:
        yield service
    finally:
        await service.kill()


async def owe_broadcast(url: str, chats: int) -> None:
    """A new database with so many chats (1001, 1002 …), each owed a broadcast."""
    async with full(url, chats) as database:
        await store_on(database).outbox.owe_broadcast(TEXT, key="benchmark", author=0, now=datetime.now(UTC))


async def owe_article(url: str, chats: int) -> None:
    """The same, each owed an article of a feed."""
    async with full(url, chats) as database, database.writing() as connection:
        await owe_articles(connection, KnownWishes(), {FEED: {1: article(datetime.now(UTC))}})
