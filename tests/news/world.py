"""The newsroom's desk with everything real around it: SQLite, HTTP, a sample newsroom; only the clock is ours."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from news.chat import Address, Chat
from news.desk import Desk
from news.feed import Feed
from news.fetch import Fetcher, Limits, open_fetcher
from news.follow import Doorman, Followed, follow
from news.hosts import Hosts
from news.notice import Notice
from news.pace import Bounds
from news.poll import poll_due_feeds
from sandbox.newsroom import Newsroom, serve
from storage.store import Store, open_store
from tests.news.given import NOW

SHORT = Limits(seconds=2, page_seconds=2)


@dataclass
class Clock:
    """A clock that goes on when told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **span: float) -> None:
        """Later by so much."""
        self.now += timedelta(**span)


@dataclass
class World:
    """What a test moves, and what it looks at."""

    desk: Desk
    store: Store
    newsroom: Newsroom
    url: str
    clock: Clock
    file: Path
    doorman: Doorman = field(default_factory=Doorman)
    _chat_ids: "count[int]" = field(default_factory=lambda: count(1))

    def feed_url(self, slug: str) -> str:
        """Where an outlet's feed is."""
        return self.url + self.newsroom.outlet(slug).profile.feed_path

    async def chat(self) -> Chat:
        """Somebody new."""
        address = Address("telegram", next(self._chat_ids))
        return await self.store.chats.meet(
            address, kind="private", language="uk", timezone="Europe/Kyiv", now=self.clock()
        )

    async def follow(self, text: str, chat: Chat | None = None) -> Followed:
        """A chat, by default a new one, asks to follow this."""
        return await follow(self.desk, self.store.chats, self.doorman, chat or await self.chat(), text)

    async def poll(self, **later: float) -> int:
        """Check everything due, by default a day later (and so all); gives how many deliveries are owed."""
        self.clock.goes_on(**(later or {"days": 1}))
        tasks = await poll_due_feeds(self.desk, room=100)
        return sum([await task for task in tasks.values()])

    async def feed(self, slug: str) -> Feed:
        """An outlet's feed as it is kept."""
        feed = await self.store.feeds.find(self.feed_url(slug))
        assert feed is not None
        return feed

    async def notices(self) -> list[Notice]:
        """What chats are to be told now of their feeds, one to each chat."""
        later = self.clock() + timedelta(seconds=60)
        claimed = await self.store.outbox.claim(now=self.clock(), until=later, limit=100)
        return [delivery.notice for delivery in claimed if delivery.notice]

    async def owed(self) -> list[str]:
        """The titles owed now, one to each chat."""
        later = self.clock() + timedelta(seconds=60)
        claimed = await self.store.outbox.claim(now=self.clock(), until=later, limit=100)
        return [delivery.article.title for delivery in claimed if delivery.article]

    def execute(self, *statements: str) -> None:
        """Do something to the database behind the storage's back, as an operator might."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            for statement in ("PRAGMA foreign_keys = ON", *statements):
                connection.execute(statement)

    def count(self, question: str) -> int:
        """The number that a SELECT gives."""
        with closing(sqlite3.connect(self.file)) as connection:
            number: int = connection.execute(question).fetchone()[0]
            return number

    def everything(self) -> str:
        """All that is stored, as text."""
        with closing(sqlite3.connect(self.file)) as connection:
            return "\n".join(str(row) for name in self.rows() for row in connection.execute(f'SELECT * FROM "{name}"'))

    def rows_of(self, feed: Feed) -> tuple[int, ...]:
        """How many articles and names of theirs are a feed's."""
        return tuple(
            self.count(f"SELECT count(*) FROM {table} WHERE feed_id = {feed.id}")
            for table in ("articles", "identities")
        )

    def rows(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        with closing(sqlite3.connect(self.file)) as connection:
            names = [name for (name,) in connection.execute(tables)]
            return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def ordinary(_: str) -> AbstractAsyncContextManager[Fetcher]:
    """A fetcher that goes anywhere, hurries, and loses patience after two seconds."""
    return open_fetcher(user_agent="test", private_networks=True, hosts=Hosts(pause=0), limits=SHORT)


@asynccontextmanager
async def world(
    folder: Path, fetching: Callable[[str], AbstractAsyncContextManager[Fetcher]] = ordinary
) -> AsyncIterator[World]:
    """A world that begins at NOW with six outlets, each with three articles.

    `fetching` is given the newsroom's address and opens the fetcher.
    """
    clock, file = Clock(), folder / "visnyk.db"
    newsroom = Newsroom(backlog=3, now=clock)
    async with (
        serve(newsroom) as server,
        open_store(f"sqlite+aiosqlite:///{file}") as store,
        fetching(server.url) as fetcher,
    ):
        desk = Desk(store.feeds, store.articles, fetcher, Bounds(60, 3600), clock, telegram=server.url)
        yield World(desk, store, newsroom, server.url, clock, file)
