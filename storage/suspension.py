"""The end of a chat, until it comes back: it is owed nothing more, and may leave feeds without a follower."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Kind
from storage.dormancy import followed_by, hold, put_to_sleep, wake
from storage.tables import CLAIMED, DROPPED, GATHERED, OWED, WAITING, chats, deliveries


def same_chat(address: Address) -> ColumnElement[bool]:
    """All topics of the chat at this address."""
    return and_(chats.c.platform == address.platform, chats.c.chat_id == address.chat_id)


async def suspend(connection: AsyncConnection, address: Address, reason: str, now: datetime) -> None:
    """Suspend every topic of this chat, drop what it is owed, and let feeds sleep that only it followed."""
    since = func.coalesce(chats.c.suspended_at, now, type_=chats.c.suspended_at.type)
    over = update(chats).where(same_chat(address)).values(suspended_at=since, suspended_for=reason)
    ids = list(await connection.scalars(over.returning(chats.c.id)))
    if not ids:
        return
    followed = await followed_by(connection, ids)
    # Before their deliveries, as checks do.
    await hold(connection, followed)
    await _drop(connection, ids, reason, now)
    await put_to_sleep(connection, followed)


async def _drop(connection: AsyncConnection, chat_ids: Collection[int], reason: str, now: datetime) -> None:
    # A digest with nothing in it is none; should the chat come back before its moment, it is in time.
    waits = and_(deliveries.c.status == WAITING, deliveries.c.kind != Kind.DIGEST)
    owed = or_(waits, deliveries.c.status.in_((OWED, GATHERED, CLAIMED)))
    dropped = {"status": DROPPED, "reason": reason, "claimed_until": None, "settled_at": now}
    await connection.execute(update(deliveries).where(deliveries.c.chat_id.in_(chat_ids), owed).values(dropped))


async def restore(connection: AsyncConnection, address: Address) -> None:
    """The chat is back, with every topic, and what it follows is polled again."""
    back = {"suspended_at": None, "suspended_for": None}
    suspended = chats.c.suspended_at.is_not(None)
    restored = update(chats).where(same_chat(address), suspended).values(back).returning(chats.c.id)
    ids = list(await connection.scalars(restored))
    if ids:
        await wake(connection, await followed_by(connection, ids))
