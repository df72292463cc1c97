"""A due list of feeds, each on a host of its own, from the claim to what is saved, beside plain loops.

    python -m benchmarks.fetching [FEEDS]

A newsroom in a process of its own serves FEEDS feeds of 30 items. First nothing is new: the schedule checks all of them
(claim, conditional GET, decide, save), and a bare aiohttp loop does the same conditional GETs. Then a fifth of the
feeds are read whole for once, and each has one new item: the schedule checks, reads, looks for the article's story and
saves, and a plain loop fetches them and reads them with feedparser in a pool of threads. `share` is the rate over the
plain loop's in the same run; the rounds take turns, and the best of each counts.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import feedparser
import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, text, update

from bot.schedule import Schedule
from news.chat import Address
from news.desk import Desk
from news.feed import Feed
from news.fetch import open_fetcher
from news.lemmas import warm
from news.pace import Bounds
from news.short_name import digest
from sandbox.newsroom.crowd import serve_crowd
from sandbox.newsroom.loopback import host
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.store import Store, store_on
from storage.tables import addresses, feeds, subscriptions

ITEMS = 30
IN_FLIGHT = 256
ROUNDS = 3
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MUCH_LATER = datetime(2100, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Watched:
    """The feeds' port, with an event for the moment when so many checks were saved."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self._left = 0
        self._done = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def save_check(self, feed: Feed, **found: Any) -> int:
        """As the real one; counted."""
        owed: int = await self._real.save_check(feed, **found)
        self._left -= 1
        if not self._left:
            self._done.set()
        return owed

    async def saved(self, number: int) -> None:
        """Wait for so many further checks."""
        self._left = number
        self._done.clear()
        await self._done.wait()


@dataclass
class Newsroom:
    """The process that serves: where the feeds are, and how to let each publish one more item."""

    urls: list[str]
    process: asyncio.subprocess.Process
    published: int = ITEMS

    async def publish(self) -> None:
        """One more item in every feed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"publish\n")
        await self.process.stdout.readline()
        self.published += 1

    def etag(self, number: int) -> str:
        """What a feed's body is known by."""
        return f'"{number}-{self.published}"'


@asynccontextmanager
async def newsroom(number: int) -> AsyncIterator[Newsroom]:
    """The newsroom, until the block is left."""
    arguments = (sys.executable, "-m", "benchmarks.fetching", "--serve", str(number))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*arguments, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        yield Newsroom([f"http://{host(place)}:{port}/feed.xml" for place in range(number)], process)
    finally:
        process.kill()
        await process.wait()


