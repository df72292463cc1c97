"""A feed that turns out to be another one: everybody goes on there, and nothing is pushed again."""

from sqlalchemy import ColumnElement, and_, case, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.feed import Feed
from news.short_name import digest
from news.worth import PageRule
from storage.dormancy import followed, put_to_sleep
from storage.insert import insert_new
from storage.tables import addresses, articles, feeds, identities, subscriptions


async def adopt_address(connection: AsyncConnection, feed: Feed) -> int:
    """Know the feed by its address of today too; where that is another feed's, the two become one.

    Gives the id of the feed that its followers follow from then on. A private feed's address is known to nobody.
    """
    if feed.private:
        return feed.id
    name = digest(feed.url)
    row = {"digest": name, "url": feed.url, "feed_id": feed.id}
    await connection.execute(insert_new(connection, addresses).values(row))
    owner: int | None = await connection.scalar(select(addresses.c.feed_id).where(addresses.c.digest == name))
    if owner is None or owner == feed.id:
        return feed.id
    await _merge(connection, feed, owner)
    return owner


async def _merge(connection: AsyncConnection, feed: Feed, into: int) -> None:
    """Followers, addresses, articles and their keys go on to the other feed, which is as well as this one.

    An article that the other has too stays behind, and is found as before.
    """
    await _hand_over_followers(connection, feed.id, into)
    await connection.execute(update(addresses).where(addresses.c.feed_id == feed.id).values(feed_id=into))
    await _hand_over_articles(connection, feed.id, into)
    await _awake(connection, feed, into)
    await put_to_sleep(connection, [feed.id])
    left = select(1).where(articles.c.feed_id == feed.id).exists()
    await connection.execute(delete(feeds).where(feeds.c.id == feed.id, ~left))


async def _hand_over_followers(connection: AsyncConnection, feed_id: int, into: int) -> None:
    mine = subscriptions.c.feed_id == feed_id
    # All else that was chosen for it goes along.
    kept = [column for column in subscriptions.c if column.name not in ("id", "feed_id")]
    moved = select(literal(into), *kept).where(mine)
    columns = ["feed_id", *(column.name for column in kept)]
    await connection.execute(insert_new(connection, subscriptions).from_select(columns, moved))
    await connection.execute(delete(subscriptions).where(mine))


async def _hand_over_articles(connection: AsyncConnection, feed_id: int, into: int) -> None:
    mine = identities.c.feed_id == feed_id
    ours = and_(articles.c.feed_id == feed_id, ~_known_in(into))
    await connection.execute(update(articles).where(ours).values(feed_id=into))
    keys = select(literal(into), identities.c.digest, identities.c.article_id).where(mine)
    columns = ["feed_id", "digest", "article_id"]
    await connection.execute(insert_new(connection, identities).from_select(columns, keys))
    await connection.execute(delete(identities).where(mine))


def _known_in(feed_id: int) -> ColumnElement[bool]:
    """Whether a feed knows something by one of the article's keys."""
    theirs = identities.alias("theirs")
    same = and_(theirs.c.digest == identities.c.digest, theirs.c.feed_id == feed_id)
    of_article = identities.c.article_id == articles.c.id
    return select(1).select_from(identities.join(theirs, same)).where(of_article).correlate(articles).exists()


async def _awake(connection: AsyncConnection, feed: Feed, into: int) -> None:
    """What was read on the way was the other feed, so it is well, and its next success is no first contact.

    Where an admin had a word on the pages of one of them, it holds.
    """
    contacted = func.coalesce(feeds.c.contacted_at, feed.contacted_at, type_=feeds.c.contacted_at.type)
    well = {"stopped": False, "failures": 0, "problem": None, "failing_since": None, "slept_in_claim": False}
    rule = case((feeds.c.page_rule == PageRule.AUTO.value, feed.page_rule.value), else_=feeds.c.page_rule)
    values = {"contacted_at": contacted, "next_check_at": feed.next_check_at, "page_rule": rule, "awake": followed()}
    await connection.execute(update(feeds).where(feeds.c.id == into).values(values | well))
