"""What is known of groups, topics and channels besides what they follow."""

from sqlalchemy import and_, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address, Chat
from storage.rows import CHAT, CHATS, chat_of
from storage.suspension import same_chat
from storage.tables import chats, subscriptions


async def call(connection: AsyncConnection, chat_id: int, title: str, topic_title: str) -> None:
    """Remember what a place is called."""
    names = {"title": title or None, "topic_title": topic_title or None}
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(names))


async def call_topic(connection: AsyncConnection, address: Address, title: str) -> None:
    """Remember what a topic is called from now on, if anything is known of it."""
    it = and_(same_chat(address), chats.c.topic == address.topic)
    await connection.execute(update(chats).where(it).values(topic_title=title or None))


async def let_in(connection: AsyncConnection, chat_id: int, by: int) -> None:
    """Remember who let us in there."""
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(added_by=by))


async def topics_of(connection: AsyncConnection, address: Address) -> list[Chat]:
    """The topics of a chat that follow anything, by their numbers."""
    follows = select(1).where(subscriptions.c.chat_id == chats.c.id).correlate(chats).exists()
    query = select(*CHAT).select_from(CHATS).where(same_chat(address), chats.c.topic != 0, follows)
    rows = await connection.execute(query.order_by(chats.c.topic))
    return [chat_of(row) for row in rows.mappings()]


async def channels_near(connection: AsyncConnection, platform: str, person: int, most: int) -> list[Chat]:
    """Channels that can be written to, those first that this person let us into, then the newest."""
    theirs = case((chats.c.added_by == person, 0), else_=1)
    channel = and_(chats.c.platform == platform, chats.c.kind == "channel", chats.c.suspended_at.is_(None))
    query = select(*CHAT).select_from(CHATS).where(channel).order_by(theirs, chats.c.id.desc()).limit(most)
    return [chat_of(row) for row in (await connection.execute(query)).mappings()]


async def channel_at(connection: AsyncConnection, chat_id: int) -> Chat | None:
    """The channel with this id of ours."""
    query = select(*CHAT).select_from(CHATS).where(chats.c.id == chat_id, chats.c.kind == "channel")
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else chat_of(row)
