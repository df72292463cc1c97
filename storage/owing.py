"""What a check of a feed owes to those who follow it, or watch for its words: its new articles."""

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
from storage.columns import UtcTime
from storage.gathering import digests_to_owe
from storage.insert import insert_new
from storage.mutes import is_spared, muted_among
from storage.openings import KnownWishes, Meetings, Openings, openings
from storage.picking import Picks, picks, spared_by_feed, unless_spared, watchers
from storage.tables import DROPPED, GATHERED, OWED, OWED_COLUMNS, WAITING, articles, chats, deliveries, subscriptions
from storage.twins import twins_of


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
    met = Meetings(wishes, told)
    # Filters first: whatever wish is in use by then is known when articles are matched.
    picked = await picks(connection, met, {id_: one.feed_id for id_, one in named.items()})
    hours = await openings(connection, met, now)
    owed = await _owe_to_all(connection, named, hours, picked, now, again)
    if hours.closed:
        await connection.execute(_digests_owed(connection, {one.feed_id for one in named.values()}, hours, now))
    if hours.closed and picked.watched:
        await connection.execute(_watchers_digests_owed(connection, picked, hours, now))
    return owed


async def _owe_to_all(
    connection: AsyncConnection, new: Mapping[int, _New], hours: Openings, picked: Picks, now: datetime, again: bool
) -> Counter[int]:
    owed = Counter[int]()
    twins, muted = await twins_of(connection, new), await muted_among(connection, new, now)
    alike = {
        id_: (twins.get(id_, ()), muted.get(id_, 0), one.feed_id) if id_ in twins or id_ in muted else ()
        for id_, one in new.items()
    }
    # Of what is new nobody has anything, and not to look for it row by row saves a third of the time.
    into = insert_new(connection, deliveries) if again else insert(deliveries)
    for _, some in groupby(sorted(new), key=alike.__getitem__):
        group = {id_: new[id_] for id_ in some}
        first, of_group = next(iter(group)), picked.of(group)
        spared = _spared(twins.get(first, ()), muted.get(first), now)
        statement = _articles_owed(connection, group, spared, hours, of_group, now)
        per_feed = Counter(one.feed_id for one in group.values())
        owed += await _count(connection, await _insert(connection, into, statement), per_feed, of_group, now)
        if of_group.watched:
            brought = _articles_watched(connection, spared, hours, of_group, now)
            owed += await _insert_more(connection, brought, group)
    return owed


def _spared(twins: Collection[int], story_id: int | None, now: datetime) -> list[ColumnElement[bool]]:
    """Which chats are spared articles with these twins, and of this story that somebody has muted (None: nobody)."""
    has_it = [_has_one_of(twins)] if twins else []
    return has_it + ([is_spared(chats.c.id, literal(story_id, BigInteger), now)] if story_id else [])


async def _count(
    connection: AsyncConnection, owed: int, per_feed: Counter[int], picked: Picks, now: datetime
) -> Counter[int]:
    """What was owed by feed, there being so many articles of each (where there are twins: of one)."""
    if len(per_feed) == 1:
        return Counter(dict.fromkeys(per_feed, owed))
    # What has just been saved was owed to nobody yet, so it went to each follower whom no filter spares.
    reached = await _reached(connection, per_feed, now)
    spared = await spared_by_feed(connection, picked.spared, _is_reached(literal(now, UtcTime)))
    return Counter({id_: number * reached.get(id_, 0) - spared[id_] for id_, number in per_feed.items()})


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


def _articles_owed(
    connection: AsyncConnection,
    group: Mapping[int, _New],
    spared: Sequence[ColumnElement[bool]],
    hours: Openings,
    picked: Picks,
    now: datetime,
) -> Select[*tuple[object, ...]]:
    """A delivery of each of these articles for each follower who is to have it and is not spared.

    Only for whom it is not the hour anything is looked up in the tables of hours, and where one has a filter in that
    of whom it spares: mostly that is nobody.
    """
    subject, moment, followers = _told(group)
    which = [_of_these(group)]
    if picked.spared:
        followers, passes = unless_spared(connection.dialect.name, followers, subject, picked.spared)
        which.append(passes)
    owed = _deliveries(connection, followers, subject, moment, spared, hours, now).where(*which)
    # Older ones first; among chats no order is needed, and sorting a hundred thousand rows takes its time.
    return owed.order_by(articles.c.id) if len(group) > 1 else owed


