"""What those who follow a feed are owed to be told of the feed itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind, Urgency
from news.feed import Feed
from news.notice import Event
from storage.columns import UtcTime
from storage.insert import insert_new
from storage.tables import OWED, chats, deliveries, notices, subscriptions

_COLUMNS = ("chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at")


async def owe_notice(connection: AsyncConnection, feed: Feed, event: Event, now: datetime) -> int:
    """Owe each reachable follower to be told of this, once in each time that the feed fails."""
    if feed.failing_since is None or feed.problem is None:
        return 0
    row = {"feed_id": feed.id, "event": event.value, "since": feed.failing_since}
    row |= {"problem": feed.problem.value, "created_at": now}
    made = insert_new(connection, notices).values(row).returning(notices.c.id)
    notice_id = await connection.scalar(made)
    if notice_id is None:
        return 0
    kind, moment = literal(Kind.NOTICE, deliveries.c.kind.type), literal(now, UtcTime)
    urgency = literal(int(Urgency.NOTICE))
    to = subscriptions.c.chat_id
    values: tuple[ColumnElement[Any], ...] = (to, kind, literal(notice_id), urgency, OWED, moment, moment)
    followers = (
        select(*(value.label(name) for value, name in zip(values, _COLUMNS, strict=True)))
        .select_from(subscriptions.join(chats))
        .where(subscriptions.c.feed_id == feed.id, chats.c.suspended_at.is_(null()))
        .order_by(subscriptions.c.id)
    )
    owed = insert_new(connection, deliveries).from_select(_COLUMNS, followers, include_defaults=False)
    return (await connection.execute(owed, execution_options={"preserve_rowcount": True})).rowcount
