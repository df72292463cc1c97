"""How much memory the service holds with a full archive, round after round, and when publishers send the worst.

    python -m benchmarks.memory [FEEDS [ARTICLES [ROUNDS [COPIES]]]]

In a temporary folder a database is made of 10,000 followed feeds and 300,000 articles in eleven languages (some
minutes, 1.6 GB). Then the real service, in a process of its own, after looking up 2,000 words of each language, polls
the feeds; a round is a check of 300 of them, in which some have published, and now and then somebody searches. At last
come feeds that do harm, COPIES of each on hosts of their own, all due at once; in some of them it is an article's page.

`resident` is what Linux counts (VmRSS), `of files` the part of it that is pages of files, programs and dictionaries
mostly, which the system takes back where it needs room; `peak` (VmHWM) is the most since the row before. The first rows
are a bare interpreter and one that has only imported the libraries.
"""

import asyncio
import logging
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from benchmarks.archive import Source, fill, let_be_due, unread
from benchmarks.hostile import bodies, pages
from benchmarks.words import vocabulary
from news.aside import LARGE_PAGE
from news.extract import MAX_PAGE
from sandbox.newsroom import OUTLETS, Newsroom, Outlet, Server
from sandbox.newsroom import serve as serve_newsroom
from sandbox.newsroom.behaviour import (
    Behaviour,
    Bomb,
    Circles,
    Drips,
    Floods,
    Hangs,
    Mislabels,
    Serves,
    Swells,
)
from sandbox.newsroom.crowd import Crowd, serve_crowd
from sandbox.telegram import DEMO_TOKEN, Player, Telegram
from sandbox.telegram import serve as serve_telegram

CHECKS, PUBLISHING = 300, 30
CHECKS_A_SECOND = 80
READERS = range(1000, 1100)
ASKER = 7
SHOWN_ROUNDS = (1, 10, 50, 100)
LIBRARIES = (
    "aiohttp, aiosqlite, apscheduler.schedulers.asyncio, babel, feedparser, lxml.html, marisa_trie, "
    "nh3, pydantic_settings, simplemma, sqlalchemy.ext.asyncio, structlog, telegram, trafilatura, typer"
)
BOT = "from benchmarks.words import use_all; use_all(); from bot.cli import run; run()"


@dataclass(frozen=True)
class Memory:
    """What a process holds, in MB."""

    resident: float
    of_files: float
    peak: float

    @classmethod
    def of(cls, process: int) -> "Memory":
        """As Linux counts it; raises OSError for a process that is gone."""
        lines = (line.partition(":") for line in Path(f"/proc/{process}/status").read_text().splitlines())
        kilobytes = {name: float(value.split()[0]) for name, _, value in lines if value.endswith("kB")}
        if "VmRSS" not in kilobytes:
            raise ProcessLookupError(process)
        return cls(*(kilobytes[name] * 1024 / 1e6 for name in ("VmRSS", "RssFile", "VmHWM")))

    def row(self, name: str) -> tuple[str, ...]:
        """The row of a table."""
        return name, f"{self.resident:.0f}", f"{self.of_files:.0f}", f"{self.peak:.0f}"


def begin_peak_anew(process: int) -> None:
    """From now on a process's peak is its peak since now."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


def imported(statement: str) -> Memory:
    """What an interpreter holds after a statement."""
    ask = f"{statement}; import sys; print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", ask], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return Memory.of(process.pid)


def harms() -> list[Behaviour]:
    """What publishers may do that want to do harm: each once."""
    return [
        *(Serves(body, "application/rss+xml") for size in (9_900_000, 500_000) for body in bodies(size).values()),
        *(Floods(), Floods(9), Bomb(100), Bomb(9), Drips(1.0, 1), Drips(0.1, 100_000)),
        *(Hangs(), Circles(), Mislabels(), Swells()),
    ]


def harms_of_pages() -> list[Behaviour]:
    """The same with articles' pages."""
    return [
        *(Serves(body, "text/html") for size in (MAX_PAGE, LARGE_PAGE) for body in pages(size).values()),
        *(Floods(), Bomb(100), Drips(0.1, 100_000), Hangs()),
    ]


@asynccontextmanager
async def harmful(copies: int) -> AsyncIterator[list[Source]]:
    """Feeds that do harm. Those whose pages do were read before, for at first contact no page is asked for."""
    async with AsyncExitStack() as stack:
        sources = []
        for behaviour in harms() * copies:
            server, outlet = await _outlet(stack, "bereg")
            outlet.behaves(behaviour)
            sources.append(Source(server.url + outlet.profile.feed_path))
        for behaviour in harms_of_pages() * copies:
            server, outlet = await _outlet(stack, "misto")
            outlet.pages_behave(behaviour)
            sources.append(Source(server.url + outlet.profile.feed_path, etag="an older one"))
        yield sources


