"""A chat that lives on under another id: everything of it goes along, merging with what is there already."""

from sqlalchemy import BigInteger, Table, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Kind
from news.hours import FOREVER
from storage.dormancy import followed_by, wake
from storage.gathering import gathered_of
from storage.lock import Lock, serialise
from storage.suspension import restore, same_chat
from storage.tables import OWED, chats, deliveries, mishaps, mutes, notes, saved, subscriptions, watches

# What belongs to a chat, and by which columns two chats may hold the same.
_BELONGINGS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (subscriptions, ("feed_id",)),
    (deliveries, ("kind", "subject")),
    (notes, ("digest",)),
    (mishaps, ("id",)),
    (saved, ("article_id",)),
    (mutes, ("story_id",)),
    (watches, ("wish_id",)),
)

_SETTINGS = (
    *("language", "timezone", "summary_length", "timetable_id", "urgent_id"),
    *("paused_until", "pause_keeps", "every_report", "open_to_all"),
    *("pictures", "preview", "silent", "hashtags", "added_by"),
)


async def move(connection: AsyncConnection, source: Address, to: Address) -> None:
    """Let each topic of `source` go on at `to`, reachable by that; done again, it changes nothing.

    Within one chat it is the one topic of `source` that goes on in that of `to`.
    """
    await serialise(connection, Lock.MOVE)
    if (source.platform, source.chat_id) == (to.platform, to.chat_id):
        await _leave_topic(connection, source, to)
        return
    for row in (await connection.execute(select(chats.c.id, chats.c.topic).where(same_chat(source)))).all():
        await _lose_messages(connection, row.id)
        await _move_topic(connection, row.id, row.topic, to)
    await restore(connection, to)


async def _lose_messages(connection: AsyncConnection, chat_id: int) -> None:
    """The chat's messages have other numbers, or none, where it goes on: those under the old ones are others."""
    its = deliveries.c.chat_id == chat_id
    await connection.execute(delete(deliveries).where(its, deliveries.c.kind == Kind.EDIT))
    await connection.execute(
        update(deliveries).where(its, deliveries.c.message_id.is_not(None)).values(message_id=None)
    )


async def _leave_topic(connection: AsyncConnection, source: Address, to: Address) -> None:
    left = select(chats.c.id).where(same_chat(source), chats.c.topic == source.topic)
    chat_id = await connection.scalar(left)
    if chat_id is not None and source.topic != to.topic:
        await _move_topic(connection, chat_id, to.topic, to)


async def _move_topic(connection: AsyncConnection, chat_id: int, topic: int, to: Address) -> None:
    taken = select(chats.c.id).where(same_chat(to), chats.c.topic == topic)
    target = await connection.scalar(taken)
    if target is None:
        goes_on = {"platform": to.platform, "chat_id": to.chat_id, "topic": topic, "not_before": None}
        await connection.execute(update(chats).where(chats.c.id == chat_id).values(goes_on))
        return
    await _hand_over_settings(connection, chat_id, target)
    for table, same in _BELONGINGS:
        await _hand_over(connection, table, same, chat_id, target)
    await _let_go(connection, target)
    # The source may have been suspended, and the target not.
    await wake(connection, await followed_by(connection, [target]))
    # What the target had already goes with the row of the source.
    await connection.execute(delete(chats).where(chats.c.id == chat_id))


async def _hand_over_settings(connection: AsyncConnection, chat_id: int, target: int) -> None:
    """A chat that follows nothing yet is just met, by an update that came before the news of the move."""
    follows = select(1).where(subscriptions.c.chat_id == target).exists()
    columns = [chats.c[name] for name in _SETTINGS]
    row = (await connection.execute(select(*columns).where(chats.c.id == chat_id, ~follows))).mappings().one_or_none()
    if row is not None:
        settings = {column.name: row[column] for column in columns}
        # Of chats that were met long ago nobody knows; of the other one somebody may.
        settings["added_by"] = func.coalesce(literal(settings["added_by"], BigInteger), chats.c.added_by)
        await connection.execute(update(chats).where(chats.c.id == target).values(settings))


async def _let_go(connection: AsyncConnection, chat_id: int) -> None:
    """What was kept in a pause without an end is owed where the chat that it came to has not paused so."""
    waits_for_ever = select(1).where(chats.c.id == chat_id, chats.c.paused_until >= FOREVER).exists()
    kept = (gathered_of(chat_id), deliveries.c.not_before >= FOREVER, ~waits_for_ever)
    owed = {"status": OWED, "not_before": deliveries.c.created_at}
    await connection.execute(update(deliveries).where(*kept).values(owed))


async def _hand_over(
    connection: AsyncConnection, table: Table, same: tuple[str, ...], chat_id: int, target: int
) -> None:
    theirs = table.alias()
    twin = [table.c[name] == theirs.c[name] for name in same]
    has = select(1).where(theirs.c.chat_id == target, *twin).correlate(table).exists()
    await connection.execute(update(table).where(table.c.chat_id == chat_id, ~has).values(chat_id=target))
