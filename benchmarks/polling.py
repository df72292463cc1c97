"""What a round of polling costs in the database: claiming what is due and saving the checks, without the fetches.

    python -m benchmarks.polling [FEEDS]

FEEDS feeds are followed, as many again are asleep (nobody follows them any more; their time was due long ago). In a
round of all of them, and in one of a hundredth, feeds are claimed by batches as the schedule does it, all of a batch
are saved as "not modified" at once, and the next due time is asked for after each batch. `share` is the small round
over the large one: 1 % is a cost that grows with what is due, and not with what there is. The row with nothing due is
what a tick costs that finds nothing. Small rounds are over so soon that the usual one of several is shown.
"""

import asyncio
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table
from sqlalchemy import case, insert, literal, text, update

from benchmarks.engines import servers
from news.chat import Address
from news.short_name import digest
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.store import Store, store_on
from storage.tables import addresses, feeds, subscriptions

NOW = datetime(2026, 1, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)
LEASE = timedelta(seconds=60)
AT_ONCE, PER_HOST = 200, 4
SMALL_ROUNDS = 7


@dataclass(frozen=True)
class Round:
    """Seconds that a round took."""

    due: int
    claiming: float
    saving: float
    asking: float

    @property
    def whole(self) -> float:
        """All of it."""
        return self.claiming + self.saving + self.asking


async def fill(database: Database, number: int) -> None:
    """One chat that follows `number` feeds, and as many feeds that nobody follows."""
    chat = await store_on(database).chats.meet(
        Address("telegram", 1), kind="private", language="en", timezone="Europe/Kyiv", now=NOW
    )
    urls = [f"https://{place}.example/rss" for place in range(2 * number)]
    known = {"title": "", "next_check_at": NOW - timedelta(days=1), "contacted_at": NOW - timedelta(days=9)}
    rows = [
        {"id": id_, "url": url, "host": url[8:-4], "awake": id_ <= number} | known for id_, url in enumerate(urls, 1)
    ]
    named = [{"digest": digest(url), "url": url, "feed_id": id_} for id_, url in enumerate(urls, 1)]
    followed = [{"chat_id": chat.id, "feed_id": id_, "created_at": NOW} for id_ in range(1, number + 1)]
    async with database.writing() as connection:
        for table, values in ((feeds, rows), (addresses, named), (subscriptions, followed)):
            await connection.execute(insert(table), values)
        await connection.execute(text("ANALYZE"))


async def let_be_due(database: Database, number: int, due: int) -> None:
    """Let so many of the followed feeds be due, spread among them, and the others hours later."""
    chosen = feeds.c.id % (number // due) == 0
    moment = case((chosen, literal(NOW, feeds.c.next_check_at.type)), else_=LATER)
    async with database.writing() as connection:
        await connection.execute(update(feeds).where(feeds.c.id <= number).values(next_check_at=moment))
        await connection.execute(text("ANALYZE"))


async def round_of(store: Store, due: int) -> Round:
    """Claim and save until nothing is due."""
    claiming = saving = asking = 0.0
    while True:
        started = time.perf_counter()
        claimed = await store.feeds.claim_due(now=NOW, until=NOW + LEASE, limit=AT_ONCE, per_host=PER_HOST)
        claiming, started = claiming + time.perf_counter() - started, time.perf_counter()
        checked = (replace(feed, checked_at=NOW, next_check_at=LATER) for feed in claimed)
        await asyncio.gather(*map(store.feeds.save_check, checked))
        saving, started = saving + time.perf_counter() - started, time.perf_counter()
        await store.feeds.next_due()
        asking += time.perf_counter() - started
        if not claimed:
            return Round(due, claiming, saving, asking)


async def rounds(url: str, number: int) -> list[Round]:
    """A round of all feeds, the usual one of a hundredth, the usual one of none."""
    database = await open_database(url)
    await migrate(database)
    await fill(database, number)
    store, done = store_on(database), []
    for due, times in ((number, 1), (number // 100, SMALL_ROUNDS), (0, SMALL_ROUNDS)):
        done.append(usual([await one_round(database, store, number, due) for _ in range(times)]))
    await database.close()
    return done


async def one_round(database: Database, store: Store, number: int, due: int) -> Round:
    """A round of so many of the feeds."""
    if due:
        await let_be_due(database, number, due)
    return await round_of(store, due)


def usual(alike: list[Round]) -> Round:
    """The one in the middle."""
    return sorted(alike, key=lambda each: each.whole)[len(alike) // 2]


async def main(number: int) -> None:
    """Measure on both engines and print the table."""
    table = Table(title=f"A round of polling over {number} feeds, and {number} asleep, in seconds")
    for heading in ("engine", "due", "claiming", "saving", "next due", "all", "share"):
        table.add_column(heading, justify="left" if heading == "engine" else "right")
    async with servers() as urls:
        for engine, url in urls.items():
            full, *others = await rounds(url, number)
            for each in (full, *others):
                parts = [f"{part:.3f}" for part in (each.claiming, each.saving, each.asking, each.whole)]
                table.add_row(engine, str(each.due), *parts, f"{each.whole / full.whole:.1%}")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
