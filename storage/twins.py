"""Articles of several feeds that are one page of one outlet: each chat is to have it once."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lock import serialise_pages
from storage.tables import articles, feeds


async def twins_of(connection: AsyncConnection, article_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
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
