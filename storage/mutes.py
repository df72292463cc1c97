"""Stories that chats want no more of: what is owed of them is dropped, and nothing more is owed.

Whoever mutes a story holds its row, as whoever saves a report of it does: so what is owed at that very moment is seen
and dropped, or the mute is. A mute goes along with its story where that turns out to be another.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind
from news.mute import Mute
from storage.columns import UtcTime
from storage.insert import insert_or_update
from storage.tables import (
    CLAIMED,
    DROPPED,
    GATHERED,
    OWED,
    THEIR_STATUS,
    WAITING,
    articles,
    deliveries,
    mutes,
    stories,
)


async def mute(
    connection: AsyncConnection, chat_id: int, story_id: int, *, title: str, until: datetime, now: datetime
) -> None:
    """Let a chat hear no more of a story until then; what it is owed of it is dropped. One that is gone is none."""
    whole = await _held(connection, story_id)
    if whole is not None and await _held(connection, whole):
        await _put(connection, [{"chat_id": chat_id, "story_id": whole, "title": title, "until": until}])
        await _drop(connection, whole, now)


async def unmute(connection: AsyncConnection, chat_id: int, mute_id: int) -> bool:
    """End one of a chat's mutes; False where it has none of this id."""
    mine = and_(mutes.c.chat_id == chat_id, mutes.c.id == mute_id)
    return await connection.scalar(delete(mutes).where(mine).returning(mutes.c.id)) is not None


async def mutes_of(connection: AsyncConnection, chat_id: int, now: datetime) -> list[Mute]:
    """What a chat has muted, the newest first."""
    c = mutes.c
    mine = select(c.id, c.story_id, c.title, c.until).where(c.chat_id == chat_id, c.until > now)
    return [Mute(*row) for row in await connection.execute(mine.order_by(c.id.desc()))]


async def muted_among(connection: AsyncConnection, article_ids: Collection[int], now: datetime) -> Mapping[int, int]:
    """Those of these articles of whose story somebody wants no more, each with that story; mostly there are none."""
    rows = await connection.execute(_MUTED, {"ids": list(article_ids), "now": now})
    return {row.id: row.story_id for row in rows}


def is_spared(chat_id: ColumnElement[int], story_id: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    """Whether this chat wants no more of this story."""
    mine = mutes.c.chat_id == chat_id, mutes.c.story_id == story_id, _holds(now)
    return select(1).where(*mine).correlate_except(mutes).exists()


async def carry_mutes(connection: AsyncConnection, ids: Collection[int], into: int, now: datetime) -> None:
    """Let whoever muted one of these stories have muted that which they are now, for as long, and drop what is owed of
    all of it."""
    these = select(mutes).where(mutes.c.story_id.in_([*ids, into]), _holds(now))
    rows = (await connection.execute(these)).mappings().all()
    if not rows:
        return
    # In one order, as others may merge at the same time.
    moved = sorted((row for row in rows if row["story_id"] != into), key=lambda row: (row["chat_id"], row["id"]))
    await _put(connection, [{**row, "story_id": into} for row in moved], later=True)
    await connection.execute(delete(mutes).where(mutes.c.story_id.in_(ids)))
    await _drop(connection, into, now)


async def _held(connection: AsyncConnection, story_id: int) -> int | None:
    """Hold a story until the end; gives that which it is now, None where there is none."""
    whole: ColumnElement[int] = func.coalesce(stories.c.merged_into, stories.c.id)
    return await connection.scalar(select(whole).where(stories.c.id == story_id).with_for_update())


async def _put(connection: AsyncConnection, rows: Collection[Mapping[str, Any]], *, later: bool = False) -> None:
    """Keep these mutes in the place of others of the same; `later`: of the two that which ends later."""
    if not rows:
        return
    values = [{name: row[name] for name in ("chat_id", "story_id", "title", "until")} for row in rows]
    put = insert_or_update(connection.dialect.name, mutes)
    new, shorter = put.excluded, mutes.c.until < put.excluded.until
    anew = put.on_conflict_do_update(
        index_elements=["chat_id", "story_id"],
        set_={"title": new.title, "until": new.until},
        where=shorter if later else None,
    )
    await connection.execute(anew, values)


async def _drop(connection: AsyncConnection, story_id: int, now: datetime) -> None:
    """Drop what those are owed of a story who muted it; what is being sent at this moment may still arrive."""
    c = deliveries.c
    whose = c.chat_id.in_(select(mutes.c.chat_id).where(mutes.c.story_id == story_id, _holds(now)))
    reports = and_(whose, c.kind == Kind.ARTICLE, c.subject.in_(_reports_of(story_id)))
    told = deliveries.alias("told")
    messages = select(told.c.id).where(told.c.kind == Kind.ARTICLE, told.c.subject.in_(_reports_of(story_id)))
    changes = and_(
        whose, c.kind == Kind.EDIT, c.subject.in_(messages.where(told.c.chat_id == c.chat_id).correlate(deliveries))
    )
    owed = or_(THEIR_STATUS == OWED, THEIR_STATUS == GATHERED, THEIR_STATUS == CLAIMED)
    waits = or_(THEIR_STATUS == OWED, THEIR_STATUS == WAITING)
    dropped = {"status": DROPPED, "reason": "muted", "settled_at": now, "claimed_until": None, "carrier": None}
    for which in (and_(reports, owed), and_(changes, waits)):
        await connection.execute(update(deliveries).where(which).values(dropped))


def _reports_of(story_id: int) -> Select[int]:
    return select(articles.c.id).where(articles.c.story_id == story_id)


def _holds(now: datetime) -> ColumnElement[bool]:
    return mutes.c.until > literal(now, UtcTime)


# Made once: it is asked with everything that is published.
_MUTED = select(articles.c.id, articles.c.story_id).where(
    articles.c.id.in_(bindparam("ids", expanding=True)),
    select(1)
    .where(mutes.c.story_id == articles.c.story_id, mutes.c.until > bindparam("now", type_=UtcTime))
    .correlate(articles)
    .exists(),
)
