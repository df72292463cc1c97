"""A chat stops following a feed, or all it followed."""

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind
from storage.dormancy import forsaken, hold, put_to_sleep
from storage.tables import CLAIMED, DROPPED, GATHERED, OWED, articles, deliveries, feeds, subscriptions


async def leave(connection: AsyncConnection, chat_id: int, feed_id: int | None = None) -> int:
    """End a chat's subscription to a feed, or to all of them, and drop what is still owed; gives how many there were.

    A private feed goes with its last follower.
    """
    mine = [subscriptions.c.chat_id == chat_id]
    if feed_id is not None:
        mine.append(subscriptions.c.feed_id == feed_id)
    left = list(await connection.scalars(delete(subscriptions).where(*mine).returning(subscriptions.c.feed_id)))
    if left:
        await hold(connection, left)
        await _drop(connection, chat_id, left)
        await put_to_sleep(connection, left)
        await connection.execute(delete(feeds).where(feeds.c.id.in_(left), forsaken()))
    return len(left)


async def _drop(connection: AsyncConnection, chat_id: int, feed_ids: list[int]) -> None:
    """Drop what the chat is owed of these feeds; what is being sent at this moment may still arrive."""
    of_feeds = deliveries.c.subject.in_(select(articles.c.id).where(articles.c.feed_id.in_(feed_ids)))
    of_chat = and_(deliveries.c.chat_id == chat_id, deliveries.c.kind == Kind.ARTICLE)
    owed = deliveries.c.status.in_((OWED, GATHERED, CLAIMED))
    over = {"status": DROPPED, "reason": "unfollowed", "settled_at": deliveries.c.created_at}
    dropped = over | {"claimed_until": None, "carrier": None}
    await connection.execute(update(deliveries).where(of_chat, of_feeds, owed).values(dropped))
