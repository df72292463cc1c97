"""What is followed most, and feeds that everybody may know of."""

from sqlalchemy import Select, distinct, func, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.feed import Feed
from news.popular import FEWEST_CHATS, Popular
from storage.rows import feed_of
from storage.tables import addresses, chats, feeds, subscriptions


async def public_feed(connection: AsyncConnection, feed_id: int) -> Feed | None:
    """The feed of this id, None for a private one as for one that there isn't."""
    query = select(feeds).where(feeds.c.id == feed_id, ~feeds.c.private)
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else feed_of(row)


async def shared_feed(connection: AsyncConnection, mark: str) -> Feed | None:
    """The public feed that an address with this digest is one of."""
    query = select(feeds).join_from(feeds, addresses).where(addresses.c.digest == mark, ~feeds.c.private)
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else feed_of(row)


async def popular_feeds(connection: AsyncConnection, limit: int) -> list[Popular]:
    """The public feeds that most reachable chats follow, at least two, those that most follow first."""
    rows = (await connection.execute(_popular(limit))).mappings()
    return [Popular(feed_of(row), row["followers"]) for row in rows]


def _popular(limit: int) -> Select[*tuple[object, ...]]:
    """Of those with the most followers it is counted who they are: one chat may have many topics, or be gone."""
    c, followers = subscriptions.c, func.count(distinct(chats.c.chat_id)).label("followers")
    counted = select(c.feed_id).group_by(c.feed_id).having(func.count() >= FEWEST_CHATS).limit(2 * limit)
    counted = counted.order_by(func.count().desc(), c.feed_id)
    most = (
        select(c.feed_id, followers)
        .join_from(subscriptions, chats)
        .where(c.feed_id.in_(counted), chats.c.suspended_at.is_(null()))
        .group_by(c.feed_id)
        .having(followers >= FEWEST_CHATS)
        .subquery()
    )
    query = select(*feeds.c, most.c.followers).join_from(feeds, most, most.c.feed_id == feeds.c.id)
    query = query.where(~feeds.c.private, ~feeds.c.stopped)
    return query.order_by(most.c.followers.desc(), feeds.c.id).limit(limit)
