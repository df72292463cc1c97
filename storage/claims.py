"""Which deliveries may go now, and when the next may.

A chat's deliveries leave in the order of urgency, then age: only its first may go, and one that must wait
holds back the rest. Passed over is a chat that the platform asked us to leave alone, and one with a delivery
under way.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, null, or_, select

from storage.tables import CLAIMED, OWED, chats, deliveries


def claimable(now: datetime, spare: Collection[int], limit: int) -> Select[int]:
    """The ids of the deliveries to go now, most urgent first; `spare` are platform chat ids to pass over."""
    may = and_(deliveries.c.not_before <= now, or_(chats.c.not_before.is_(null()), chats.c.not_before <= now))
    return (
        _heads(select(deliveries.c.id), spare)
        .where(may)
        .order_by(deliveries.c.urgency, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def next_by_delivery(spare: Collection[int]) -> Select[datetime]:
    """When the first delivery may go that waits for itself rather than for its chat."""
    itself = or_(chats.c.not_before.is_(null()), chats.c.not_before <= deliveries.c.not_before)
    return _heads(select(deliveries.c.not_before), spare).where(itself).order_by(deliveries.c.not_before).limit(1)


def next_by_chat(spare: Collection[int]) -> Select[datetime]:
    """When the first delivery may go that waits for its chat."""
    owed = exists(
        select(1)
        .where(deliveries.c.chat_id == chats.c.id, _first(), deliveries.c.not_before < chats.c.not_before)
        .correlate(chats)
    )
    waiting = (chats.c.not_before.is_not(null()), chats.c.chat_id.not_in(spare), ~_under_way(chats.c.id))
    return select(chats.c.not_before).where(*waiting, owed).order_by(chats.c.not_before).limit(1)


def next_by_lease() -> Select[datetime]:
    """When the first claim ends."""
    return select(func.min(deliveries.c.claimed_until)).where(deliveries.c.status == CLAIMED)


def _heads(query: Select[Any], spare: Collection[int]) -> Select[Any]:
    """Only the first owed delivery of each chat that has none under way."""
    return (
        query.join_from(deliveries, chats)
        .where(_first(), ~_under_way(deliveries.c.chat_id))
        .where(chats.c.chat_id.not_in(spare))
    )


def _first() -> ColumnElement[bool]:
    others = deliveries.alias("others")
    first = (
        select(others.c.id)
        .where(others.c.chat_id == deliveries.c.chat_id, others.c.status == OWED)
        .order_by(others.c.urgency, others.c.id)
        .limit(1)
        .correlate(deliveries)
        .scalar_subquery()
    )
    return and_(deliveries.c.status == OWED, deliveries.c.id == first)


def _under_way(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    others = deliveries.alias("under_way")
    return exists(select(1).where(others.c.chat_id == chat_id, others.c.status == CLAIMED).correlate(deliveries, chats))
