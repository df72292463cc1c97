"""Summaries that a model wrote, and what was spent on them: `news.ports.Summaries` on the database."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import Article
from news.delivery import Kind
from news.short_name import digest
from news.style import Style
from storage.database import Database
from storage.insert import insert_or_update
from storage.rows import ARTICLE, article_of
from storage.tables import CLAIMED, OWED, articles, chats, deliveries, feeds, subscriptions, summaries, summary_days
from storage.whole import whole

# Of an article's followers, so many are looked at for what they want.
_FOLLOWERS = 50


class SqlSummaries:
    """The written summaries by article, language and length; and the day's requests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, article: Article, style: Style) -> str | None:
        """What was written of this article, as it reads now, in this style; None where nothing was."""
        same = and_(*(summaries.c[name] == value for name, value in _key(article, style).items()))
        query = select(summaries.c.text).where(same, summaries.c.source == _source(article))
        async with self._database.reading() as connection:
            text: str | None = await connection.scalar(query)
            return text

    @whole
    async def keep(self, article: Article, style: Style, text: str) -> None:
        """Keep what was written; an article gone meanwhile keeps nothing."""
        row = {**_key(article, style), "source": _source(article), "text": text}
        async with self._database.writing() as connection:
            there = select(articles.c.id).where(articles.c.id == article.id).with_for_update()
            if await connection.scalar(there) is None:
                return
            put = insert_or_update(connection.dialect.name, summaries).values(row)
            newer = {"source": put.excluded.source, "text": put.excluded.text}
            await connection.execute(put.on_conflict_do_update(index_elements=list(summaries.primary_key), set_=newer))

    @whole
    async def reserve(self, article: Article, *, day: date, most: int) -> bool:
        """Count one more request on this day, unless that makes more than `most`, or the feed is private."""
        async with self._database.writing() as connection:
            public = select(articles.c.id).join(feeds).where(articles.c.id == article.id, feeds.c.private == false())
            if most < 1 or await connection.scalar(public) is None:
                return False
            await connection.execute(delete(summary_days).where(summary_days.c.day < day.isoformat()))
            return await _count(connection, day, most)

    async def public(self, articles: Sequence[Article]) -> list[Article]:
        """Those of these articles that are of feeds which are not private."""
        of = {one.feed_id for one in articles}
        private = select(feeds.c.id).where(feeds.c.id.in_(of), feeds.c.private)
        async with self._database.reading() as connection:
            hidden = set(await connection.scalars(private))
        return [one for one in articles if one.feed_id not in hidden]

    async def newest(self) -> int:
        """The newest article's id, 0 with none."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(func.max(articles.c.id))) or 0

    async def wanted(self, *, after: int, limit: int) -> list[tuple[Article, frozenset[tuple[str, int]]]]:
        """The first `limit` articles with an id above `after`, of feeds that are not private, and for each the
        languages and lengths of summary that chats want to which it is still owed."""
        newer = select(*ARTICLE).join_from(articles, feeds).where(articles.c.id > after, feeds.c.private == false())
        async with self._database.reading() as connection:
            rows = (await connection.execute(newer.order_by(articles.c.id).limit(limit))).mappings().all()
            return [(article, await _wishes(connection, article)) for article in map(article_of, rows)]


async def _count(connection: AsyncConnection, day: date, most: int) -> bool:
    put = insert_or_update(connection.dialect.name, summary_days).values(day=day.isoformat(), requests=1)
    counted = put.on_conflict_do_update(
        index_elements=[summary_days.c.day],
        set_={"requests": summary_days.c.requests + 1},
        where=summary_days.c.requests < most,
    )
    return await connection.scalar(counted.returning(summary_days.c.requests)) is not None


async def _wishes(connection: AsyncConnection, article: Article) -> frozenset[tuple[str, int]]:
    length = func.coalesce(subscriptions.c.summary_length, chats.c.summary_length)
    query = (
        select(chats.c.language, length.label("summary_length"))
        .join_from(subscriptions, chats, chats.c.id == subscriptions.c.chat_id)
        .join(deliveries, _owes(article))
        .where(subscriptions.c.feed_id == article.feed_id, length > 0)
        .limit(_FOLLOWERS)
    )
    rows: Iterable[tuple[str, int]] = ((row.language, row.summary_length) for row in await connection.execute(query))
    return frozenset(rows)


def _owes(article: Article) -> ColumnElement[bool]:
    waits = or_(deliveries.c.status == OWED, deliveries.c.status == CLAIMED)
    this = and_(deliveries.c.kind == Kind.ARTICLE, deliveries.c.subject == article.id)
    return and_(deliveries.c.chat_id == chats.c.id, this, waits)


def _key(article: Article, style: Style) -> dict[str, str | int]:
    return {"article_id": article.id, "language": style.language, "length": style.length}


def _source(article: Article) -> str:
    """What the summary was written from: a corrected article wants another one."""
    return digest(f"{article.title}\n{article.text or article.summary}")
