"""What a chat sets of filters and watches, each a wish by its words."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Watch
from storage.gathering import numbered
from storage.insert import insert_new
from storage.tables import subscriptions, watches, wishes


async def set_filter(connection: AsyncConnection, chat_id: int, feed_id: int, words: str | None) -> bool:
    """Filter what a chat follows by these words, None: by none; False where it doesn't follow the feed."""
    wish = await numbered(connection, wishes, words) if words else None
    mine = and_(subscriptions.c.chat_id == chat_id, subscriptions.c.feed_id == feed_id)
    return (await connection.execute(update(subscriptions).where(mine).values(filter_id=wish))).rowcount > 0


async def filters_of(connection: AsyncConnection, chat_id: int) -> Mapping[int, str]:
    """The words of a chat's filters by the ids of the feeds that they are for."""
    query = select(subscriptions.c.feed_id, wishes.c.text).join_from(
        subscriptions, wishes, wishes.c.id == subscriptions.c.filter_id
    )
    rows = await connection.execute(query.where(subscriptions.c.chat_id == chat_id))
    return {row.feed_id: row.text for row in rows}


async def watch(connection: AsyncConnection, chat_id: int, words: str, now: datetime, most: int) -> Watch | None:
    """Watch for these words; None where the chat has `most` watches already, and this is none of them."""
    wish = await numbered(connection, wishes, words)
    number = await connection.scalar(select(func.count()).where(watches.c.chat_id == chat_id))
    if (number or 0) < most:
        row = {"chat_id": chat_id, "wish_id": wish, "created_at": now}
        await connection.execute(insert_new(connection, watches).values(row))
    known = [one for one in await watches_of(connection, chat_id) if one.words == words]
    return known[0] if known else None


async def watches_of(connection: AsyncConnection, chat_id: int) -> list[Watch]:
    """What a chat watches for, the oldest first."""
    query = select(watches.c.id, wishes.c.text, watches.c.everywhere).join(wishes, wishes.c.id == watches.c.wish_id)
    rows = await connection.execute(query.where(watches.c.chat_id == chat_id).order_by(watches.c.id))
    return [Watch(row.id, row.text, row.everywhere) for row in rows]


async def set_everywhere(connection: AsyncConnection, chat_id: int, watch_id: int, wanted: bool) -> None:
    """Watch in all public feeds, or in those that the chat follows."""
    mine = and_(watches.c.id == watch_id, watches.c.chat_id == chat_id)
    await connection.execute(update(watches).where(mine).values(everywhere=wanted))


async def unwatch(connection: AsyncConnection, chat_id: int, watch_id: int) -> None:
    """End a watch."""
    await connection.execute(delete(watches).where(watches.c.id == watch_id, watches.c.chat_id == chat_id))
