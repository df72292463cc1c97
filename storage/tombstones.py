"""Keys of deleted articles: kept as long as their feed may show them.

When its article goes, a key loses it by its foreign key, and is dated when the house is tidied next. A feed that shows
it still has it dated anew, once a month (`news.decide`). Each feed is read whole once a week at least when it changes
(`news.unseen`), so one that had news lately has shown nothing of what was not dated since long before.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.digest import digest
from storage.pruning import Spell
from storage.tables import UNDATED, feeds, identities
from storage.whole import whole

# Kept for so long in any case, as what left a feed may come back.
KEPT = timedelta(days=365)
# News within so long say that the feed was read whole since the tombstone was last to be dated.
LATELY = timedelta(days=180)


async def keep_tombstones(connection: AsyncConnection, feed_id: int, keys: Collection[str], now: datetime) -> None:
    """Date these keys of a feed anew, as it shows them still."""
    mine = and_(identities.c.feed_id == feed_id, identities.c.digest.in_([digest(key) for key in keys]))
    await connection.execute(update(identities).where(mine, identities.c.article_id.is_(None)).values(gone_at=now))


def done_with(now: datetime) -> ColumnElement[bool]:
    """Whether a key is a tombstone that its feed shows no more."""
    lively = select(feeds.c.id).where(feeds.c.id == identities.c.feed_id, feeds.c.news_at > now - LATELY)
    return and_(identities.c.gone_at < now - KEPT, lively.correlate(identities).exists())


async def date_tombstones(database: Database, now: datetime, *, portion: int, seconds: float) -> None:
    """Date those that have become tombstones since this was done last."""
    spell = Spell(seconds)
    while not spell.is_over:
        spell.begin()
        if not await _date_some(database, now, portion):
            return
        await spell.rest()


@whole
async def _date_some(database: Database, now: datetime, portion: int) -> int:
    key = tuple_(identities.c.feed_id, identities.c.digest)
    undated = select(identities.c.feed_id, identities.c.digest).where(UNDATED).limit(portion)
    async with database.reading() as connection:
        found = [(row.feed_id, row.digest) for row in await connection.execute(undated)]
    if not found:
        return 0
    async with database.writing() as connection:
        dated = update(identities).where(key.in_(found), UNDATED).values(gone_at=now)
        return (await connection.execute(dated)).rowcount
