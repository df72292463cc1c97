"""Whether bad feeds delay good ones: the delay from when a feed was due until its check was saved.

    python -m benchmarks.neighbours [TURNS [SECONDS [FEEDS]]]

FEEDS healthy feeds (500), each on a host of its own and due every 30 seconds, five of them publishing every second,
are polled by the real schedule on SQLite. In turns of SECONDS (30) they are alone, and with the bad ones: one that
hangs, one that drips, one that floods as fast as it is taken, a gzip bomb, and four that serve hostile bodies of 10 MB
(see benchmarks.hostile), each asked every 30 seconds too, instead of later and later as it fails. Healthy and bad
feeds have a server process each. `ratio` is the row with bad neighbours over the row alone: 1.00 is nothing
measurable. A pause is how long the event loop, asked to wake every millisecond, was not let run: the longest of a turn,
usually (`pause`) and ever (`longest`). `CPU` is the share of one core that the bot's own process took, and `bad`
counts the checks of bad feeds that ended in the turns.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, text, update

from benchmarks.hostile import bodies, watched
from bot.heap import keep_collections_short
from bot.schedule import Schedule
from news.address import host_of
from news.chat import Address
from news.desk import Desk
from news.feed import Feed
from news.fetch import open_fetcher
from news.lemmas import warm
from news.pace import Bounds
from news.short_name import digest
from sandbox.newsroom import Newsroom, serve
from sandbox.newsroom.behaviour import Behaviour, Bomb, Drips, Floods, Hangs, Serves
from sandbox.newsroom.crowd import serve_crowd
from storage.database import Database, open_database
from storage.feeds import SqlFeeds
from storage.migrate import migrate
from storage.store import store_on
from storage.tables import addresses, feeds, subscriptions

INTERVAL = 30.0
ITEMS = 5
PUBLISHED_A_SECOND = 5
# Just under what a fetch may bring, so that they are read.
SIZE = 9_900_000
HOSTILE = ("comments never closed", "elements in elements", "items by the hundred thousand", "brackets")
RSS = "application/rss+xml"
ALONE, WITH_BAD = "alone", "bad ones too"
NEVER = datetime(2999, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class WatchedFeeds(SqlFeeds):
    """The storage of feeds, which notes how late each check of a healthy feed was saved.

    While `bad_are_on`, a bad feed is due again as soon as the others, as if it had never failed before. `met` is
    set when the healthy ones were checked twice on average, `quiet` when none of the bad ones will be any more.
    """

    def __init__(self, database: Database, healthy: int, bad: frozenset[int]) -> None:
        super().__init__(database)
        self.bad = bad
        self.bad_are_on = False
        self.delays: list[float] = []
        self.bad_checks = 0
        self.met, self.quiet = asyncio.Event(), asyncio.Event()
        self._enough = 2 * healthy
        self._going_on: set[int] = set()
        self._due: dict[int, datetime] = {}

    async def claim_due(self, **wanted: Any) -> list[Feed]:
        """As ever; when each was due is remembered."""
        claimed = await super().claim_due(**wanted)
        self._due |= {feed.id: feed.next_check_at for feed in claimed}
        return claimed

    async def save_check(self, feed: Feed, **found: Any) -> int:
        """As ever, and noted."""
        if feed.id in self.bad:
            return await self._save_bad(feed)
        owed = await super().save_check(feed, **found)
        self.delays.append((now() - self._due.pop(feed.id)).total_seconds())
        if len(self.delays) >= self._enough:
            self.met.set()
        return owed

    async def _save_bad(self, feed: Feed) -> int:
        again = now() + timedelta(seconds=INTERVAL) if self.bad_are_on else NEVER
        owed = await super().save_check(replace(feed, failures=0, next_check_at=again))
        self.bad_checks += 1
        if again == NEVER:
            self._going_on.discard(feed.id)
            if not self._going_on:
                self.quiet.set()
        return owed

    def switch(self, *, on: bool) -> None:
        """Let the bad feeds be due again and again from now on, or no more."""
        self.bad_are_on, self._going_on = on, set(self.bad)
        self.quiet.clear()


@dataclass
class Row:
    """What was measured in all turns of one kind."""

    delays: list[float] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    bad_checks: int = 0

    def figures(self) -> list[float]:
        """Median, 95th percentile and worst delay, a turn's and the longest pause of the loop, in milliseconds."""
        ordered = sorted(self.delays)
        shown = (median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1], median(self.pauses), max(self.pauses))
        return [seconds * 1000 for seconds in shown]


@dataclass
class Neighbourhood:
    """Everything at work, and the means to let the bad feeds in and out."""

    database: Database
    feeds: WatchedFeeds
    rows: defaultdict[str, Row] = field(default_factory=lambda: defaultdict(Row))

    async def let_bad(self, *, in_: bool) -> None:
        """Let the bad feeds be due from now on; or no more, and wait until the last check of them has ended."""
        self.feeds.switch(on=in_)
        if not in_:
            await self.feeds.quiet.wait()
            return
        mine = feeds.c.id.in_(self.feeds.bad)
        async with self.database.writing() as connection:
            await connection.execute(update(feeds).where(mine).values(next_check_at=now()))

    async def turn(self, name: str, seconds: float) -> None:
        """Note for so long what happens."""
        self.feeds.delays, self.feeds.bad_checks = [], 0
        began = time.process_time()
        async with watched() as pauses:
            await asyncio.sleep(seconds)
        row = self.rows[name]
        row.shares.append((time.process_time() - began) / seconds)
        row.delays += self.feeds.delays
        row.pauses.append(max(pauses))
        row.bad_checks += self.feeds.bad_checks


