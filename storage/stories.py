"""Stories: opened with their first report, and now and then found to be one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import NewArticle, new_story_id
from storage.insert import Insert, insert_new, insert_or_update
from storage.mutes import carry_mutes
from storage.tables import articles, stories


async def stories_of(connection: AsyncConnection, fresh: Sequence[NewArticle]) -> list[int]:
    """The story of each article, there from now on: its own where it has joined none, and that which a story it has
    joined was merged into meanwhile."""
    ids = [new_story_id(one.found_at) if one.story_id is None else one.story_id for one in fresh]
    newest: dict[int, datetime] = {}
    for id_, article in zip(ids, fresh, strict=True):
        newest[id_] = max(newest.get(id_, article.published_at), article.published_at)
    await _put(connection, newest)
    merged = await _merged(connection, ids)
    return [merged.get(id_, id_) for id_ in ids]


async def merge_stories(connection: AsyncConnection, ids: Sequence[int], into: int, *, now: datetime) -> None:
    """Let the reports of these stories be another's, also of those that were merged into these before.

    Stories whose first report is not saved yet may be among them.
    """
    rows = [{"id": id_, "opened_at": now, "newest_at": now} for id_ in sorted({*ids, into})]
    await connection.execute(insert_new(connection, stories), rows)
    these = or_(stories.c.id.in_(ids), stories.c.merged_into.in_(ids))
    await connection.execute(update(stories).where(these).values(merged_into=into))
    await connection.execute(update(articles).where(articles.c.story_id.in_(ids)).values(story_id=into))
    await carry_mutes(connection, ids, into, now)


async def _put(connection: AsyncConnection, newest: Mapping[int, datetime]) -> None:
    """Open these stories, or know of their newest report. Their rows are held until the end, so that no merging passes
    by an article that is being saved."""
    rows = [{"id": id_, "opened_at": moment, "newest_at": moment} for id_, moment in sorted(newest.items())]
    await connection.execute(_put_statement(connection.dialect.name), rows)


@cache
def _put_statement(dialect: str) -> Insert:
    put = insert_or_update(dialect, stories)
    later = put.excluded.newest_at
    return put.on_conflict_do_update(
        index_elements=[stories.c.id], set_={"newest_at": later}, where=stories.c.newest_at < later
    )


async def _merged(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    rows = await connection.execute(_MERGED, {"ids": ids})
    return {row.id: row.merged_into for row in rows}


_MERGED = select(stories.c.id, stories.c.merged_into).where(
    stories.c.id.in_(bindparam("ids", expanding=True)), stories.c.merged_into.is_not(None)
)
