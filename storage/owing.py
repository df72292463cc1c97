"""What a check of a feed owes to those who follow it: its new articles, and what they are to be told of the feed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind, Urgency
from news.feed import Feed
from news.notice import Event
from storage.insert import insert_new
from storage.lock import serialise_pages
from storage.tables import DROPPED, OWED, articles, chats, deliveries, feeds, notices, subscriptions

_COLUMNS = ("chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at")


async def owe_articles(connection: AsyncConnection, article_ids: Mapping[int, Sequence[int]]) -> Counter[int]:
    """Owe each feed's articles to everyone reachable who follows it, older ones first; counts deliveries by feed.

    Whoever was owed the same page by another feed of the outlet is spared.
    """
    feed_of = {article_id: feed_id for feed_id, ids in article_ids.items() for article_id in ids}
    owed = Counter[int]()
    twins = await _twins(connection, feed_of) if feed_of else {}
    alike = {id_: (twins[id_], feed_id) if id_ in twins else () for id_, feed_id in feed_of.items()}
    for _, some in groupby(sorted(feed_of), key=alike.__getitem__):
        group = {id_: feed_of[id_] for id_ in some}
        owed += await _owe(connection, group, twins.get(next(iter(group)), ()))
    return owed


async def _owe(connection: AsyncConnection, feed_of: Mapping[int, int], twins: Collection[int]) -> Counter[int]:
    """Owe these articles, given with their feeds (where there are twins: one), to those who have none of the twins."""
    count = await _insert(connection, _articles_owed(feed_of, twins))
    per_feed = Counter(feed_of.values())
    if len(per_feed) == 1:
        return Counter(dict.fromkeys(per_feed, count))
    # What has just been saved was owed to nobody yet, so it went to each follower.
    reached = await _reachable(connection, per_feed)
    return Counter({feed_id: number * reached.get(feed_id, 0) for feed_id, number in per_feed.items()})


async def _reachable(connection: AsyncConnection, feed_ids: Collection[int]) -> Mapping[int, int]:
    """How many reachable chats follow each of these feeds."""
    rows = await connection.execute(_REACHABLE, {"ids": list(feed_ids)})
    return {row[0]: row[1] for row in rows}


_REACHABLE = (
    select(subscriptions.c.feed_id, func.count())
    .join_from(subscriptions, chats)
    .where(chats.c.suspended_at.is_(null()), subscriptions.c.feed_id.in_(bindparam("ids", expanding=True)))
    .group_by(subscriptions.c.feed_id)
)


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
    time = notices.c.created_at
    told = _owed(Kind.NOTICE, notices.c.id, Urgency.NOTICE, time).join(notices, notices.c.id == notice_id)
    return await _insert(connection, told.where(subscriptions.c.feed_id == feed.id).order_by(subscriptions.c.id))


async def _twins(connection: AsyncConnection, article_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """By these articles, those of other feeds of the outlet about the same page.

    One outlet's are feeds of one host, or those that give the page the same headline: others may have their say
    about somebody else's page. On PostgreSQL two feeds with a page in common pass here one after the other.
    """
    asked = {"ids": list(article_ids)}
    await serialise_pages(connection, list(await connection.scalars(_PAGES, asked)))
    found: dict[int, tuple[int, ...]] = {}
    for article_id, twin_id in await connection.execute(_TWINS, asked):
        found[article_id] = (*found.get(article_id, ()), twin_id)
    return found


_THESE = articles.c.id.in_(bindparam("ids", expanding=True))
_PAGES = select(articles.c.page).where(_THESE, articles.c.page.is_not(null()))
_THEIRS, _WHERE = articles.alias("theirs"), feeds.alias("where")
_TWINS = (
    select(articles.c.id, _THEIRS.c.id)
    .join_from(articles, _THEIRS, _THEIRS.c.page == articles.c.page)
    .join(feeds, feeds.c.id == articles.c.feed_id)
    .join(_WHERE, _WHERE.c.id == _THEIRS.c.feed_id)
    .where(_THESE, _THEIRS.c.feed_id != articles.c.feed_id)
    .where(or_(_WHERE.c.host == feeds.c.host, _THEIRS.c.title == articles.c.title))
)


def _articles_owed(article_ids: Collection[int], twins: Collection[int]) -> Select[*tuple[object, ...]]:
    owed = _owed(Kind.ARTICLE, articles.c.id, Urgency.NEWS, articles.c.found_at)
    owed = owed.join(articles, articles.c.feed_id == subscriptions.c.feed_id)
    owed = owed.where(articles.c.id.in_(article_ids))
    if twins:
        owed = owed.where(~_has_one_of(twins))
    return owed.order_by(articles.c.id, subscriptions.c.id)


def _has_one_of(article_ids: Collection[int]) -> ColumnElement[bool]:
    mine = and_(deliveries.c.chat_id == subscriptions.c.chat_id, deliveries.c.kind == Kind.ARTICLE.value)
    reached = and_(deliveries.c.subject.in_(article_ids), deliveries.c.status != DROPPED)
    return select(1).where(mine, reached).correlate(subscriptions).exists()


def _owed(
    kind: Kind, subject: ColumnElement[int], urgency: Urgency, moment: ColumnElement[datetime]
) -> Select[*tuple[object, ...]]:
    """A delivery for each reachable subscriber; what it is of remains to be joined."""
    chat_id = subscriptions.c.chat_id
    values = (chat_id, literal(kind.value), subject, literal(int(urgency)), OWED, moment, moment.label("created_at"))
    return select(*values).select_from(subscriptions).join(chats).where(chats.c.suspended_at.is_(null()))


async def _insert(connection: AsyncConnection, owed: Select[*tuple[object, ...]]) -> int:
    statement = insert_new(connection, deliveries).from_select(_COLUMNS, owed, include_defaults=False)
    done = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    return done.rowcount
