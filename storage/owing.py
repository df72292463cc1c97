"""What a check of a feed owes to those who follow it: its new articles, and what they are to be told of the feed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Insert,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import NewArticle
from news.delivery import Kind, Urgency
from news.feed import Feed
from news.notice import Event
from storage.columns import UtcTime
from storage.gathering import digests_to_owe
from storage.insert import insert_new
from storage.lock import serialise_pages
from storage.mutes import is_spared, muted_among
from storage.openings import KnownWishes, Openings, openings
from storage.tables import (
    DROPPED,
    GATHERED,
    OWED,
    WAITING,
    articles,
    chats,
    deliveries,
    feeds,
    notices,
    subscriptions,
)

_COLUMNS = ("chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at")


class _New(NamedTuple):
    feed_id: int
    found_at: datetime


async def owe_articles(
    connection: AsyncConnection,
    wishes: KnownWishes,
    new: Mapping[int, Mapping[int, NewArticle]],
    *,
    again: bool = False,
) -> Counter[int]:
    """Owe each feed's articles (given by their ids) to everyone reachable who follows it; counts deliveries by feed.

    Whoever was owed the same page by another feed of the outlet is spared, and who has paused or muted the story. For
    whom it is not the hour it is gathered, and a digest is owed; what is wanted at once waits for the end of quiet
    hours alone. `again`: some may have them already, and are owed nothing more.
    """
    told = {article_id: article for articles in new.values() for article_id, article in articles.items()}
    if not told:
        return Counter()
    named = {id_: _New(feed_id, told[id_].found_at) for feed_id, articles in new.items() for id_ in articles}
    now = max(one.found_at for one in named.values())
    hours = await openings(connection, wishes, told, now)
    owed = await _owe_to_all(connection, named, hours, now, again)
    if hours.closed:
        await connection.execute(_digests_owed(connection, {one.feed_id for one in named.values()}, hours, now))
    return owed


async def _owe_to_all(
    connection: AsyncConnection, new: Mapping[int, _New], hours: Openings, now: datetime, again: bool
) -> Counter[int]:
    owed = Counter[int]()
    twins, muted = await _twins(connection, new), await muted_among(connection, new, now)
    alike = {
        id_: (twins.get(id_, ()), muted.get(id_, 0), one.feed_id) if id_ in twins or id_ in muted else ()
        for id_, one in new.items()
    }
    # Of what is new nobody has anything, and not to look for it row by row saves a third of the time.
    into = insert_new(connection, deliveries) if again else insert(deliveries)
    for _, some in groupby(sorted(new), key=alike.__getitem__):
        group = {id_: new[id_] for id_ in some}
        spared = _spared(twins.get(next(iter(group)), ()), muted.get(next(iter(group))), now)
        statement = _articles_owed(connection, group, spared, hours, now)
        per_feed = Counter(one.feed_id for one in group.values())
        owed += await _count(connection, await _insert(connection, into, statement), per_feed, now)
    return owed


def _spared(twins: Collection[int], story_id: int | None, now: datetime) -> list[ColumnElement[bool]]:
    """Who is spared articles with these twins, and of this story that somebody has muted (None: nobody has)."""
    has_it = [_has_one_of(twins)] if twins else []
    return has_it + ([is_spared(subscriptions.c.chat_id, literal(story_id, BigInteger), now)] if story_id else [])


async def _count(connection: AsyncConnection, owed: int, per_feed: Counter[int], now: datetime) -> Counter[int]:
    """What was owed by feed, there being so many articles of each (where there are twins: of one)."""
    if len(per_feed) == 1:
        return Counter(dict.fromkeys(per_feed, owed))
    # What has just been saved was owed to nobody yet, so it went to each follower.
    reached = await _reached(connection, per_feed, now)
    return Counter({feed_id: number * reached.get(feed_id, 0) for feed_id, number in per_feed.items()})


async def _reached(connection: AsyncConnection, feed_ids: Collection[int], now: datetime) -> Mapping[int, int]:
    """How many chats that are to be reached follow each of these feeds."""
    rows = await connection.execute(_REACHED, {"ids": list(feed_ids), "now": now})
    return {row[0]: row[1] for row in rows}


def _is_reached(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a chat is to have what comes now: reachable, and not in a pause that keeps nothing."""
    paused = chats.c.paused_until
    return and_(chats.c.suspended_at.is_(null()), or_(paused.is_(null()), paused <= now, chats.c.pause_keeps))


