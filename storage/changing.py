"""Changes of messages that were sent: owed when an article is corrected, and when others report the same.

A change is a delivery of its own, one a message: asked for again, it is owed again, a minute after the last at the
earliest. Who asks while it is under way moves its `not_before` beyond the moment at which it was claimed, which
`created_at` keeps; that is seen when it is settled. (Who asks knows when an article was found, which may be before.)
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind, Urgency
from news.parcel import JOINED_FOR
from storage.columns import UtcTime
from storage.insert import insert_or_update
from storage.mutes import is_spared, muted_among
from storage.tables import CLAIMED, OWED_COLUMNS, SETTLED, WAITING, articles, chats, deliveries, subscriptions, watches

# A message is changed so often at most.
BETWEEN = timedelta(seconds=60)


async def owe_changes_of(connection: AsyncConnection, article_ids: Collection[int], now: datetime) -> int:
    """Owe a change of each message that told of one of these articles within a day, or is about to; counts them.

    Whoever has muted the story is spared.
    """
    muted = await muted_among(connection, article_ids, now)
    spared = [~is_spared(deliveries.c.chat_id, articles.c.story_id, now)] if muted else []
    to_be_told = [articles.c.id.in_(article_ids), *_may_change(now), *spared]
    return await _owe_to_followers(connection, to_be_told, now) + await _owe_to_watchers(connection, to_be_told, now)


async def _owe_to_followers(connection: AsyncConnection, which: Sequence[ColumnElement[bool]], now: datetime) -> int:
    told = (
        select(*_change(now))
        .select_from(articles)
        # By who follows the feed: deliveries are found by their chat.
        .join(subscriptions, subscriptions.c.feed_id == articles.c.feed_id)
        .join(chats, and_(chats.c.id == subscriptions.c.chat_id, chats.c.suspended_at.is_(null())))
        .join(deliveries, _tells(subscriptions.c.chat_id))
        .where(*which)
    )
    return await _owe(connection, told, now)


async def _owe_to_watchers(connection: AsyncConnection, which: Sequence[ColumnElement[bool]], now: datetime) -> int:
    """To those who watch all feeds and don't follow this one."""
    follows = select(1).where(subscriptions.c.chat_id == chats.c.id, subscriptions.c.feed_id == articles.c.feed_id)
    told = (
        select(*_change(now))
        .select_from(articles)
        .join(chats, and_(chats.c.id.in_(_WATCH_ALL), chats.c.suspended_at.is_(null())))
        .join(deliveries, _tells(chats.c.id))
        .where(~follows.correlate(chats, articles).exists(), *which)
    )
    return await _owe(connection, told, now)


_WATCH_ALL = select(watches.c.chat_id).where(watches.c.everywhere)


def _tells(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    its = and_(deliveries.c.chat_id == chat_id, deliveries.c.kind == Kind.ARTICLE)
    return and_(its, deliveries.c.subject == articles.c.id)


async def owe_changes(connection: AsyncConnection, delivery_ids: Collection[int], now: datetime) -> None:
    """Owe a change of each of these messages."""
    await _owe(connection, select(*_change(now)).where(deliveries.c.id.in_(delivery_ids), *_may_change(now)), now)


async def change_done(connection: AsyncConnection, delivery_id: int, now: datetime) -> None:
    """Settle a change; it is owed again where somebody asked for it meanwhile."""
    c, later = deliveries.c, literal(now + BETWEEN, UtcTime)
    again = c.not_before > c.created_at
    values = {
        "status": case((again, WAITING), else_=SETTLED),
        "not_before": later,
        "settled_at": case((again, null()), else_=literal(now, UtcTime)),
        "claimed_until": None,
        "begun_at": None,
        "attempts": 0,
    }
    await connection.execute(update(deliveries).where(c.id == delivery_id, c.status == CLAIMED).values(values))


def _change(now: datetime) -> tuple[ColumnElement[Any], ...]:
    c, moment = deliveries.c, literal(now, UtcTime)
    kind, urgency = literal(Kind.EDIT, c.kind.type), literal(int(Urgency.EDIT))
    return c.chat_id, kind, c.id, urgency, WAITING, moment, moment.label("created_at")


def _may_change(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A message of its own, sent within a day, or under way, perhaps with what is known no longer."""
    c = deliveries.c
    sent = and_(c.status == SETTLED, c.message_id.is_not(null()), c.settled_at > literal(now - JOINED_FOR, UtcTime))
    return or_(sent, c.status == CLAIMED), c.carrier.is_(null()), c.kind == Kind.ARTICLE


async def _owe(connection: AsyncConnection, changes: Select[*tuple[object, ...]], now: datetime) -> int:
    put = insert_or_update(connection.dialect.name, deliveries)
    put = put.from_select(OWED_COLUMNS, changes, include_defaults=False)
    c, wished = deliveries.c, put.excluded.not_before
    anew = {
        "status": case((c.status == CLAIMED, CLAIMED), else_=WAITING),
        # A change that is over may be made again from its not_before on.
        "not_before": case(
            (c.status == CLAIMED, literal(now + BETWEEN, UtcTime)), (wished > c.not_before, wished), else_=c.not_before
        ),
        "settled_at": null(),
        "attempts": 0,
    }
    put = put.on_conflict_do_update(index_elements=["chat_id", "kind", "subject"], set_=anew)
    options: dict[str, Any] = {"preserve_rowcount": True}
    return (await connection.execute(put, execution_options=options)).rowcount
