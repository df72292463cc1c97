"""SQLite's search index made smaller after articles were deleted.

A deleted article's words are not taken out of the index but crossed out in a newer part of it; both go when the parts
are merged. FTS5 merges them as it writes, but the largest only rarely: where half of the articles are others by now,
the index is almost twice as large as need be. So once a week it is merged into one, in steps of a hundredth of a
second or so. What is under way when the time is over is gone on with the next time.
"""

from datetime import datetime
from functools import partial

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.pruning import in_portions
from storage.whole import whole

# Pages in a step.
STEP = 100
# When it is begun: in the night from Saturday to Sunday, of UTC. The house is tidied once in that hour.
DAY, HOUR = 6, 2

_MERGE = text("INSERT INTO article_words (article_words, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")


async def compact(database: Database, now: datetime, *, deleted: bool, seconds: float) -> None:
    """Go on merging the index, in these seconds; begin anew where it is time and articles were `deleted`."""
    if database.dialect != "sqlite":
        return
    if deleted and (now.weekday(), now.hour) == (DAY, HOUR):
        await _merge(database, -STEP)
    await in_portions(partial(_merge, database, STEP), seconds=seconds)


@whole
async def _merge(database: Database, pages: int) -> int:
    """Write so many pages; a negative number begins to merge all into one. 0 where there was nothing to do."""
    async with database.writing() as connection:
        before = await _changes(connection)
        await connection.execute(_MERGE, {"pages": pages})
        # To tell it so is one change.
        return await _changes(connection) - before - 1


async def _changes(connection: AsyncConnection) -> int:
    return int(await connection.scalar(_CHANGES) or 0)
