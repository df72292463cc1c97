"""A database as a bot has it that has read for long: many followed feeds, and the articles it has kept of them."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from rich.progress import track
from sqlalchemy import Table, bindparam, false, func, insert, select, text, update

from benchmarks.words import Told, tellings
from news.address import host_of
from news.chat import Address
from news.short_name import digest
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.store import store_on
from storage.tables import addresses, articles, feeds, identities, stories, subscriptions

AT_ONCE = 5_000
BETWEEN = timedelta(seconds=40)
NEVER = timedelta(days=365)
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, and the ETag it gave when it was read last; None: it never was."""

    url: str
    etag: str | None = None


async def fill(file: str, sources: Sequence[Source], *, number: int, readers: Sequence[int]) -> None:
    """Make the database: the feeds, followed by readers (Telegram's ids) in turn, and so many articles of theirs.

    The feeds' ids are 1, 2 and so on. None is due; see `let_be_due`.
    """
    now = datetime.now(UTC)
    telling = tellings()
    async with _opened(file) as database:
        await migrate(database)
        await _add_feeds(database, sources, readers, now)
        for start in track(range(0, number, AT_ONCE), description=f"{number:,} articles"):
            ids = range(start + 1, min(number, start + AT_ONCE) + 1)
            await _insert(database, _article_rows(ids, telling, len(sources), now - (number + 1) * BETWEEN))
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))


async def let_be_due(file: str, ids: Collection[int], *, within: timedelta) -> None:
    """Let these feeds be due one after the other, all within this time; the bot may be at work."""
    now, step = datetime.now(UTC), within / len(ids)
    rows = [{"its_id": id_, "due": now + place * step} for place, id_ in enumerate(ids)]
    be_due = update(feeds).where(feeds.c.id == bindparam("its_id")).values(next_check_at=bindparam("due"))
    async with _opened(file) as database, database.writing() as connection:
        await connection.execute(be_due, rows)


async def unread(file: str, ids: Collection[int], *, since: datetime) -> int:
    """How many of these feeds were not checked since then."""
    async with _opened(file) as database, database.reading() as connection:
        checked = func.coalesce(feeds.c.checked_at >= since, false())
        waiting = select(func.count()).where(feeds.c.id.in_(ids), ~checked)
        return (await connection.execute(waiting)).scalar_one()


@asynccontextmanager
async def _opened(file: str) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite+aiosqlite:///{file}")
    try:
        yield database
    finally:
        await database.close()


async def _add_feeds(database: Database, sources: Sequence[Source], readers: Sequence[int], now: datetime) -> None:
    chats = store_on(database).chats
    met = [
        await chats.meet(Address("telegram", reader), kind="private", language="uk", timezone="Europe/Kyiv", now=now)
        for reader in readers
    ]
    rows: dict[Table, Rows] = {feeds: [], addresses: [], subscriptions: []}
    for id_, source in enumerate(sources, 1):
        read_at = now if source.etag else None
        known = {"checked_at": read_at, "succeeded_at": read_at, "contacted_at": read_at, "news_at": read_at}
        own = {"id": id_, "url": source.url, "host": host_of(source.url), "title": f"№ {id_}", "etag": source.etag}
        rows[feeds].append({**own, **known, "next_check_at": now + NEVER, "awake": True})
        rows[addresses].append({"digest": digest(source.url), "url": source.url, "feed_id": id_})
        chat = met[id_ % len(met)]
        rows[subscriptions].append({"chat_id": chat.id, "feed_id": id_, "created_at": now})
    await _insert(database, rows)


def _article_rows(ids: range, telling: Iterator[Told], among: int, began: datetime) -> dict[Table, Rows]:
    """Article by article a feed after the other, each opening a story of its own id."""
    rows: dict[Table, Rows] = {stories: [], articles: [], identities: []}
    for id_, told in zip(ids, islice(telling, len(ids)), strict=True):
        at, feed_id = began + id_ * BETWEEN, id_ % among + 1
        link = f"https://outlet.example/{feed_id}/{id_}"
        rows[stories].append({"id": id_, "opened_at": at, "newest_at": at})
        rows[articles].append({"id": id_, "feed_id": feed_id, "story_id": id_, **_content(told, link, at)})
        rows[identities] += [
            {"feed_id": feed_id, "article_id": id_, "digest": digest(key)} for key in (link, f"guid {id_}")
        ]
    return rows


def _content(told: Told, link: str, at: datetime) -> dict[str, Any]:
    return {
        "published_at": at,
        "found_at": at,
        "fingerprint": digest(told.text),
        "language": told.language,
        "title": told.title,
        "summary": told.text[:250],
        "text": told.text,
        "link": link,
        "page": digest(link),
        "title_lemmas": told.title_lemmas,
        "text_lemmas": told.text_lemmas,
    }


async def _insert(database: Database, rows: dict[Table, Rows]) -> None:
    async with database.writing() as connection:
        for table, values in rows.items():
            await connection.execute(insert(table), values)
