"""What chats pick out of what is new: filters of subscriptions, which spare a follower, and watches, which bring an
article to whoever watches for it.

Each filter and each watch in use is looked at once for an article, however many chats have it; in SQL chats join them
by id.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.openings import Meetings, Pairs, pairs_as_table
from storage.tables import articles, chats, feeds, subscriptions, watches, wishes


@dataclass(frozen=True, slots=True)
class Picks:
    """Pairs of a wish and an article: where the first is a filter of the article's feed that spares its followers the
    second (`spared`), and where it is watched for and the second has it (`watched`)."""

    spared: Pairs
    watched: Pairs

    def of(self, article_ids: Collection[int]) -> "Picks":
        """What there is about these articles."""
        spared, watched = ([pair for pair in pairs if pair[1] in article_ids] for pairs in (self.spared, self.watched))
        return Picks(spared, watched)


async def picks(connection: AsyncConnection, met: Meetings, feed_of: Mapping[int, int]) -> Picks:
    """What is picked of these articles, given with their feeds. Mostly nobody picks, and that is soon known."""
    used: dict[int, list[int]] = {}
    for feed_id, filter_id in await connection.execute(_FILTERS, {"ids": sorted({*feed_of.values()})}):
        used.setdefault(feed_id, []).append(filter_id)
    passed = frozenset(await met.of_all(connection)) if used else frozenset()
    pairs = ((filter_, id_) for id_, feed_id in feed_of.items() for filter_ in used.get(feed_id, ()))
    watched = await _watched(connection, met) if await connection.scalar(_ANY_WATCH) else ()
    return Picks([pair for pair in pairs if pair not in passed], watched)


_FILTERS = (
    select(subscriptions.c.feed_id, subscriptions.c.filter_id)
    .where(subscriptions.c.filter_id.is_not(null()), subscriptions.c.feed_id.in_(bindparam("ids", expanding=True)))
    .distinct()
)
_ANY_WATCH = select(watches.c.id).limit(1)


async def _watched(connection: AsyncConnection, met: Meetings) -> Pairs:
    pairs = await met.of_telling(connection)
    if not pairs:
        return ()
    given = select(pairs_as_table(connection.dialect.name, "met", pairs).c.wish_id)
    somebody = select(1).where(watches.c.wish_id == wishes.c.id).correlate(wishes).exists()
    wanted = set(await connection.scalars(select(wishes.c.id).where(wishes.c.id.in_(given), somebody)))
    return [pair for pair in pairs if pair[0] in wanted]


def unless_spared(
    dialect: str, source: FromClause, article_id: ColumnElement[int], spared: Pairs
) -> tuple[FromClause, ColumnElement[bool]]:
    """The followers, and whether each is to have the article. A filter set at this very moment spares nobody yet."""
    table = pairs_as_table(dialect, "spared", spared)
    its = and_(table.c.wish_id == subscriptions.c.filter_id, table.c.article_id == article_id)
    return source.outerjoin(table, its), table.c.wish_id.is_(null())


async def spared_by_feed(connection: AsyncConnection, spared: Pairs, is_reached: ColumnElement[bool]) -> Counter[int]:
    """How many deliveries of each feed's articles its followers' filters keep from those that are reached."""
    if not spared:
        return Counter()
    table = pairs_as_table(connection.dialect.name, "spared", spared)
    query = (
        select(articles.c.feed_id, func.count())
        .select_from(table.join(articles, articles.c.id == table.c.article_id))
        .join(
            subscriptions,
            and_(subscriptions.c.feed_id == articles.c.feed_id, subscriptions.c.filter_id == table.c.wish_id),
        )
        .join(chats, chats.c.id == subscriptions.c.chat_id)
        .where(is_reached)
        .group_by(articles.c.feed_id)
    )
    return Counter({row[0]: row[1] for row in await connection.execute(query)})


def watchers(dialect: str, watched: Pairs) -> tuple[FromClause, ColumnElement[bool]]:
    """Watches with the articles that have what they want, and their chats; and whether the chat isn't owed the article
    anyway: its filter may spare it, or it doesn't follow the feed and watches all that are public."""
    table = pairs_as_table(dialect, "watched", watched)
    follows = and_(subscriptions.c.chat_id == watches.c.chat_id, subscriptions.c.feed_id == articles.c.feed_id)
    source = (
        table.join(watches, watches.c.wish_id == table.c.wish_id)
        .join(chats, chats.c.id == watches.c.chat_id)
        .join(articles, articles.c.id == table.c.article_id)
        .join(feeds, feeds.c.id == articles.c.feed_id)
        .outerjoin(subscriptions, follows)
    )
    elsewhere = and_(subscriptions.c.id.is_(null()), watches.c.everywhere, ~feeds.c.private)
    return source, or_(subscriptions.c.filter_id.is_not(null()), elsewhere)
