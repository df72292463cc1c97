"""What chats have saved: for as long as they want it, and seen by them for as long as they may see the article."""

from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, and_, delete, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import Saved
from news.query import Query
from storage.columns import UtcTime
from storage.insert import insert_new
from storage.search import sought
from storage.tables import articles, saved
from storage.visibility import visible_to


async def save(connection: AsyncConnection, chat_id: int, article_id: int, now: datetime) -> bool:
    """Save an article for a chat that may see it; False where it was saved already (or is gone by now)."""
    there = select(literal(chat_id, BigInteger), articles.c.id, literal(now, UtcTime))
    there = there.where(articles.c.id == article_id, visible_to(chat_id))
    new = insert_new(connection, saved).from_select(
        ["chat_id", "article_id", "saved_at"], there, include_defaults=False
    )
    return await connection.scalar(new.returning(saved.c.id)) is not None


async def unsave(connection: AsyncConnection, chat_id: int, article_id: int) -> bool:
    """Save it no longer; False where it was not."""
    mine = and_(saved.c.chat_id == chat_id, saved.c.article_id == article_id)
    return await connection.scalar(delete(saved).where(mine).returning(saved.c.id)) is not None


async def saved_by(connection: AsyncConnection, chat_id: int, query: Query | None) -> list[Saved]:
    """What a chat saved and sees, of that what a query wants; what was saved last comes first."""
    found = select(saved.c.article_id, saved.c.saved_at).join_from(saved, articles)
    found = found.where(saved.c.chat_id == chat_id, visible_to(chat_id))
    if query is not None:
        wanted = await sought(connection, query, chat_id)
        if wanted is None:
            return []
        found = found.where(*wanted)
    rows = await connection.execute(found.order_by(saved.c.saved_at.desc(), saved.c.id.desc()))
    return [Saved(row.article_id, row.saved_at) for row in rows]


def is_saved() -> ColumnElement[bool]:
    """Whether any chat has saved the article."""
    return exists(select(1).where(saved.c.article_id == articles.c.id).correlate(articles))
