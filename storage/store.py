"""The storage in one piece: what the rest of the program opens, and is handed to the news."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from storage.articles import SqlArticles
from storage.chats import SqlChats
from storage.database import Database, open_database
from storage.feeds import SqlFeeds
from storage.inbox import SqlInbox
from storage.keeper import SqlKeeper
from storage.lock import only_instance
from storage.migrate import migrate
from storage.outbox import SqlOutbox
from storage.retention import USUAL, Keep
from storage.summaries import SqlSummaries


@dataclass(frozen=True, slots=True)
class Store:
    """The ports of `news.ports`, each on the same database."""

    feeds: SqlFeeds
    articles: SqlArticles
    chats: SqlChats
    outbox: SqlOutbox
    inbox: SqlInbox
    keeper: SqlKeeper
    summaries: SqlSummaries


@asynccontextmanager
async def open_store(url: str, keep: Keep = USUAL) -> AsyncIterator[Store]:
    """The storage at this address, migrated, and ours alone until the block ends.

    Raises CannotOpen, AlreadyRunning or NewerDatabase, each a sentence fit for an operator.
    """
    async with only_instance(url):
        database = await open_database(url)
        try:
            await migrate(database)
            yield store_on(database, keep)
        finally:
            await database.close()


def store_on(database: Database, keep: Keep = USUAL) -> Store:
    """The ports on a database that is open and migrated."""
    return Store(
        SqlFeeds(database),
        SqlArticles(database),
        SqlChats(database),
        SqlOutbox(database),
        SqlInbox(database),
        SqlKeeper(database, keep),
        SqlSummaries(database),
    )