async def fill(database: Database, urls: Sequence[str], bad: Sequence[str]) -> frozenset[int]:
    """One chat that follows all of these feeds, the healthy ones due in turn; gives the ids of the bad ones."""
    store = store_on(database)
    chat = await store.chats.meet(
        Address("telegram", 1), kind="private", language="en", timezone="Europe/Kyiv", now=now()
    )
    due = [now() + timedelta(seconds=INTERVAL * place / len(urls)) for place in range(len(urls))] + [NEVER] * len(bad)
    both = list(enumerate([*urls, *bad], 1))
    rows = [
        {"id": id_, "url": url, "host": host_of(url), "title": "", "next_check_at": moment, "awake": True}
        for (id_, url), moment in zip(both, due, strict=True)
    ]
    named = [{"digest": digest(url), "url": url, "feed_id": id_} for id_, url in both]
    followed = [{"chat_id": chat.id, "feed_id": id_, "created_at": now()} for id_, _ in both]
    async with database.writing() as connection:
        for table, values in ((feeds, rows), (addresses, named), (subscriptions, followed)):
            await connection.execute(insert(table), values)
        await connection.execute(text("ANALYZE"))
    return frozenset(id_ for id_, url in both if url in bad)


@asynccontextmanager
async def neighbourhood(number: int) -> AsyncIterator[Neighbourhood]:
    """The schedule at work on feeds that have all been met."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(server("crowd", number))
        bad = await stack.enter_async_context(server("bad", number))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = await open_database(f"sqlite+aiosqlite:///{Path(folder) / 'visnyk.db'}")
        stack.push_async_callback(database.close)
        await migrate(database)
        known = WatchedFeeds(database, number, await fill(database, urls, bad))
        fetcher = await stack.enter_async_context(open_fetcher(user_agent="benchmark", private_networks=True))
        store = store_on(database)
        desk = Desk(known, store.articles, fetcher, Bounds(INTERVAL * 0.9, INTERVAL), now)
        schedule = Schedule(desk, store.keeper, owed=lambda: None)
        schedule.start()
        stack.push_async_callback(schedule.stop, patience=1.0)
        await known.met.wait()
        yield Neighbourhood(database, known)


@asynccontextmanager
async def server(name: str, number: int) -> AsyncIterator[list[str]]:
    """The addresses of the feeds that a process of its own serves."""
    arguments = (sys.executable, "-m", "benchmarks.neighbours", "--serve", name, str(number))
    pipes: dict[str, Any] = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.DEVNULL}
    process = await asyncio.create_subprocess_exec(*arguments, **pipes, limit=1_000_000)
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


async def serve_healthy(number: int) -> None:
    """Serve feeds of which some publish all the time."""
    chance = random.Random(1)
    async with serve_crowd(number, ITEMS) as crowd:
        print(json.dumps(crowd.urls), flush=True)
        while True:
            await asyncio.sleep(1 / PUBLISHED_A_SECOND)
            crowd.publish(chance.randrange(number))


async def serve_bad(_: int) -> None:
    """Serve one outlet of each bad kind, each at a port, and so on a host, of its own."""
    hostile = bodies(SIZE)
    async with AsyncExitStack() as stack:
        urls = []
        behaviours: list[Behaviour] = [Hangs(), Drips(), Floods(), Bomb()]
        for behaviour in (*behaviours, *(Serves(hostile[name], RSS) for name in HOSTILE)):
            newsroom = Newsroom(backlog=1)
            outlet = newsroom.outlets[0]
            outlet.behaves(behaviour)
            url = (await stack.enter_async_context(serve(newsroom))).url
            urls.append(url + outlet.profile.feed_path)
        print(json.dumps(urls), flush=True)
        await asyncio.Event().wait()


SERVERS = {"crowd": serve_healthy, "bad": serve_bad}


def show(rows: dict[str, Row], number: int) -> None:
    """Print the table."""
    table = Table(title=f"{number} healthy feeds, from due to saved, in milliseconds")
    for heading in ("", "checks", "median", "95 %", "worst", "pause", "longest", "CPU", "bad"):
        table.add_column(heading, justify="right" if heading else "left")
    alone, beside = rows[ALONE], rows[WITH_BAD]
    for name, row in rows.items():
        figures = [f"{figure:.0f}" for figure in row.figures()]
        table.add_row(name, f"{len(row.delays):,}", *figures, f"{median(row.shares):.0%}", str(row.bad_checks))
    ratios = [f"{with_bad / without:.2f}" for without, with_bad in zip(alone.figures(), beside.figures(), strict=True)]
    table.add_row("ratio", "", *ratios, "", "")
    Console().print(table)


async def main(turns: int = 3, seconds: float = 30, number: int = 500) -> None:
    """Measure in turns and print the table."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    warm()
    keep_collections_short()
    async with neighbourhood(number) as place:
        for _ in range(turns):
            await place.turn(ALONE, seconds)
            await place.let_bad(in_=True)
            await place.turn(WITH_BAD, seconds)
            await place.let_bad(in_=False)
        show(place.rows, number)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(SERVERS[sys.argv[2]](int(sys.argv[3])))
    else:
        asyncio.run(main(*map(int, sys.argv[1:])))
