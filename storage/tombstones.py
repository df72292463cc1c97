"""Keys of deleted articles: kept as long as their feed may show them.

When its article goes, a key loses it by its foreign key, and is dated when the house is tidied next. A feed that shows
it still has it dated anew, once a month (`news.decide`). Each feed is read whole once a week at least when it changes
(`news.unseen`), so one that had news lately has shown nothing of what was not dated since long before.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Delete, Select, Update, and_, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.short_name import digest
from storage.database import Database
from storage.pruning import in_portions
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


async def prune_tombstones(database: Database, now: datetime, *, portion: int, seconds: float) -> int:
    """Date those that have become tombstones since this was done last, and delete those that their feeds show no more,
    each in these seconds; gives how many went."""
    lively = select(feeds.c.id).where(feeds.c.id == identities.c.feed_id, feeds.c.news_at > now - LATELY)
    over = and_(identities.c.gone_at < now - KEPT, lively.correlate(identities).exists())
    # In the order of their index: PostgreSQL thinks that there are many, and would look for them in the whole table.
    undated = select(*identities.primary_key).where(UNDATED).limit(portion)
    undated = undated.order_by(identities.c.article_id, identities.c.gone_at)
    outdated = select(*identities.primary_key).where(over).order_by(identities.c.gone_at).limit(portion)
    date = update(identities).where(_THIS, UNDATED).values(gone_at=now)
    await in_portions(partial(_change, database, undated, date), seconds=seconds)
    return await in_portions(
        partial(_change, database, outdated, delete(identities).where(_THIS, over)), seconds=seconds
    )


# One by one: SQLite looks for several keys of two columns each by going through the whole table.
_THIS = and_(identities.c.feed_id == bindparam("its_feed"), identities.c.digest == bindparam("its_digest"))


@whole
async def _change(database: Database, which: Select[int, str], change: Update | Delete) -> int:
    """Change those that are found; gives how many were."""
    async with database.reading() as connection:
        found = [{"its_feed": row.feed_id, "its_digest": row.digest} for row in await connection.execute(which)]
    if found:
        async with database.writing() as connection:
            await connection.execute(change, found)
    return len(found)
