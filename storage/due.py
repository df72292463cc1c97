"""Which feeds are due, and taking them.

They are found by a walk through the index of when feeds are due, in its order, so that what a claim costs depends on
how many are taken and not on how many are due, or kept. Feeds that are never polled are not in that index.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, null, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.feed import Feed
from storage.rows import feed_of
from storage.tables import POLLED, feeds

# The first step is a few feeds longer than what is asked for, each further one several times the last.
_AT_LEAST = 20
_LONGER = 4

Due = Row[int, str, datetime]


async def due_feeds(
    connection: AsyncConnection, now: datetime, *, limit: int, per_host: int, spare: Collection[str]
) -> list[int]:
    """The ids of the feeds to be checked, most overdue first, at most `per_host` of one host, none of `spare`."""
    walk = _due(now, spare)
    step = limit + _AT_LEAST
    met_of, ids = Counter[str](), list[int]()
    while True:
        met = (await connection.execute(walk.limit(step))).all()
        ids += _few_of_each_host(met, per_host, met_of)
        if len(met) < step or len(ids) >= limit:
            return ids[:limit]
        crowded = [host for host, number in met_of.items() if number > per_host]
        walk, step = _due(now, [*spare, *crowded]).where(_behind(met[-1])), step * _LONGER


async def claim_feeds(connection: AsyncConnection, ids: Sequence[int], now: datetime, until: datetime) -> list[Feed]:
    """Take those of these feeds that are still due, and taken by nobody else meanwhile, most overdue first."""
    there = (
        select(feeds.c.id).where(feeds.c.id.in_(ids), _is_due(now)).correlate(None).with_for_update(skip_locked=True)
    )
    taken = update(feeds).where(feeds.c.id.in_(there)).values(claimed_until=until, slept_in_claim=False)
    rows = await connection.execute(taken.returning(feeds))
    claimed = [feed_of(row) for row in rows.mappings()]
    return sorted(claimed, key=lambda feed: (feed.next_check_at, feed.id))


async def earliest_due(connection: AsyncConnection) -> datetime | None:
    """When the next feed will be due (a claimed one: when its claim ends), None where none is polled."""
    unclaimed = select(func.min(feeds.c.next_check_at)).where(POLLED, feeds.c.claimed_until.is_(null()))
    claimed = select(func.min(feeds.c.claimed_until)).where(POLLED, feeds.c.claimed_until.is_not(null()))
    both = select(unclaimed.scalar_subquery(), claimed.scalar_subquery())
    return min((time for time in (await connection.execute(both)).one() if time is not None), default=None)


def _few_of_each_host(met: Sequence[Due], per_host: int, met_of: Counter[str]) -> list[int]:
    """The first feeds of each host, those met before counted."""
    ids = []
    for id_, host, _ in met:
        met_of[host] += 1
        if met_of[host] <= per_host:
            ids.append(id_)
    return ids


def _due(now: datetime, spare: Collection[str]) -> Select[int, str, datetime]:
    return (
        select(feeds.c.id, feeds.c.host, feeds.c.next_check_at)
        .where(_is_due(now), feeds.c.host.not_in(spare))
        .order_by(feeds.c.next_check_at, feeds.c.id)
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = or_(feeds.c.claimed_until.is_(null()), feeds.c.claimed_until <= now)
    return and_(POLLED, feeds.c.next_check_at <= now, free)


def _behind(last: Due) -> ColumnElement[bool]:
    return tuple_(feeds.c.next_check_at, feeds.c.id) > tuple_(last.next_check_at, last.id)
