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
from storage.retention import A_YEAR, Keep
from storage.summaries import SqlSummaries
from storage.terms import USUAL, Terms


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
async def open_store(url: str, terms: Terms = USUAL, keep: Keep = A_YEAR) -> AsyncIterator[Store]:
    """The storage at this address, migrated, and ours alone until the block ends; it delivers on these terms, and keeps
    articles so long.

    Raises CannotOpen, AlreadyRunning or NewerDatabase, each a sentence fit for an operator.
    """
    async with only_instance(url):
        database = await open_database(url)
        try:
            await migrate(database)
            yield store_on(database, terms, keep)
        finally:
            await database.close()


def store_on(database: Database, terms: Terms = USUAL, keep: Keep = A_YEAR) -> Store:
    """The ports on a database that is open and migrated."""
    return Store(
        SqlFeeds(database),
        SqlArticles(database),
        SqlChats(database),
        SqlOutbox(database, terms),
        SqlInbox(database),
        SqlKeeper(database, keep),
        SqlSummaries(database),
    )
