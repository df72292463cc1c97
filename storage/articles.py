"""The memory: `news.ports.Articles` on the database."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select, update

from news.article import Article, Saved
from news.chat import Address
from news.delivery import Kind
from news.identity import key_of_page
from news.query import Query, once_each
from news.rank import Hit
from news.reading import LEAD, StoryText
from news.recent import Told
from news.relate import Candidate
from news.short_name import digest
from storage import search
from storage.database import Database
from storage.insert import insert_new
from storage.looks import SUBSCRIBED
from storage.rows import ARTICLE, article_of, called
from storage.saved import save, saved_by, unsave
from storage.stories import merge_stories
from storage.tables import SETTLED, articles, chats, deliveries, feeds, notes, subscriptions
from storage.visibility import visible_to
from storage.whole import whole

TOLD_AT_ONCE = 500


class SqlArticles:
    """Articles, by id, by feed, by message and by their words; and the notes its buttons refer to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, ids: Sequence[int], *, viewer: int | None = None) -> list[Article]:
        """These articles in the order asked for; unknown ids are left out, and what the viewer may not see."""
        query = _joined().where(articles.c.id.in_(ids), visible_to(viewer))
        found = {article.id: article for article in await self._articles(query)}
        return [found[id_] for id_ in ids if id_ in found]

    async def latest(self, feed_id: int, limit: int) -> list[Article]:
        """A feed's newest articles, newest first."""
        newest = _joined().where(articles.c.feed_id == feed_id).limit(limit)
        return await self._articles(newest.order_by(articles.c.published_at.desc(), articles.c.id.desc()))

    async def at(self, link: str, *, viewer: int | None = None) -> Article | None:
        """The article about the page at this address, however it is spelt; of several the newest."""
        key = key_of_page(link)
        if key is None:
            return None
        there = _joined().where(articles.c.page == digest(key), visible_to(viewer)).limit(1)
        return next(
            iter(await self._articles(there.order_by(articles.c.published_at.desc(), articles.c.id.desc()))), None
        )

    async def story(self, story_id: int, *, viewer: int | None = None) -> list[Article]:
        """The reports of a story, the first to be published first."""
        reports = _joined().where(articles.c.story_id == story_id, visible_to(viewer))
        return await self._articles(reports.order_by(articles.c.published_at, articles.c.id))

    async def top(self, *, since: datetime, limit: int, viewer: int | None = None) -> list[list[Article]]:
        """The stories that most feeds have told of after `since`, of equals the newer ones first; of each what was
        published since then, oldest first."""
        c, recent = articles.c, (articles.c.published_at > since, visible_to(viewer))
        most = select(c.story_id).where(*recent).group_by(c.story_id).limit(limit)
        most = most.order_by(func.count(c.feed_id.distinct()).desc(), func.max(c.published_at).desc(), c.story_id)
        async with self._database.reading() as connection:
            ids = list(await connection.scalars(most))
            reports = _joined().where(c.story_id.in_(ids), *recent).order_by(c.published_at, c.id)
            found = [article_of(row) for row in (await connection.execute(reports)).mappings()]
        return [[one for one in found if one.story_id == id_] for id_ in ids]

    async def newest(self, limit: int, *, viewer: int | None = None) -> list[int]:
        """The ids of the newest articles of all feeds, newest first; of those that are one article, the newer."""
        c = articles.c
        newest = select(c.id, c.page, c.title).where(visible_to(viewer))
        newest = newest.order_by(c.published_at.desc(), c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(newest)).all()
        return [row.id for row in once_each(rows, lambda row: row.page and (row.page, row.title))]

    async def pushed(self, chat: Address, message_id: int) -> Article | None:
        """The article that was sent to the chat, in whatever topic, as this message."""
        sent = and_(deliveries.c.status == SETTLED, deliveries.c.kind == Kind.ARTICLE)
        there = and_(chats.c.platform == chat.platform, chats.c.chat_id == chat.chat_id)
        query = (
            _joined()
            .join(deliveries, and_(deliveries.c.subject == articles.c.id, sent))
            .join(chats, and_(chats.c.id == deliveries.c.chat_id, there))
            .where(deliveries.c.message_id == message_id)
        )
        return next(iter(await self._articles(query)), None)

    async def carried(self, chat: Address, message_id: int) -> list[Article]:
        """The articles that this message of the chat's tells of (a list, a digest), oldest first."""
        there = and_(chats.c.platform == chat.platform, chats.c.chat_id == chat.chat_id)
        head = deliveries.alias("head")
        told = and_(deliveries.c.subject == articles.c.id, deliveries.c.kind == Kind.ARTICLE)
        # What joined it later is not in it.
        sent = and_(head.c.id == deliveries.c.carrier, deliveries.c.settled_at <= head.c.settled_at)
        query = _joined().join(deliveries, told).join(head, sent)
        query = query.join(chats, and_(chats.c.id == head.c.chat_id, there)).outerjoin(subscriptions, SUBSCRIBED)
        query = query.where(head.c.status == SETTLED, head.c.message_id == message_id, head.c.carrier == head.c.id)
        query = query.add_columns(subscriptions.c.title).order_by(deliveries.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings()
            return [called(article_of(row), row[subscriptions.c.title]) for row in rows]

    async def candidate(self, article_id: int, *, viewer: int | None = None) -> Candidate | None:
        """An article as `news.relate` sees it."""
        mine = search.candidates().where(articles.c.id == article_id, visible_to(viewer))
        async with self._database.reading() as connection:
            rows = await connection.execute(mine)
            row = rows.one_or_none()
            return None if row is None else search.candidate_of(row)

    async def matches(self, query: Query, *, limit: int, viewer: int | None = None, mine: bool = False) -> list[Hit]:
        """What the query wants: the newest `limit`, and the newest by title."""
        async with self._database.reading() as connection:
            return await search.matches(connection, query, limit, viewer, mine=mine)

    async def similar(
        self, terms: Sequence[str], *, since: datetime | None = None, limit: int, viewer: int | None = None
    ) -> list[Candidate]:
        """The newest `limit` articles holding any of these terms, published after `since`; newest first."""
        async with self._database.reading() as connection:
            return await search.similar(connection, terms, since, limit, viewer)

    async def told(self, *, since: datetime, limit: int) -> AsyncIterator[list[Told]]:
        """What the newest `limit` articles told that were published after `since`, oldest first, some at a time."""
        c = articles.c
        newest = select(c.id).where(c.published_at > since, visible_to(None)).limit(limit)
        async with self._database.reading() as connection:
            ids = list(await connection.scalars(newest.order_by(c.published_at.desc(), c.id.desc())))
        for end in range(len(ids), 0, -TOLD_AT_ONCE):
            yield await self._told(ids[max(end - TOLD_AT_ONCE, 0) : end])

    async def _told(self, ids: Sequence[int]) -> list[Told]:
        c = articles.c
        text = func.substr(case((c.text != "", c.text), else_=c.summary), 1, LEAD)
        query = select(c.story_id, c.feed_id, c.published_at, c.title, text, c.language).where(c.id.in_(ids))
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(c.published_at, c.id))
            return [Told(story_id, feed_id, when, StoryText(*text)) for story_id, feed_id, when, *text in rows]

    @whole
    async def merge_stories(self, ids: Sequence[int], into: int, *, now: datetime) -> None:
        """Let the reports of these stories be another's."""
        async with self._database.writing() as connection:
            await merge_stories(connection, ids, into, now=now)

    @whole
    async def remember(self, chat_id: int, text: str, *, now: datetime) -> int:
        """Keep a text of a chat (by its row's id); the same text keeps its id."""
        same = and_(notes.c.chat_id == chat_id, notes.c.digest == digest(text))
        row = {"chat_id": chat_id, "digest": digest(text), "text": text, "asked_at": now}
        async with self._database.writing() as connection:
            await connection.execute(insert_new(connection, notes).values(row))
            asked = update(notes).where(same).values(asked_at=now).returning(notes.c.id)
            note_id: int = (await connection.execute(asked)).scalar_one()
            return note_id

    async def recall(self, chat_id: int, note_id: int) -> str | None:
        """A chat's own text, None where it has none by this id."""
        own = select(notes.c.text).where(notes.c.id == note_id, notes.c.chat_id == chat_id)
        async with self._database.reading() as connection:
            return await connection.scalar(own)

    @whole
    async def save(self, chat_id: int, article_id: int, *, now: datetime) -> bool:
        """Save an article for a chat; False where it was saved already."""
        async with self._database.writing() as connection:
            return await save(connection, chat_id, article_id, now)

    @whole
    async def unsave(self, chat_id: int, article_id: int) -> bool:
        """Save it no longer; False where it was not."""
        async with self._database.writing() as connection:
            return await unsave(connection, chat_id, article_id)

    async def saved(self, chat_id: int, query: Query | None = None) -> list[Saved]:
        """What a chat saved and may see, saved last comes first; of that what the query wants, if there is one."""
        async with self._database.reading() as connection:
            return await saved_by(connection, chat_id, query)

    async def readings(self, feed_id: int, limit: int) -> list[Candidate]:
        """A feed's newest articles, newest first, as they are matched."""
        c, newest = articles.c, search.candidates().where(articles.c.feed_id == feed_id).limit(limit)
        async with self._database.reading() as connection:
            rows = await connection.execute(newest.order_by(c.published_at.desc(), c.id.desc()))
            return [search.candidate_of(row) for row in rows]

    async def _articles(self, query: Select[*tuple[object, ...]]) -> list[Article]:
        async with self._database.reading() as connection:
            return [article_of(row) for row in (await connection.execute(query)).mappings()]


def _joined() -> Select[*tuple[object, ...]]:
    return select(*ARTICLE).join_from(articles, feeds)
