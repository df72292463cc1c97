"""Opening a database, and what its transactions promise."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from storage.database import CONNECTIONS, Database, open_database
from storage.errors import CannotOpen
from storage.store import Store
from storage.tables import stories
from tests.storage.given import NOW, Given

STORY = {"opened_at": NOW, "newest_at": NOW}


async def count(database: Database) -> int:
    async with database.reading() as connection:
        return await connection.scalar(select(func.count()).select_from(stories)) or 0


async def test_what_is_written_is_seen_once_it_is_committed(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(stories).values(STORY))
    assert await count(database) == 1


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    async def fail_late() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(stories).values(STORY))
            raise LookupError

    with pytest.raises(LookupError):
        await fail_late()
    assert await count(database) == 0


async def test_a_reader_does_not_wait_for_the_writer(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(stories).values(STORY))
        async with asyncio.timeout(10):
            assert await asyncio.create_task(count(database), context=Context()) == 0
    assert await count(database) == 1


async def test_a_cancelled_writer_leaves_nothing_and_holds_up_nobody(database: Database) -> None:
    writing = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(stories).values(STORY))
            writing.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(write_for_ever())
    await writing.wait()
    writer.cancel()
    async with asyncio.timeout(10), database.writing() as connection:
        await connection.execute(insert(stories).values(STORY))
    assert await count(database) == 1


async def test_many_writers_at_once_all_get_their_turn(
    database: Database, open_another: Callable[[], Awaitable[Database]]
) -> None:
    async def write(where: Database) -> None:
        async with where.writing() as connection:
            await connection.execute(insert(stories).values(STORY))

    other = await open_another()
    await asyncio.gather(*(write(where) for where in [database, other] * 20))
    assert await count(database) == 40


async def test_many_readers_and_writers_at_once_all_finish(store: Store, given: Given) -> None:
    chat = await given.chat(1)

    async def remember_and_recall(number: int) -> str | None:
        note = await store.articles.remember(chat.id, f"text {number}", now=NOW)
        found, _, _ = await asyncio.gather(
            store.articles.recall(chat.id, note), store.keeper.overview(now=NOW), store.articles.similar([], limit=1)
        )
        return found

    async with asyncio.timeout(60):
        found = await asyncio.gather(*map(remember_and_recall, range(4 * CONNECTIONS)))
    assert found == [f"text {number}" for number in range(4 * CONNECTIONS)]


async def test_the_writer_waits_for_no_readers_however_many_they_are(sqlite_database: Database) -> None:
    done, holding = asyncio.Event(), asyncio.Semaphore(0)

    async def read_on() -> None:
        async with sqlite_database.reading() as connection:
            await connection.execute(select(stories.c.id))
            holding.release()
            await done.wait()

    readers = [asyncio.create_task(read_on()) for _ in range(2 * CONNECTIONS)]
    for _ in range(CONNECTIONS - 1):
        await holding.acquire()
    async with asyncio.timeout(20), sqlite_database.writing() as connection:
        await connection.execute(insert(stories).values(STORY))
    done.set()
    await asyncio.gather(*readers)
    assert await count(sqlite_database) == 1


async def test_readers_that_are_cancelled_leave_their_connections_to_others(sqlite_database: Database) -> None:
    async def read() -> int:
        return await count(sqlite_database)

    for steps in range(60):
        readers = [asyncio.create_task(read()) for _ in range(CONNECTIONS)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
    async with asyncio.timeout(20):
        assert await asyncio.gather(*(read() for _ in range(2 * CONNECTIONS))) == [0] * 2 * CONNECTIONS


async def test_sqlite_is_opened_safe_and_concurrent(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    async with database.reading() as connection:
        pragmas = ("journal_mode", "foreign_keys", "synchronous")
        assert [await connection.scalar(text(f"PRAGMA {name}")) for name in pragmas] == ["wal", 1, 2]
    await database.close()


async def test_a_database_in_memory_serves_readers_and_writers() -> None:
    database = await open_database("sqlite+aiosqlite://")
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE numbers (number INTEGER)"))
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM numbers")) == 0
    await database.close()


async def refusal(url: str) -> CannotOpen:
    with pytest.raises(CannotOpen) as caught:
        await open_database(url)
    assert "secret" not in str(caught.value)
    return caught.value


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    error = await refusal(f"sqlite+aiosqlite:///{tmp_path}/missing/visnyk.db")
    assert error.reason == f"the folder {tmp_path}/missing does not exist"


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert (await refusal(f"sqlite+aiosqlite:///{tmp_path}")).reason == "this is a folder, not a file"


async def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 500)
    assert (await refusal(f"sqlite+aiosqlite:///{file}")).reason == "the file is not an SQLite database"
    assert file.read_text() == "Dear diary, " * 500


async def test_a_place_that_cannot_be_written_to_is_refused() -> None:
    error = await refusal("sqlite+aiosqlite:////proc/visnyk.db")
    assert "can't be" in error.reason


@pytest.mark.parametrize("address", ["", "visnyk.db", "postgresql+asyncpg://u:secret@[", "mysql://u:secret@host/db"])
async def test_what_is_no_database_address_is_refused(address: str) -> None:
    await refusal(address)


async def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    error = await refusal(f"postgresql+asyncpg://user:secret@/visnyk?host={tmp_path}")
    assert error.reason == "the server can't be reached"
    assert (await refusal("postgresql+asyncpg://user:secret@127.0.0.1:1/visnyk")).reason == error.reason


async def test_a_database_missing_on_the_server_is_told(server: Any) -> None:
    address = server.get_uri("missing").replace("postgresql://", "postgresql+asyncpg://")
    assert (await refusal(address)).reason == "the server has no database of this name"


async def test_a_wrong_password_is_told_without_the_password(server: Any) -> None:
    address = server.get_uri("postgres").replace("postgresql://postgres:", "postgresql+asyncpg://nobody:secret")
    assert "refused" in (await refusal(address)).reason


async def test_a_write_whose_caller_is_cancelled_is_finished_and_holds_up_nobody(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for steps in range(12):
        writing = asyncio.ensure_future(store.articles.remember(chat.id, f"text {steps}", now=NOW))
        for _ in range(steps):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    assert await store.articles.remember(chat.id, "text 11", now=NOW) == await store.articles.remember(
        chat.id, "text 11", now=NOW
    )
