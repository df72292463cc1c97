"""What those who follow a feed are owed to be told of the feed itself."""

from datetime import datetime

from sqlalchemy import literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind, Urgency
from news.feed import Feed
from news.notice import Event
from storage.columns import UtcTime
from storage.insert import insert_new
from storage.tables import OWED, OWED_COLUMNS, chats, deliveries, notices, subscriptions


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
    urgency, created_at = literal(int(Urgency.NOTICE)), moment.label("created_at")
    followers = (
        select(subscriptions.c.chat_id, kind, literal(notice_id), urgency, OWED, moment, created_at)
        .select_from(subscriptions.join(chats))
        .where(subscriptions.c.feed_id == feed.id, chats.c.suspended_at.is_(null()))
        .order_by(subscriptions.c.id)
    )
    owed = insert_new(connection, deliveries).from_select(OWED_COLUMNS, followers, include_defaults=False)
    return (await connection.execute(owed, execution_options={"preserve_rowcount": True})).rowcount
