"""Many keys asked for at once."""

from sqlalchemy import insert, select, text

from storage.database import Database
from storage.keys import asked, joined_to_asked
from storage.tables import identities
from tests.storage.given import Given


async def test_what_is_known_under_them_is_found_and_nothing_else(given: Given, database: Database) -> None:
    feeds = [(await given.feed(f"https://{name}.example/")).id for name in "ab"]
    rows = [{"feed_id": feed, "digest": digest} for feed in feeds for digest in ("one", "'two\"", "три")]
    async with database.writing() as connection:
        await connection.execute(insert(identities), rows)
        keys = [(feeds[0], "'two\""), (feeds[1], "три"), (feeds[0], "other"), (404, "one")]
        query = select(identities.c.feed_id, identities.c.digest).select_from(joined_to_asked(database.dialect))
        found = [tuple(row) for row in await connection.execute(query, asked(database.dialect, keys))]
    assert sorted(found) == sorted(keys[:2])


async def test_sqlite_looks_each_up_by_the_primary_key(sqlite_database: Database) -> None:
    query = select(identities.c.article_id).select_from(joined_to_asked("sqlite"))
    async with sqlite_database.reading() as connection:
        statement = text(f"EXPLAIN QUERY PLAN {query.compile(dialect=connection.dialect)}".replace("?", "'[]'"))
        plan = [row.detail for row in await connection.execute(statement)]
    assert any("SEARCH identities" in step and "(feed_id=? AND digest=?)" in step for step in plan)