async def _outlet(stack: AsyncExitStack, slug: str) -> tuple[Server, Outlet]:
    newsroom = Newsroom(profiles=[profile for profile in OUTLETS if profile.slug == slug], backlog=2)
    return await stack.enter_async_context(serve_newsroom(newsroom)), newsroom.outlet(slug)


@asynccontextmanager
async def bot(api: str, folder: Path, interval: float) -> AsyncIterator[int]:
    """The service in a process of its own; gives its id."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG") or "MALLOC" in name}
    environment = {
        "TELEGRAM_TOKEN": DEMO_TOKEN,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'visnyk.db'}",
        "HTTP_PORT": "0",
        "POLL_MIN_SECONDS": str(interval),
        "POLL_MAX_SECONDS": str(interval),
        "FETCH_PRIVATE_NETWORKS": "true",
        "PACE_SECOND": "0.5",
        "PACE_MINUTE": "30",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BOT, env={**kept, **environment})
    try:
        yield process.pid
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await asyncio.wait_for(process.wait(), 30)


async def rounds(crowd: Crowd, process: int, asker: Player, number: int) -> AsyncIterator[tuple[str, Memory]]:
    """Let the bot poll, and give its memory now and then."""
    chosen = random.Random(1)
    words = vocabulary("uk")
    await crowd.requested(1)
    yield "after the start", Memory.of(process)
    for done in track(range(1, number + 1), description=f"{number} rounds"):
        for feed in chosen.sample(range(len(crowd.feeds)), PUBLISHING):
            crowd.publish(feed)
        await crowd.requested(crowd.requests + CHECKS)
        if done % 10 == 0:
            await asker.says(f"/search {chosen.choice(words)}")
        if done in SHOWN_ROUNDS or done == number:
            yield f"after round {done}", Memory.of(process)


async def harm(file: str, ids: Sequence[int], process: int) -> AsyncIterator[tuple[str, Memory]]:
    """Let the harmful feeds be due, and give the memory of the bot and of its largest process aside."""
    begin_peak_anew(process)
    watching = asyncio.create_task(_largest_aside(process))
    since = datetime.now(UTC)
    await let_be_due(file, ids, within=timedelta(seconds=1))
    with Progress() as progress:
        shown = progress.add_task(f"{len(ids)} harmful feeds", total=len(ids))
        while left := await unread(file, ids, since=since):
            progress.update(shown, completed=len(ids) - left)
            await asyncio.sleep(0.5)
        progress.update(shown, completed=len(ids))
    watching.cancel()
    yield f"with {len(ids)} harmful feeds at once", Memory.of(process)
    yield "the largest process aside", await watching


async def _largest_aside(process: int) -> Memory:
    """Watch the processes aside until cancelled."""
    largest = Memory(0, 0, 0)
    with suppress(asyncio.CancelledError):
        while True:
            largest = max([largest, *_aside(process)], key=lambda each: each.peak)
            await asyncio.sleep(0.02)
    return largest


def _aside(process: int) -> Iterator[Memory]:
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                # Before it runs a program of its own, a child is a picture of the bot.
                if b"aside" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield Memory.of(int(child))


async def measure(number: int, kept: int, length: int, copies: int) -> AsyncIterator[tuple[str, Memory]]:
    """All rows that the service gives, in their order."""
    interval = max(1.0, number / CHECKS_A_SECOND)
    telegram = Telegram(limits=None, keep=50)
    for reader in (*READERS, ASKER):
        telegram.user(reader, started=True)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = str(folder / "visnyk.db")
        crowd = await stack.enter_async_context(serve_crowd(number, items=5))
        harming = await stack.enter_async_context(harmful(copies))
        api = await stack.enter_async_context(serve_telegram(telegram))
        sources = [Source(url, feed.etag) for url, feed in zip(crowd.urls, crowd.feeds, strict=True)]
        await fill(file, [*sources, *harming], number=kept, readers=READERS)
        await let_be_due(file, range(1, number + 1), within=timedelta(seconds=interval))
        process = await stack.enter_async_context(bot(api.url, folder, interval))
        async for row in rounds(crowd, process, telegram.user(ASKER), length):
            yield row
            begin_peak_anew(process)
        if harming:
            async for row in harm(file, range(number + 1, number + 1 + len(harming)), process):
                yield row


async def main(number: int = 10_000, kept: int = 300_000, length: int = 100, copies: int = 1) -> None:
    """Print the table."""
    logging.disable()  # the newsroom's server complains of lines that the bot cuts
    table = Table(title=f"Memory in MB: {number:,} feeds, {kept:,} articles")
    for heading in ("", "resident", "of files", "peak"):
        table.add_column(heading, justify="right" if heading else "left")
    table.add_row(*imported("pass").row("Python"))
    table.add_row(*imported(f"import {LIBRARIES}").row("its libraries imported"))
    async for name, memory in measure(number, kept, length, copies):
        table.add_row(*memory.row(name))
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
