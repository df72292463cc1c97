"""SQLite's search index, made smaller after articles were deleted."""

from datetime import UTC, datetime

from sqlalchemy import text

from news.query import parse_query
from storage.compacting import compact
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.retention import Keep
from storage.store import Store, store_on
from tests.storage.given import NOW, Given, article

SUNDAY = datetime(2026, 11, 29, 2, 17, tzinfo=UTC)
HOUR_AFTER = datetime(2026, 11, 29, 3, 17, tzinfo=UTC)


async def parts(database: Database) -> int:
    """Of how many the index is made."""
    async with database.reading() as connection:
        return int(await connection.scalar(text("SELECT count(DISTINCT segid) FROM article_words_idx")) or 0)


async def filled(database: Database) -> Store:
    """Articles saved one by one, each in a part of the index of its own."""
    given = Given(store_on(database))
    feed = await given.feed("https://a.example/")
    for number in range(3):
        await given.published(feed, article(f"{number}", owed=False))
    assert await parts(database) == 3
    return given.store


async def test_the_index_is_merged_once_a_week_after_articles_were_deleted(sqlite_database: Database) -> None:
    store = await filled(sqlite_database)
    keeper = SqlKeeper(sqlite_database, Keep(None, 2))
    assert await keeper.tidy(now=SUNDAY) == {"articles": 1}
    assert await parts(sqlite_database) == 1
    hits = await store.articles.matches(parse_query("title", now=NOW), limit=10)
    assert sorted(hit.title for hit in hits) == ["title 1", "title 2"]


async def test_at_other_times_it_is_left_to_itself(sqlite_database: Database) -> None:
    await filled(sqlite_database)
    await compact(sqlite_database, HOUR_AFTER, deleted=True, seconds=9)
    await compact(sqlite_database, SUNDAY, deleted=False, seconds=9)
    assert await parts(sqlite_database) == 3


async def test_there_is_nothing_to_merge_in_what_is_merged(sqlite_database: Database) -> None:
    await filled(sqlite_database)
    for _ in range(2):
        await compact(sqlite_database, SUNDAY, deleted=True, seconds=9)
    assert await parts(sqlite_database) == 1


async def test_it_is_for_sqlite_alone(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), article(owed=False))
    await compact(database, SUNDAY, deleted=True, seconds=9)
    assert len(await store.articles.matches(parse_query("title", now=NOW), limit=10)) == 1
