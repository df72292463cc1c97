"""What waits for a digest: reports gathered for a chat, and the digest's own delivery, which waits for its moment."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, delete, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Chat
from news.delivery import Kind, Urgency
from news.hours import FOREVER, Timetable, as_text, opening
from storage.insert import Insert, insert_or_update
from storage.openings import second_of
from storage.tables import (
    CLAIMED,
    DROPPED,
    GATHERED,
    OWED,
    OWED_COLUMNS,
    THEIR_STATUS,
    WAITING,
    chats,
    deliveries,
    timetables,
)

# A digest has the newest of what is gathered, so many.
MOST_IN_DIGEST = 300
# What waited longer is no news: what came before a pause that lasted is not told when it ends.
OLD = timedelta(days=1)


def gathered_of(chat_id: int) -> ColumnElement[bool]:
    """What is gathered for a chat."""
    return and_(deliveries.c.chat_id == chat_id, deliveries.c.status == GATHERED)


async def owe_digest(connection: AsyncConnection, chat_id: int, at: datetime, now: datetime) -> None:
    """Owe a chat a digest of what is gathered for it by this moment; FOREVER owes none."""
    if at >= FOREVER:
        return
    row = {
        "chat_id": chat_id,
        "kind": Kind.DIGEST,
        "subject": second_of(at),
        "urgency": int(Urgency.DIGEST),
        "not_before": at,
        "created_at": now,
        "attempts": 0,
    }
    put = insert_or_update(connection.dialect.name, deliveries).values(status=WAITING, **row)
    await connection.execute(_anew(put))


def digests_to_owe(connection: AsyncConnection, rows: Select[*tuple[Any, ...]]) -> Insert:
    """Owe these digests, of which some may be owed already."""
    put = insert_or_update(connection.dialect.name, deliveries)
    return _anew(put.from_select(OWED_COLUMNS, rows, include_defaults=False))


def _anew(put: Insert) -> Insert:
    """One of the same second that came to nothing is owed again; one that was sent has left its place."""
    values: dict[str, Any] = {
        "status": WAITING,
        "not_before": put.excluded.not_before,
        "created_at": put.excluded.created_at,
    }
    values |= {"settled_at": null(), "carrier": null(), "reason": null(), "attempts": 0}
    over = deliveries.c.settled_at.is_not(None)
    return put.on_conflict_do_update(index_elements=["chat_id", "kind", "subject"], set_=values, where=over)


async def gather_anew(connection: AsyncConnection, chat_id: int, at: datetime, now: datetime) -> None:
    """Let all that is gathered for a chat come at this moment instead."""
    waits = and_(deliveries.c.chat_id == chat_id, deliveries.c.kind == Kind.DIGEST, deliveries.c.status == WAITING)
    await connection.execute(delete(deliveries).where(waits))
    moved = update(deliveries).where(gathered_of(chat_id)).values(not_before=at)
    if (await connection.execute(moved)).rowcount:
        await owe_digest(connection, chat_id, at, now)


async def gather_owed(
    connection: AsyncConnection, chat_id: int, at: datetime, now: datetime, *, before: datetime | None = None
) -> None:
    """Gather what a chat is owed of articles (before this moment) for a digest."""
    articles = and_(deliveries.c.chat_id == chat_id, deliveries.c.kind == Kind.ARTICLE)
    # What waits for its turn to be sent may still be held back (see `Outbox.begin`).
    waits = and_(deliveries.c.status == CLAIMED, deliveries.c.begun_at.is_(null()))
    owed = and_(articles, or_(THEIR_STATUS == OWED, waits))
    if before is not None:
        owed = and_(owed, deliveries.c.created_at < before)
    gathered = {"status": GATHERED, "not_before": at, "claimed_until": None, "carrier": None}
    if (await connection.execute(update(deliveries).where(owed).values(gathered))).rowcount:
        await owe_digest(connection, chat_id, at, now)


async def set_hours(connection: AsyncConnection, chat: Chat, hours: Timetable, now: datetime) -> None:
    """Let a chat be written to at these hours, and what is gathered come at the next of these."""
    always = hours == Timetable(timezone=hours.timezone)
    timetable = None if always else await numbered(connection, timetables, as_text(hours))
    await connection.execute(update(chats).where(chats.c.id == chat.id).values(timetable_id=timetable))
    begins = now if chat.paused_until is None else max(now, chat.paused_until)
    if begins < FOREVER:
        opens = opening(hours, begins) or begins
        await gather_anew(connection, chat.id, opens, now)
        if begins > now and chat.pause_keeps:
            await owe_digest(connection, chat.id, opens, now)


async def pause(connection: AsyncConnection, chat: Chat, until: datetime, *, keep: bool, now: datetime) -> None:
    """Begin a pause: what is owed is dropped, or kept for its end with all that comes meanwhile."""
    values = {"paused_until": until, "pause_keeps": keep}
    await connection.execute(update(chats).where(chats.c.id == chat.id).values(values))
    if keep:
        ends = until if until >= FOREVER else opening(chat.hours, until) or until
        await gather_owed(connection, chat.id, ends, now)
        await gather_anew(connection, chat.id, ends, now)
        await owe_digest(connection, chat.id, ends, now)
    else:
        waits = [OWED, CLAIMED]
        if chat.pause_keeps and chat.paused_until and chat.paused_until > now:
            # What the pause kept so far was to come at an end that it has no more.
            waits.append(GATHERED)
        which = (deliveries.c.chat_id == chat.id, deliveries.c.status.in_(waits))
        await _drop(connection, which, "paused", now)
        if until < FOREVER:
            await _drop_old(connection, chat.id, then=until, now=now)


async def resume(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """End a pause: what was kept comes when the chat's hours open. Of what was gathered before a pause that kept
    nothing, what is old is dropped."""
    await connection.execute(update(chats).where(chats.c.id == chat.id).values(paused_until=null()))
    if not chat.pause_keeps:
        await _drop_old(connection, chat.id, then=now, now=now)
    await gather_anew(connection, chat.id, opening(chat.hours, now) or now, now)


async def numbered(connection: AsyncConnection, table: Table, text: str) -> int:
    """The id of this text in a table of texts, each there once. Its row is held until the end, so that housekeeping
    doesn't take it for one that no chat has."""
    put = insert_or_update(connection.dialect.name, table).values(text=text)
    same = put.on_conflict_do_update(index_elements=[table.c.text], set_={"text": put.excluded.text})
    number: int = (await connection.execute(same.returning(table.c.id))).scalar_one()
    return number


