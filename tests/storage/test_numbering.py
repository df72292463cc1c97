"""Numbers for rows that are still to be written."""

from typing import Any

from sqlalchemy import delete, insert

from storage.database import Database
from storage.numbering import take_numbers
from storage.tables import stories
from tests.storage.given import NOW


async def test_rows_are_written_under_the_numbers_taken(database: Database) -> None:
    assert await _write(database, 3) == [1, 2, 3]
    assert await _write(database, 2) == [4, 5]


async def test_a_row_that_numbers_itself_comes_behind(database: Database) -> None:
    await _write(database, 2)
    async with database.writing() as connection:
        made = insert(stories).values(opened_at=NOW, newest_at=NOW).returning(stories.c.id)
        assert await connection.scalar(made) == 3
    assert await _write(database, 1) == [4]


async def test_the_number_of_a_deleted_row_is_not_taken_again(database: Database) -> None:
    await _write(database, 2)
    async with database.writing() as connection:
        await connection.execute(delete(stories))
    assert await _write(database, 1) == [3]


async def test_two_who_write_take_different_numbers(database: Database, open_another: Any) -> None:
    assert await _write(database, 2) + await _write(await open_another(), 2) == [1, 2, 3, 4]


async def _write(database: Database, rows: int) -> list[int]:
    """Write so many stories; gives their numbers."""
    async with database.writing() as connection:
        numbers = await take_numbers(connection, stories, rows)
        moments = {"opened_at": NOW, "newest_at": NOW}
        await connection.execute(insert(stories), [{"id": number, **moments} for number in numbers])
    return numbers
