"""How much Visnyk sends with the ceiling lifted, and what a message takes of the processor.

    python -m benchmarks.throughput [CHATS]

A broadcast to so many chats, and an article of a feed that all of them follow, rendered for each; all is owed before
the sender starts. The sandbox's Telegram has no limits and is a process of its own, as the sender is. Beside it in the
same run senders that keep no record: python-telegram-bot in a loop as most bots have it (its own HTTP client), and over
our HTTP client (aiohttp), 128 at a time. `CPU` is the sender's in milliseconds a message, user and system, its threads
included; `by CPU` is what one core would send at that: on a busy machine look at these. `messages/s` is by the clock.
Visnyk's figures are of SQLite, from the first quarter that was written down as sent until the end.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.followers import FIRST_CHAT
from benchmarks.sandbox import server_of
from benchmarks.service import TEXT, TOKEN, owe_article, owe_broadcast, running
from handlers.request import TelegramRequest

AT_ONCE, ALL_AT_ONCE = 128, 100_000
# So short that thirty in it are no limit.
PACE_SECOND = "0.001"
SETTLED = "SELECT count(*) FROM deliveries WHERE settled_at IS NOT NULL"
Owe = Callable[[str, int], Awaitable[None]]


@dataclass(frozen=True)
class Figures:
    """Messages a second, and seconds of the processor a message."""

    name: str
    rate: float
    cpu: float

    def row(self) -> list[str]:
        """The figures as a table's row."""
        return [self.name, f"{self.rate:,.0f}", f"{self.cpu * 1000:.2f} ms", f"{1 / self.cpu:,.0f}"]


async def visnyk(name: str, owe: Owe, chats: int, progress: Progress, task: TaskID) -> Figures:
    """What is owed, sent by the bot."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "visnyk.db"
        url = f"sqlite+aiosqlite:///{file}"
        await owe(url, chats)
        sandbox = server_of("the sandbox", chats + 1)
        async with sandbox as (api, _), running(api, url, PACE_SECOND=PACE_SECOND) as service:
            done, began, cpu = await _settled(file, chats // 4, progress, task), time.perf_counter(), service.cpu()
            await _settled(file, chats, progress, task)
            sent = chats - done
            return Figures(name, sent / (time.perf_counter() - began), (service.cpu() - cpu) / sent)


async def _settled(file: Path, number: int, progress: Progress, task: TaskID) -> int:
    """Wait until so many are written down as sent; gives how many are."""
    with closing(sqlite3.connect(file)) as connection:
        while True:
            done: int = connection.execute(SETTLED).fetchone()[0]
            progress.update(task, completed=done)
            if done >= number:
                return done
            await asyncio.sleep(0.05)


async def loop(name: str, request: BaseRequest, at_once: int, chats: int) -> Figures:
    """One send a chat, in this process."""
    async with server_of("the sandbox", chats + 1) as (api, _), Bot(TOKEN, f"{api}/bot", request=request) as bot:
        began, cpu, numbers = time.perf_counter(), time.process_time(), count()

        async def send_some() -> None:
            while (place := next(numbers)) < chats:
                await bot.send_message(FIRST_CHAT + place, TEXT, pool_timeout=600)

        await asyncio.gather(*(send_some() for _ in range(min(at_once, chats))))
        return Figures(name, chats / (time.perf_counter() - began), (time.process_time() - cpu) / chats)


async def main(chats: int = 5000) -> None:
    """Run each and print the table."""
    table = Table(title=f"{chats:,} messages, the ceiling lifted")
    for heading in ("sender", "messages/s", "CPU", "by CPU"):
        table.add_column(heading, justify="left" if heading == "sender" else "right")
    with Progress(transient=True) as progress:
        for name, owe in (("Visnyk, a broadcast", owe_broadcast), ("Visnyk, an article", owe_article)):
            task = progress.add_task(name, total=chats)
            table.add_row(*(await visnyk(name, owe, chats, progress, task)).row())
            progress.remove_task(task)
        task = progress.add_task("the loops", total=None)
        plain = HTTPXRequest(connection_pool_size=256, read_timeout=60)
        table.add_row(*(await loop("plain loop, all at once", plain, ALL_AT_ONCE, chats)).row())
        table.add_row(*(await loop("plain loop over aiohttp", TelegramRequest(), AT_ONCE, chats)).row())
        progress.remove_task(task)
    Console(width=110).print(table)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
