"""The revisions make the tables of the program, once, whoever starts first."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

from news.chat import Address
from news.delivery import Kind
from news.hours import FOREVER
from news.look import AS_THE_CHAT, Look
from storage import migrate as migrate_module
from storage.database import Database, open_database
from storage.errors import NewerDatabase
from storage.migrate import configuration, migrate, newest_revision
from storage.store import open_store, store_on
from storage.tables import deliveries, metadata
from tests.storage.given import NOW, Given, article

# Three feeds: one followed, one by a suspended chat, one by nobody.
OLDER = (
    "INSERT INTO feeds (id, url, title, host, next_check_at) VALUES (1, 'a', '', 'a', CURRENT_TIMESTAMP), "
    "(2, 'b', '', 'b', CURRENT_TIMESTAMP), (3, 'c', '', 'c', CURRENT_TIMESTAMP)",
    "INSERT INTO chats (id, platform, chat_id, topic, kind, language, timezone, met_at) VALUES "
    "(1, 'telegram', 1, 0, 'private', 'uk', 'UTC', CURRENT_TIMESTAMP), "
    "(2, 'telegram', 2, 0, 'private', 'uk', 'UTC', CURRENT_TIMESTAMP)",
    "UPDATE chats SET suspended_at = CURRENT_TIMESTAMP WHERE id = 2",
    "INSERT INTO subscriptions (chat_id, feed_id, created_at) VALUES (1, 1, CURRENT_TIMESTAMP), "
    "(2, 2, CURRENT_TIMESTAMP)",
)


def _ours(name: str | None, _type: str, _parents: object) -> bool:
    # The search index is no table of the metadata.
    return name is None or not name.startswith("article_words")


def differences(connection: Connection) -> list[object]:
    options = {"include_name": _ours, "target_metadata": metadata}
    found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


async def test_the_revisions_make_exactly_the_tables(database: Database) -> None:
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(given: Given, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), article())
    await migrate(database)
    assert len(await store_on(database).articles.get([1])) == 1


def test_the_newest_revision_is_the_one_that_alembic_ends_at() -> None:
    scripts = ScriptDirectory(str(Path(migrate_module.__file__).parent / "migrations"))
    assert scripts.get_current_head() == newest_revision()


OPENS = """
import asyncio, sys
from storage.store import open_store

async def look():
    async with open_store(sys.argv[1]) as store:
        await store.feeds.next_due()

asyncio.run(look())
print("alembic" in sys.modules)
"""


@pytest.mark.parametrize("has_tables", [True, False])
def test_alembic_is_imported_only_where_there_is_something_to_do(
    has_tables: bool, sqlite_url: str, template_file: Path
) -> None:
    if has_tables:
        shutil.copy(template_file, sqlite_url.partition("///")[2])
    told = subprocess.run([sys.executable, "-c", OPENS, sqlite_url], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(not has_tables)


async def test_two_that_start_together_both_find_the_tables(empty_url: str) -> None:
    databases = [await open_database(empty_url) for _ in range(2)]
    await asyncio.gather(*(migrate(database) for database in databases))
    for database in databases:
        assert await store_on(database).feeds.next_due() is None
        await database.close()


async def test_a_database_of_a_newer_program_is_refused_and_untouched(url: str, database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        async with open_store(url):
            pytest.fail("opened a newer database")
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


async def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE notes (number INTEGER)"))
    with pytest.raises(Exception, match="notes"):
        await migrate(database)
    async with database.writing() as connection:
        await connection.execute(text("DROP TABLE notes"))
    await migrate(database)
    assert await store_on(database).inbox.store([], now=NOW) == []
    await database.close()


async def test_feeds_of_an_older_database_are_awake_where_a_reachable_chat_follows_them(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.writing() as connection:
        await connection.run_sync(lambda here: command.upgrade(configuration(here), "0004"))
        for statement in OLDER:
            await connection.execute(text(statement))
    await migrate(database)
    async with database.reading() as connection:
        assert list(await connection.scalars(text("SELECT awake FROM feeds ORDER BY id"))) == [True, False, False]
    await database.close()


OF_0015 = (
    "UPDATE chats SET summary_length = 150, every_report = TRUE WHERE id = 1",
    "INSERT INTO wishes (text) VALUES ('обстріл')",
    "UPDATE chats SET urgent_id = (SELECT id FROM wishes) WHERE id = 1",
    "INSERT INTO stories (id, opened_at, newest_at) VALUES (7, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
    "INSERT INTO articles (id, feed_id, story_id, published_at, found_at, fingerprint, title, summary, title_lemmas, "
    "text_lemmas, text) VALUES (1, 1, 7, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'f', 'Title', '', '', '', 'Text')",
    "INSERT INTO deliveries (chat_id, kind, subject, urgency, status, not_before, created_at) VALUES "
    "(1, 1, 1, 20, 'owed', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
)


async def test_what_chats_of_the_last_release_have_goes_on_as_it_was(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.writing() as connection:
        await connection.run_sync(lambda here: command.upgrade(configuration(here), "0015"))
        for statement in (*OLDER, *OF_0015):
            await connection.execute(text(statement))
    await migrate(database)
    store, here = store_on(database), Address("telegram", 1)
    chat = await store.chats.find(here)
    assert chat is not None
    assert (chat.look, chat.urgent) == (Look(summary_length=150, every_report=True), "обстріл")
    (mine,) = await store.chats.subscriptions(chat.id)
    assert (mine.feed.id, mine.overrides, mine.newest and mine.newest.title) == (1, AS_THE_CHAT, "Title")
    assert await store.chats.set_filter(chat.id, 1, "вибори")
    assert await store.articles.save(chat.id, 1, now=NOW)
    await store.chats.mute(chat.id, 7, title="Title", until=FOREVER, now=NOW)
    # It may be the page's text, for all anybody knows.
    assert [one.from_page for one in await store.articles.get([1])] == [True]
    assert [row["status"] for row in (await store.chats.kept(here))["deliveries"]] == ["dropped"]
    await store.chats.forget(here, before=0)
    assert await store.chats.find(here) is None
    await database.close()


DELIVERIES = """INSERT INTO deliveries
(id, chat_id, kind, subject, urgency, status, not_before, created_at, settled_at) VALUES
(1, 1, 'article', 1, 10, 'owed', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, NULL),
(2, 1, 'notice', 1, 20, 'claimed', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, NULL),
(3, 1, 'broadcast', 1, 30, 'settled', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
(4, 1, 'article', 2, 10, 'dropped', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, NULL)"""


async def test_an_older_databases_deliveries_are_owed_as_before(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.writing() as connection:
        await connection.run_sync(lambda here: command.upgrade(configuration(here), "0009"))
        for statement in (*OLDER, DELIVERIES):
            await connection.execute(text(statement))
    await migrate(database)
    async with database.writing() as connection:
        rows = await connection.execute(select(deliveries).order_by(deliveries.c.id))
        found = [(row.kind, row.urgency, row.status, row.settled_at is None) for row in rows]
        await connection.execute(text("DELETE FROM chats WHERE id = 1"))
        left = await connection.scalar(select(func.count()).select_from(deliveries))
    assert found == [
        (Kind.ARTICLE, 10, "owed", True),
        (Kind.NOTICE, 25, "claimed", True),
        (Kind.BROADCAST, 40, "settled", False),
        (Kind.ARTICLE, 10, "dropped", False),
    ]
    assert left == 0
    await database.close()
