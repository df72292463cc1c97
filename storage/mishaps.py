"""What befalls a place, written down together with what it changes, and owed to whoever is to be told.

A place that lost its bot the right to write is told of once, until something is written there again: `silenced_at` says
that it was. A topic that is left is told of in the transaction in which the chat's row for it goes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Kind, Urgency
from news.mishap import Blow, Mishap
from storage.lock import Lock, serialise
from storage.moving import move
from storage.suspension import same_chat
from storage.tables import OWED, chats, deliveries, mishaps


async def silence(connection: AsyncConnection, address: Address, menders: Sequence[Address], now: datetime) -> None:
    """Remember that nothing can be written there; owe the first of these who has a chat with us, else whoever let us
    in, to be told, unless somebody was already."""
    known = (await connection.execute(select(chats.c.id, chats.c.silenced_at).where(same_chat(address)))).all()
    if not known or any(row.silenced_at for row in known):
        return
    added_by = await connection.scalar(
        select(chats.c.added_by).where(same_chat(address), chats.c.added_by.is_not(None)).limit(1)
    )
    await connection.execute(update(chats).where(same_chat(address)).values(silenced_at=now))
    wanted = [one.chat_id for one in menders]
    # Whoever let us in before the others, if they may still mend it; and if nobody knows who may.
    first = [added_by] if added_by in wanted else []
    told = await _reachable(connection, address.platform, [*first, *wanted] or ([added_by] if added_by else []))
    if told is not None:
        place = min(row.id for row in known)
        await _owe(connection, told, {"chat_id": place, "blow": Blow.SILENCED.value, "created_at": now})


async def take_back_silence(connection: AsyncConnection, addresses: Collection[Address]) -> None:
    """Something can be written there again: should that end once more, it is told once more."""
    for address in addresses:
        silenced = and_(same_chat(address), chats.c.silenced_at.is_not(None))
        await connection.execute(update(chats).where(silenced).values(silenced_at=None))


async def leave_topic(connection: AsyncConnection, source: Address, to: Address, now: datetime) -> None:
    """Let a topic go on in another one of its chat, or in the chat itself, and owe that place to be told so."""
    await serialise(connection, Lock.MOVE)
    at = and_(same_chat(source), chats.c.topic == source.topic)
    left = (await connection.execute(select(chats.c.id, chats.c.topic_title).where(at))).one_or_none()
    await move(connection, source, to)
    if left is None or source.topic == to.topic:
        return
    there = await connection.scalar(select(chats.c.id).where(same_chat(to), chats.c.topic == to.topic))
    if there is not None:
        # The row of the topic may have become the chat's.
        await connection.execute(update(chats).where(chats.c.id == there, chats.c.topic == 0).values(topic_title=None))
        row = {"chat_id": there, "blow": Blow.TOPIC_LEFT.value, "topic": source.topic, "created_at": now}
        await _owe(connection, there, row | {"topic_title": left.topic_title})


async def mishaps_of(connection: AsyncConnection, delivery_ids: Collection[int]) -> dict[int, Mishap]:
    """What these deliveries tell of."""
    query = select(deliveries.c.id, mishaps.c.blow, mishaps.c.topic, mishaps.c.topic_title, chats.c.kind, chats.c.title)
    query = query.select_from(deliveries.join(mishaps, mishaps.c.id == deliveries.c.subject).join(chats, _ITS_PLACE))
    rows = await connection.execute(query.where(deliveries.c.id.in_(delivery_ids), deliveries.c.kind == Kind.MISHAP))
    return {row.id: Mishap(Blow(row.blow), row.kind, row.title or "", row.topic, row.topic_title or "") for row in rows}


_ITS_PLACE = chats.c.id == mishaps.c.chat_id


async def _reachable(connection: AsyncConnection, platform: str, people: Sequence[int]) -> int | None:
    """The private chat of the first of these people who has one that can be written to; it can't be forgotten now."""
    private = and_(chats.c.platform == platform, chats.c.kind == "private", chats.c.suspended_at.is_(None))
    query = select(chats.c.chat_id, chats.c.id).where(private, chats.c.chat_id.in_(people))
    found = {row.chat_id: row.id for row in await connection.execute(query.with_for_update(read=True, key_share=True))}
    return next((found[person] for person in people if person in found), None)


async def _owe(connection: AsyncConnection, chat_id: int, mishap: dict[str, object]) -> None:
    subject = await connection.scalar(insert(mishaps).values(mishap).returning(mishaps.c.id))
    moment = mishap["created_at"]
    owed = {"chat_id": chat_id, "kind": Kind.MISHAP, "subject": subject, "urgency": int(Urgency.NOTICE)}
    when = {"status": OWED, "not_before": moment, "created_at": moment}
    await connection.execute(insert(deliveries).values(owed | when))
