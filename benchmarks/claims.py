"""What the outbox takes for a claim, a mark and the question when the next delivery is due.

    python -m benchmarks.claims [CHATS]

So many chats are owed an article each, on both engines. Milliseconds, the usual of several turns; in processor time,
our own and on PostgreSQL the server's for our connections, beside the clock's. `claim` takes 30, or 128, with all that
is needed to send them; `settle` writes down that 30 were sent, in one go; `next due` is asked while much may go, while
every chat is left alone for an hour (the walk passes all that is owed), and when all that is owed was sent. A bare
SELECT, UPDATE of 30 and UPDATE of 30 in SQLite stand at 0.2 ms.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from statistics import median

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table
from sqlalchemy import text

from benchmarks.engines import servers
from benchmarks.fanout import cpu_of
from benchmarks.followers import FEED, NOW, article, full, run
from news.delivery import Delivery, Sent
from storage.database import Database
from storage.openings import KnownWishes
from storage.owing import owe_articles
from storage.store import Store, store_on

TURNS, LATE_TURNS = 15, 3
NEVER = NOW + timedelta(hours=1)
SERVER = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


@dataclass(frozen=True)
class Row:
    """What was done, and what it usually took: seconds by the clock and of the processor."""

    what: str
    clock: float
    cpu: float

    def told(self) -> list[str]:
        """As columns of a table."""
        return [self.what, f"{self.clock * 1000:.1f}", f"{self.cpu * 1000:.1f}"]


class Stopwatch:
    """Times work by the clock and by the processor, the server's included."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def usual(self, what: str, work: Callable[[], Awaitable[object]], turns: int = TURNS) -> Row:
        """The usual of so many turns, after one that does not count."""
        await work()
        spent = []
        for _ in range(turns):
            clock, cpu = time.perf_counter(), await self._cpu()
            await work()
            spent.append((time.perf_counter() - clock, await self._cpu() - cpu))
        return Row(what, median(clock for clock, _ in spent), median(cpu for _, cpu in spent))

    async def _cpu(self) -> float:
        ours = time.process_time()
        if self._database.dialect == "sqlite":
            return ours
        async with self._database.reading() as connection:
            servers = list(await connection.scalars(text(SERVER)))
        return ours + sum(map(cpu_of, servers))


async def rows(database: Database, progress: Progress, task: TaskID) -> list[Row]:
    """All of it, in turn."""
    store, watch = store_on(database), Stopwatch(database)
    claimed, numbers = list[Delivery](), count(1)

    async def claim(limit: int) -> None:
        claimed.extend(await store.outbox.claim(now=NOW, until=NEVER, limit=limit))

    async def settle() -> None:
        await settle_some(store, [claimed.pop() for _ in range(30)], next(numbers))

    async def next_due() -> None:
        await store.outbox.next_due(now=NOW)

    done = [await watch.usual("claim of 30", lambda: claim(30))]
    done.append(await watch.usual("settle of 30", settle))
    done.append(await watch.usual("claim of 128", lambda: claim(128), LATE_TURNS))
    done.append(await watch.usual("next due, much may go", next_due))
    progress.advance(task)
    alone = "'2026-01-05 11:00:00.000000'" + ("" if database.dialect == "sqlite" else "::timestamptz")
    await run(database, f"UPDATE chats SET not_before = {alone}")
    done.append(await watch.usual("next due, every chat left alone", next_due, LATE_TURNS))
    await run(database, "UPDATE chats SET not_before = NULL", "UPDATE deliveries SET status = 'settled'")
    done.append(await watch.usual("next due, nothing owed", next_due))
    progress.advance(task)
    return done


async def settle_some(store: Store, some: list[Delivery], number: int) -> None:
    """Write down that these were sent."""
    await asyncio.gather(*(store.outbox.settle(one, Sent(number), now=NOW) for one in some))


async def main(chats: int = 100_000) -> None:
    """Measure on both engines and print the table."""
    table = Table(title=f"The outbox with {chats:,} owed, in milliseconds")
    for heading in ("engine", "what", "clock", "CPU"):
        table.add_column(heading, justify="right" if heading in ("clock", "CPU") else "left")
    async with servers() as urls:
        with Progress(transient=True) as progress:
            for engine, url in urls.items():
                task = progress.add_task(f"{engine}, {chats:,} chats", total=3)
                async with full(url, chats) as database:
                    async with database.writing() as connection:
                        await owe_articles(connection, KnownWishes(), {FEED: {1: article()}})
                    progress.advance(task)
                    for row in await rows(database, progress, task):
                        table.add_row(engine, *row.told())
                progress.remove_task(task)
    Console(width=110).print(table)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
