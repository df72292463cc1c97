"""How news looks in a chat, and what its subscriptions want otherwise: written, and asked for of a delivery.

A statement about deliveries of articles that joins `subscriptions` by SUBSCRIBED (from without: who has left a feed may
still have its news) may ask what an outlet is called there, and whether every report of it is wanted.
"""

from sqlalchemy import and_, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.look import Look, Overrides
from storage.tables import articles, chats, deliveries, feeds, subscriptions

SUBSCRIBED = and_(subscriptions.c.chat_id == deliveries.c.chat_id, subscriptions.c.feed_id == articles.c.feed_id)
OUTLET = func.coalesce(subscriptions.c.title, feeds.c.title)
EVERY = func.coalesce(subscriptions.c.every_report, chats.c.every_report)


async def set_look(connection: AsyncConnection, chat_id: int, look: Look) -> None:
    """Let a chat's news look so. A chat has no tags of its own."""
    values = {
        "summary_length": look.summary_length,
        "pictures": look.pictures,
        "preview": look.preview,
        "silent": look.silent,
        "every_report": look.every_report,
        "hashtags": look.hashtags,
    }
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(values))


async def set_overrides(connection: AsyncConnection, chat_id: int, feed_id: int, overrides: Overrides) -> bool:
    """Let a subscription have this otherwise than its chat; False where there is none."""
    values = {
        "summary_length": overrides.summary_length,
        "pictures": overrides.pictures,
        "preview": overrides.preview,
        "silent": overrides.silent,
        "every_report": overrides.every_report,
        "hashtags": overrides.hashtags,
        "at_once": overrides.at_once,
        "title": overrides.title or None,
        "tags": " ".join(overrides.tags) or None,
    }
    mine = and_(subscriptions.c.chat_id == chat_id, subscriptions.c.feed_id == feed_id)
    return (await connection.execute(update(subscriptions).where(mine).values(values))).rowcount > 0