_REACHED = (
    select(subscriptions.c.feed_id, func.count())
    .join_from(subscriptions, chats)
    .where(_is_reached(bindparam("now", type_=UtcTime)), subscriptions.c.feed_id.in_(bindparam("ids", expanding=True)))
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
    followers = told.where(subscriptions.c.feed_id == feed.id).order_by(subscriptions.c.id)
    return await _insert(connection, insert_new(connection, deliveries), followers)


async def _twins(connection: AsyncConnection, article_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """By these articles, those of other feeds of the outlet about the same page.

    One outlet's are feeds of one host, or those that give the page the same headline: others may have their say
    about somebody else's page. On PostgreSQL two feeds with a page in common pass here one after the other.
    """
    asked = {"ids": list(article_ids)}
    if connection.dialect.name == "postgresql":
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


def _articles_owed(
    connection: AsyncConnection,
    group: Mapping[int, _New],
    spared: Sequence[ColumnElement[bool]],
    hours: Openings,
    now: datetime,
) -> Select[*tuple[object, ...]]:
    """A delivery of each of these articles for each follower who is to have it and is not spared.

    Only for whom it is not the hour anything is looked up in the tables of hours: mostly that is nobody.
    """
    subject, moment, followers = _told(group)
    kind = literal(Kind.ARTICLE, deliveries.c.kind.type)
    dialect = connection.dialect.name
    source, urgency, opens_at = _when(dialect, followers, subject, hours, now)
    status, not_before = case((opens_at.is_not(null()), GATHERED), else_=OWED), func.coalesce(opens_at, moment)
    owed = select(subscriptions.c.chat_id, kind, subject, urgency, status, not_before, moment.label("created_at"))
    owed = owed.select_from(source).where(_of_these(group), _is_reached(literal(now, UtcTime)), *map(not_, spared))
    # Older ones first; among chats no order is needed, and sorting a hundred thousand rows takes its time.
    return owed.order_by(articles.c.id) if len(group) > 1 else owed


def _told(group: Mapping[int, _New]) -> tuple[ColumnElement[int], ColumnElement[datetime], FromClause]:
    """The articles' ids and moments, and their followers; one article alone is not read again for each follower."""
    followers = subscriptions.join(chats, chats.c.id == subscriptions.c.chat_id)
    if len(group) > 1:
        told = followers.join(articles, articles.c.feed_id == subscriptions.c.feed_id)
        return articles.c.id, articles.c.found_at, told
    ((id_, one),) = group.items()
    return literal(id_, BigInteger), literal(one.found_at, UtcTime), followers


def _of_these(group: Mapping[int, _New]) -> ColumnElement[bool]:
    if len(group) > 1:
        return articles.c.id.in_(group)
    return subscriptions.c.feed_id == next(iter(group.values())).feed_id


def _when(
    dialect: str, source: FromClause, article_id: ColumnElement[int], hours: Openings, now: datetime
) -> tuple[FromClause, ColumnElement[int], ColumnElement[datetime]]:
    """Followers with the articles of what they follow, how urgent each is to them, and when it may come (null: now)."""
    c = chats.c
    paused = and_(c.paused_until.is_not(null()), c.paused_until > literal(now, UtcTime))
    urgency: ColumnElement[int] = literal(int(Urgency.NEWS))
    if not hours.closed:
        return source, urgency, case((paused, c.paused_until), else_=null())
    closed = hours.as_table(dialect)
    source = source.outerjoin(closed, closed.c.timetable_id == c.timetable_id)
    opens_at, _ = _opens(closed)
    if hours.urgent:
        urgent = hours.urgent_as_table(dialect)
        source = source.outerjoin(urgent, and_(urgent.c.wish_id == c.urgent_id, urgent.c.article_id == article_id))
        passes = and_(urgent.c.wish_id.is_not(null()), opens_at.is_not(null()))
        urgency = case((passes, int(Urgency.URGENT)), else_=urgency)
        opens_at = case((passes, null()), else_=opens_at)
    return source, urgency, case((paused, c.paused_until), else_=opens_at)


def _opens(closed: FromClause) -> tuple[ColumnElement[datetime], ColumnElement[int]]:
    """When what a subscription brings may come, and in which second; null: now."""
    c, at_once = closed.c, subscriptions.c.at_once
    return case((at_once, c.quiet_until), else_=c.opens_at), case((at_once, c.quiet_second), else_=c.second)


def _digests_owed(connection: AsyncConnection, feed_ids: Collection[int], hours: Openings, now: datetime) -> Insert:
    """A digest for each follower for whom it is not the hour now, one at each moment."""
    closed = hours.as_table(connection.dialect.name)
    kind, waiting = literal(Kind.DIGEST, deliveries.c.kind.type), WAITING
    made, (opens_at, second) = literal(now, UtcTime), _opens(closed)
    owed = (
        select(subscriptions.c.chat_id, kind, second, literal(int(Urgency.DIGEST)), waiting)
        .add_columns(opens_at, made)
        .select_from(subscriptions.join(chats).join(closed, closed.c.timetable_id == chats.c.timetable_id))
        .where(subscriptions.c.feed_id.in_(feed_ids), chats.c.suspended_at.is_(null()), opens_at.is_not(null()))
        .where(or_(chats.c.paused_until.is_(null()), chats.c.paused_until <= made))
    )
    owed = owed.distinct() if len(feed_ids) > 1 else owed
    return digests_to_owe(connection, owed, _COLUMNS)


def _has_one_of(article_ids: Collection[int]) -> ColumnElement[bool]:
    mine = and_(deliveries.c.chat_id == subscriptions.c.chat_id, deliveries.c.kind == Kind.ARTICLE)
    reached = and_(deliveries.c.subject.in_(article_ids), deliveries.c.status != DROPPED)
    return select(1).where(mine, reached).correlate(subscriptions).exists()


def _owed(
    kind: Kind, subject: ColumnElement[int], urgency: Urgency, moment: ColumnElement[datetime]
) -> Select[*tuple[object, ...]]:
    """A delivery for each reachable subscriber; what it is of remains to be joined."""
    chat_id, named = subscriptions.c.chat_id, literal(kind, deliveries.c.kind.type)
    values = (chat_id, named, subject, literal(int(urgency)), OWED, moment, moment.label("created_at"))
    return select(*values).select_from(subscriptions).join(chats).where(chats.c.suspended_at.is_(null()))


async def _insert(connection: AsyncConnection, into: Insert, owed: Select[*tuple[object, ...]]) -> int:
    statement = into.from_select(_COLUMNS, owed, include_defaults=False)
    done = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    if done.rowcount < 0:
        # Python's driver for SQLite counts no rows of a statement that begins with WITH.
        return await connection.scalar(select(func.changes())) or 0
    return done.rowcount