async def serve_until_killed(number: int) -> None:
    """What the process does: serve, and publish at every line that comes in."""
    async with serve_crowd(feeds=number, items=ITEMS) as crowd:
        print(crowd.port, flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            for place in range(number):
                crowd.publish(place)
            print("published", flush=True)


async def follow_all(database: Database, room: Newsroom) -> None:
    """One chat that follows every feed, each read before."""
    urls = room.urls
    chat = await store_on(database).chats.meet(
        Address("telegram", 1), kind="private", language="uk", timezone="Europe/Kyiv", now=now()
    )
    read = {"title": "", "next_check_at": LONG_AGO, "contacted_at": LONG_AGO, "succeeded_at": LONG_AGO, "awake": True}
    rows = [
        {"id": id_, "url": url, "host": url[7:].partition("/")[0], "etag": room.etag(id_ - 1), **read}
        for id_, url in enumerate(urls, 1)
    ]
    named = [{"digest": digest(url), "url": url, "feed_id": id_} for id_, url in enumerate(urls, 1)]
    followed = [{"chat_id": chat.id, "feed_id": id_, "created_at": now()} for id_ in range(1, len(urls) + 1)]
    async with database.writing() as connection:
        for table, values in ((feeds, rows), (addresses, named), (subscriptions, followed)):
            await connection.execute(insert(table), values)
        await connection.execute(text("ANALYZE"))


async def visnyk(
    database: Database, desk: Desk, store: Store, watched: Watched, number: int, *, unread: bool = False
) -> float:
    """Seconds for a round of the first `number` feeds by the schedule; `unread`: as if none had been read before."""
    due = {"next_check_at": LONG_AGO} | ({"etag": None, "contacted_at": None} if unread else {})
    async with database.writing() as connection:
        await connection.execute(update(feeds).values(next_check_at=MUCH_LATER))
        await connection.execute(update(feeds).where(feeds.c.id <= number).values(**due))
    schedule = Schedule(desk, store.keeper, owed=lambda: None)
    started = time.perf_counter()
    schedule.start()
    await watched.saved(number)
    took = time.perf_counter() - started
    await schedule.stop(patience=5)
    return took


async def bare(room: Newsroom) -> float:
    """Seconds for the same conditional GETs and nothing else."""

    async def get(session: aiohttp.ClientSession, place: int) -> None:
        async with session.get(room.urls[place], headers={"If-None-Match": room.etag(place)}) as response:
            assert response.status == 304
            await response.read()

    return await _timed(get, len(room.urls))


async def plain_feedparser(room: Newsroom, number: int) -> float:
    """Seconds to fetch so many feeds and read them with feedparser in a pool of threads."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:

        async def read(session: aiohttp.ClientSession, place: int) -> None:
            async with session.get(room.urls[place]) as response:
                body = await response.read()
            parsed = await loop.run_in_executor(pool, feedparser.parse, body)
            assert len(parsed.entries) == ITEMS

        return await _timed(read, number)


async def _timed(work: Callable[[aiohttp.ClientSession, int], Awaitable[None]], number: int) -> float:
    connector = aiohttp.TCPConnector(limit=IN_FLIGHT, ttl_dns_cache=300)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        started = time.perf_counter()
        await asyncio.gather(*(work(session, place) for place in range(number)))
        return time.perf_counter() - started


@dataclass
class Times:
    """Seconds of the rounds, by who took them."""

    unchanged: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


async def measure(number: int, folder: Path) -> Times:
    """All rounds, in turns."""
    times = Times()
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'visnyk.db'}")
    await migrate(database)
    store = store_on(database)
    watched: Any = Watched(store.feeds)
    fetching = open_fetcher(user_agent="benchmark", private_networks=True)
    async with newsroom(number) as room, fetching as fetcher:
        await follow_all(database, room)
        desk = Desk(watched, store.articles, fetcher, Bounds(), now)
        for _ in range(ROUNDS):
            times.unchanged.append(await visnyk(database, desk, store, watched, number))
            times.bare.append(await bare(room))
        some = number // 5
        await visnyk(database, desk, store, watched, some, unread=True)
        for _ in range(ROUNDS):
            await room.publish()
            times.new.append(await visnyk(database, desk, store, watched, some))
            times.plain.append(await plain_feedparser(room, some))
    await database.close()
    return times


async def main(number: int) -> None:
    """Measure and print the table."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    await asyncio.to_thread(warm)
    with tempfile.TemporaryDirectory() as folder:
        times = await measure(number, Path(folder))
    table = Table(title=f"{number} feeds of {ITEMS} items, each on a host of its own")
    for heading in ("round", "who", "seconds", "feeds/s", "share"):
        table.add_column(heading, justify="left" if heading in ("round", "who") else "right")
    for name, count, ours, theirs, other in (
        ("nothing new", number, times.unchanged, times.bare, "bare aiohttp loop"),
        ("one new each", number // 5, times.new, times.plain, "feedparser in threads"),
    ):
        for who, seconds in (("Visnyk", min(ours)), (other, min(theirs))):
            table.add_row(name, who, f"{seconds:.2f}", f"{count / seconds:,.0f}", f"{min(theirs) / seconds:.2f}")
    Console().print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve_until_killed(int(sys.argv[2])))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
