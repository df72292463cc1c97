"""Databases full of chats that follow one feed, for benchmarks of what is owed; the engines fill them themselves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time

from sqlalchemy import insert, text

from news.article import NewArticle
from news.hours import Timetable, as_text
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.tables import articles, feeds, stories, timetables, wishes

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
FEED, FIRST_CHAT, ARTICLES, TIMETABLES, WORDS = 1, 1001, 40, 50, 10
TITLE = "Міст word7"
_MOMENT = "'2026-01-01 00:00:00.000000'"


@asynccontextmanager
async def full(url: str, followers: int) -> AsyncIterator[Database]:
    """A database with so many chats, all of which follow one feed with some articles, owed to nobody."""
    database = await open_database(url)
    await migrate(database)
    await _fill(database, followers)
    yield database
    await database.close()


def article(found_at: datetime = NOW) -> NewArticle:
    """An article as it comes from a feed."""
    return NewArticle(
        keys=(),
        fingerprint="",
        title=TITLE,
        summary="",
        text="",
        link=None,
        image=None,
        author=None,
        language="uk",
        published_at=found_at,
        found_at=found_at,
        title_lemmas=("міст", "word7"),
        text_lemmas=(),
    )


async def give_hours(database: Database) -> None:
    """Let half of the chats have digests, by one of many timetables, and a tenth of all words that pass them."""
    hours = [Timetable((time(18, minute),), timezone="Europe/Kyiv") for minute in range(TIMETABLES)]
    rows = [{"id": number, "text": as_text(one)} for number, one in enumerate(hours)]
    words = [{"id": number, "text": f"word{number}"} for number in range(WORDS)]
    async with database.writing() as connection:
        await connection.execute(insert(timetables), rows)
        await connection.execute(insert(wishes), words)
        await connection.execute(text(f"UPDATE chats SET timetable_id = id / 2 % {TIMETABLES} WHERE id % 2 = 0"))
        await connection.execute(text(f"UPDATE chats SET urgent_id = id / 10 % {WORDS} WHERE id % 10 = 0"))
    await settle_down(database)


async def give_filters(database: Database) -> None:
    """Let a tenth of the followers filter the feed by one of some words; one in ten of these lets the article pass."""
    words = [{"id": WORDS + number, "text": f"word{number}, another"} for number in range(WORDS)]
    async with database.writing() as connection:
        await connection.execute(insert(wishes), words)
        filtered = f"UPDATE subscriptions SET filter_id = {WORDS} + id / 10 % {WORDS} WHERE id % 10 = 0"
        await connection.execute(text(filtered))
    await settle_down(database)


async def settle_down(database: Database) -> None:
    """Let PostgreSQL know what there is, as it would by itself before long, and have nothing left to do."""
    if database.dialect == "postgresql":
        await run(database, "ANALYZE", "CHECKPOINT")


async def run(database: Database, *statements: str) -> None:
    """Statements, in a transaction."""
    async with database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def moment(database: Database) -> str:
    """A moment in SQL."""
    return _MOMENT if database.dialect == "sqlite" else f"{_MOMENT}::timestamptz"


async def _fill(database: Database, followers: int) -> None:
    told = article()
    words = {"title": told.title, "summary": "", "text": "", "title_lemmas": (), "text_lemmas": (), "fingerprint": ""}
    rows = [words | {"id": id_, "feed_id": FEED, "story_id": id_} for id_ in range(1, ARTICLES + 1)]
    opened = [{"id": id_, "opened_at": NOW, "newest_at": NOW} for id_ in range(1, ARTICLES + 1)]
    feed = {"id": FEED, "url": "https://a.example/rss", "title": "A", "host": "a.example", "next_check_at": NOW}
    async with database.writing() as connection:
        await connection.execute(insert(feeds), [feed | {"awake": True}])
        await connection.execute(insert(stories), opened)
        await connection.execute(insert(articles), [row | {"published_at": NOW, "found_at": NOW} for row in rows])
    numbers = _numbers(database, followers)
    at = moment(database)
    await run(
        database,
        "INSERT INTO chats (id, platform, chat_id, topic, kind, language, timezone, met_at)"
        f" SELECT n, 'telegram', n + {FIRST_CHAT - 1}, 0, 'private', 'uk', 'Europe/Kyiv', {at} FROM {numbers}",
        f"INSERT INTO subscriptions (chat_id, feed_id, created_at) SELECT n, {FEED}, {at} FROM {numbers}",
    )
    await settle_down(database)


def _numbers(database: Database, most: int) -> str:
    if database.dialect == "postgresql":
        return f"generate_series(1, {most}) AS numbers(n)"
    count = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {most})"
    return f"({count} SELECT n FROM numbers)"