def _articles_watched(
    connection: AsyncConnection, spared: Sequence[ColumnElement[bool]], hours: Openings, picked: Picks, now: datetime
) -> Select[*tuple[object, ...]]:
    """The same for each who watches for what these articles have, unless as a follower they are owed them anyway."""
    source, lack = watchers(connection.dialect.name, picked.watched)
    c = articles.c
    return _deliveries(connection, source, c.id, c.found_at, spared, hours, now).where(lack).order_by(c.id)


def _deliveries(
    connection: AsyncConnection,
    readers: FromClause,
    subject: ColumnElement[int],
    moment: ColumnElement[datetime],
    spared: Sequence[ColumnElement[bool]],
    hours: Openings,
    now: datetime,
) -> Select[*tuple[object, ...]]:
    """A delivery of the articles for each of these readers (chats are among them) that is to be reached and not
    spared."""
    source, urgency, opens_at = _when(connection.dialect.name, readers, subject, hours, now)
    kind = literal(Kind.ARTICLE, deliveries.c.kind.type)
    status, not_before = case((opens_at.is_not(null()), GATHERED), else_=OWED), func.coalesce(opens_at, moment)
    owed = select(chats.c.id, kind, subject, urgency, status, not_before, moment.label("created_at"))
    return owed.select_from(source).where(_is_reached(literal(now, UtcTime)), *map(not_, spared))


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
    owed = _digests(connection, subscriptions.join(chats), hours, now).where(subscriptions.c.feed_id.in_(feed_ids))
    owed = owed.distinct() if len(feed_ids) > 1 else owed
    return digests_to_owe(connection, owed)


def _watchers_digests_owed(connection: AsyncConnection, picked: Picks, hours: Openings, now: datetime) -> Insert:
    """The same for each to whom a watch brings something."""
    source, lack = watchers(connection.dialect.name, picked.watched)
    return digests_to_owe(connection, _digests(connection, source, hours, now).where(lack).distinct())


def _digests(
    connection: AsyncConnection, readers: FromClause, hours: Openings, now: datetime
) -> Select[*tuple[object, ...]]:
    """A digest for each of these readers (chats are among them) for whom it is not the hour now."""
    closed = hours.as_table(connection.dialect.name)
    kind, made = literal(Kind.DIGEST, deliveries.c.kind.type), literal(now, UtcTime)
    opens_at, second = _opens(closed)
    return (
        select(chats.c.id, kind, second, literal(int(Urgency.DIGEST)), WAITING, opens_at, made)
        .select_from(readers.join(closed, closed.c.timetable_id == chats.c.timetable_id))
        .where(chats.c.suspended_at.is_(null()), opens_at.is_not(null()))
        .where(or_(chats.c.paused_until.is_(null()), chats.c.paused_until <= made))
    )


def _has_one_of(article_ids: Collection[int]) -> ColumnElement[bool]:
    mine = and_(deliveries.c.chat_id == chats.c.id, deliveries.c.kind == Kind.ARTICLE)
    reached = and_(deliveries.c.subject.in_(article_ids), deliveries.c.status != DROPPED)
    return select(1).where(mine, reached).correlate(chats).exists()


async def _insert_more(
    connection: AsyncConnection, owed: Select[*tuple[object, ...]], named: Mapping[int, _New]
) -> Counter[int]:
    """Owe what is not owed yet, and count it by feed."""
    statement = insert_new(connection, deliveries).from_select(OWED_COLUMNS, owed, include_defaults=False)
    subjects = await connection.scalars(statement.returning(deliveries.c.subject))
    return Counter(named[subject].feed_id for subject in subjects)


async def _insert(connection: AsyncConnection, into: Insert, owed: Select[*tuple[object, ...]]) -> int:
    statement = into.from_select(OWED_COLUMNS, owed, include_defaults=False)
    done = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    if done.rowcount < 0:
        # Python's driver for SQLite counts no rows of a statement that begins with WITH.
        return await connection.scalar(select(func.changes())) or 0
    return done.rowcount
