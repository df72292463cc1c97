"""Feeds that nobody reachable follows any more fall asleep: they are not polled, and forget their validators.

Who follows one later has missed nothing: the next success is a first contact again, which pushes nothing.

A feed's column `awake` says whether it sleeps, so that polling passes by none that do. Whatever gives a feed a
reachable follower, or takes one from it, wakes it or puts it to sleep in the same transaction.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import chats, feeds, subscriptions


def followed() -> ColumnElement[bool]:
    """Whether a reachable chat follows the feed."""
    return exists(
        select(1)
        .select_from(subscriptions.join(chats))
        .where(subscriptions.c.feed_id == feeds.c.id, chats.c.suspended_at.is_(null()))
        .correlate(feeds)
    )


def forsaken() -> ColumnElement[bool]:
    """Whether the feed is private and no chat follows it, reachable or not: its secret is kept for nobody."""
    follower = select(1).where(subscriptions.c.feed_id == feeds.c.id).correlate(feeds)
    return feeds.c.private & ~exists(follower)


async def followed_by(connection: AsyncConnection, chat_ids: Collection[int]) -> list[int]:
    """The ids of the feeds that these chats follow."""
    query = select(subscriptions.c.feed_id).where(subscriptions.c.chat_id.in_(chat_ids)).distinct()
    return list(await connection.scalars(query))


async def wake(connection: AsyncConnection, feed_ids: Collection[int]) -> None:
    """Let those of these feeds be polled that a reachable chat follows."""
    await hold(connection, feed_ids)
    await connection.execute(update(feeds).where(feeds.c.id.in_(feed_ids), ~feeds.c.awake).values(awake=followed()))


async def wake_followed(connection: AsyncConnection, feed_id: int) -> None:
    """Let a feed be polled that a chat has begun to follow in this transaction, and so holds already."""
    await connection.execute(update(feeds).where(feeds.c.id == feed_id, ~feeds.c.awake).values(awake=followed()))


async def put_to_sleep(connection: AsyncConnection, feed_ids: Collection[int]) -> None:
    """Let those of these feeds sleep that nobody reachable follows."""
    await hold(connection, feed_ids)
    await connection.execute(
        update(feeds)
        .where(feeds.c.id.in_(feed_ids), ~followed())
        .values(
            awake=False,
            contacted_at=None,
            etag=None,
            last_modified=None,
            # A check may be under way at this moment, with the memory of a feed awake.
            slept_in_claim=feeds.c.claimed_until.is_not(null()),
        )
    )


async def hold(connection: AsyncConnection, feed_ids: Collection[int]) -> None:
    """Hold the feeds, in the order in which checks hold them, so that neither waits for the other for ever."""
    await connection.execute(select(feeds.c.id).where(feeds.c.id.in_(feed_ids)).order_by(feeds.c.id).with_for_update())