async def owe_what_is_left(
    connection: AsyncConnection, chat_id: int, now: datetime, *which: ColumnElement[bool]
) -> None:
    """Owe a chat another digest where something is gathered for it that is due by now."""
    due = gathered_of(chat_id), deliveries.c.not_before <= now, *which
    if await connection.scalar(select(deliveries.c.id).where(*due).limit(1)) is not None:
        await owe_digest(connection, chat_id, now, now)


async def drop_surplus(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """After a digest as long as they get, drop what is due and a day old: more digests would be a flood of old news."""
    due = gathered_of(chat_id), deliveries.c.not_before <= now, deliveries.c.created_at < now - OLD
    await _drop(connection, due, "too many", now)


async def _drop_old(connection: AsyncConnection, chat_id: int, *, then: datetime, now: datetime) -> None:
    """Of what is gathered, drop what was to come in a pause and is old when that ends."""
    was_due = deliveries.c.not_before <= then
    await _drop(connection, (gathered_of(chat_id), was_due, deliveries.c.created_at < then - OLD), "paused", now)


async def _drop(
    connection: AsyncConnection, which: Collection[ColumnElement[bool]], reason: str, now: datetime
) -> None:
    dropped = {"status": DROPPED, "reason": reason, "settled_at": now, "claimed_until": None, "carrier": None}
    article = deliveries.c.kind == Kind.ARTICLE
    await connection.execute(update(deliveries).where(*which, article).values(dropped))
