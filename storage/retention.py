"""How long articles are kept: for so long, and so many; what is still needed stays, and what is kept whatever its age.

They go in the order in which they were found, which is that of their ids, each with its summaries and its words in the
index; its keys stay as tombstones, so that it doesn't come back. By when it was found, not published: whoever follows
a feed that seldom speaks shall find its old articles for as long as others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.delivery import Kind
from news.parcel import JOINED_FOR
from storage.database import Database
from storage.pruning import Spell, delete_these
from storage.saved import is_saved
from storage.tables import CLAIMED, GATHERED, OWED, SETTLED, WAITING, articles, deliveries

# So long after it was sent an article's message may still change: a day by the clock, and what waits its turn.
CHANGES_FOR = 2 * JOINED_FOR


@dataclass(frozen=True, slots=True)
class Keep:
    """How long articles are kept, and how many; None: for ever, and however many."""

    age: timedelta | None = timedelta(days=365)
    number: int | None = 1_000_000


A_YEAR = Keep()


def kept_whatever_its_age() -> ColumnElement[bool]:
    """Whether an article is kept whatever its age and number: a chat has saved it."""
    return is_saved()


async def prune_articles(database: Database, keep: Keep, *, now: datetime, portion: int, seconds: float) -> int:
    """Delete the articles that are kept no longer, in these seconds; gives how many went."""
    spell, surplus = Spell(seconds), await _surplus(database, keep)
    before = now - keep.age if keep.age else None
    needed: Collection[int] | None = None
    gone = last = 0
    while not spell.is_over:
        rows = await _oldest(database, last, portion)
        over = [id_ for place, (id_, found) in enumerate(rows) if place < surplus or (before and found < before)]
        if not over:
            break
        needed = await _needed(database, now) if needed is None else needed
        spell.begin()
        done = await delete_these(
            database, articles, [id_ for id_ in over if id_ not in needed], not_(kept_whatever_its_age())
        )
        gone, surplus, last = gone + done, surplus - done, rows[-1][0]
        await spell.rest()
    return gone


async def _surplus(database: Database, keep: Keep) -> int:
    if keep.number is None:
        return 0
    async with database.reading() as connection:
        number = await connection.scalar(select(func.count()).select_from(articles))
    return max(0, (number or 0) - keep.number)


async def _oldest(database: Database, last: int, portion: int) -> Sequence[tuple[int, datetime]]:
    """The first articles behind this one, and when each was found."""
    first = select(articles.c.id, articles.c.found_at).where(articles.c.id > last).order_by(articles.c.id)
    async with database.reading() as connection:
        return [(row.id, row.found_at) for row in await connection.execute(first.limit(portion))]


async def _needed(database: Database, now: datetime) -> frozenset[int]:
    """The articles that are still owed, or told of by a message that may still change. From now on only new ones
    join them, as what was settled long ago is not owed again."""
    async with database.reading() as connection:
        return frozenset(await _owed(connection)) | frozenset(await _told(connection, now))


async def _owed(connection: AsyncConnection) -> list[int]:
    c, found = deliveries.c, list[int]()
    # One after the other, each by its own index.
    for status in (OWED, GATHERED, CLAIMED):
        owed = select(c.subject).where(c.status == status, c.kind == Kind.ARTICLE).distinct()
        found += await connection.scalars(owed)
    return found


async def _told(connection: AsyncConnection, now: datetime) -> list[int]:
    c, change = deliveries.c, deliveries.alias("change")
    lately = select(c.subject).where(c.settled_at > now - CHANGES_FOR, c.status == SETTLED, c.kind == Kind.ARTICLE)
    changing = select(c.subject).join_from(change, deliveries, c.id == change.c.subject)
    waits = and_(change.c.status == WAITING, change.c.kind == Kind.EDIT)
    found = list(await connection.scalars(lately.distinct()))
    return found + list(await connection.scalars(changing.where(waits)))
