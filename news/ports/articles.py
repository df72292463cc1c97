"""The memory, and what a model wrote of it."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

from news.article import Article, Saved
from news.chat import Address
from news.query import Query
from news.rank import Hit
from news.recent import Told
from news.relate import Candidate
from news.style import Style


class Articles(Protocol):
    """The memory.

    A `viewer` is the id of the chat that asks: of private feeds it sees the articles of those that it follows, and
    without it none are seen.
    """

    async def get(self, ids: Sequence[int], *, viewer: int | None = None) -> list[Article]:
        """These articles in the order asked for; unknown ids are left out."""

    async def latest(self, feed_id: int, limit: int) -> list[Article]:
        """A feed's newest articles, newest first."""

    async def at(self, link: str, *, viewer: int | None = None) -> Article | None:
        """The article about the page at this address, however it is spelt; of several the newest."""

    async def story(self, story_id: int, *, viewer: int | None = None) -> list[Article]:
        """The reports of a story, the first to be published first."""

    async def top(self, *, since: datetime, limit: int, viewer: int | None = None) -> list[list[Article]]:
        """The stories that most feeds have told of after `since`, of equals the newer ones first; of each what was
        published since then, oldest first."""

    async def newest(self, limit: int, *, viewer: int | None = None) -> list[int]:
        """The ids of the newest articles of all feeds, newest first; of those that are one article, the newer."""

    async def pushed(self, chat: Address, message_id: int) -> Article | None:
        """The article that was sent to the chat as this message, the first of several."""

    async def carried(self, chat: Address, message_id: int) -> list[Article]:
        """The articles that this message of the chat's tells of (a list, a digest), oldest first."""

    async def candidate(self, article_id: int, *, viewer: int | None = None) -> Candidate | None:
        """An article as `news.relate` sees it."""

    async def matches(self, query: Query, *, limit: int, viewer: int | None = None, mine: bool = False) -> list[Hit]:
        """What the query wants: the newest `limit`, and the newest that have it in the title, newest first.

        `mine`: only of the feeds that the viewer follows. A query that asks for nothing finds nothing.
        """

    async def similar(
        self, terms: Sequence[str], *, since: datetime | None = None, limit: int, viewer: int | None = None
    ) -> list[Candidate]:
        """The newest `limit` articles holding any of these terms, published after `since`."""

    def told(self, *, since: datetime, limit: int) -> AsyncIterator[list[Told]]:
        """What the newest `limit` articles told that were published after `since`, oldest first, some at a time.

        Those of private feeds are left out.
        """

    async def merge_stories(self, ids: Sequence[int], into: int, *, now: datetime) -> None:
        """Let the reports of these stories be another's: those saved, and those under way."""

    async def remember(self, chat_id: int, text: str, *, now: datetime) -> int:
        """Keep a text that a button of this chat refers to; gives its id (the same for the same text)."""

    async def recall(self, chat_id: int, note_id: int) -> str | None:
        """A chat's own text by that id, None where it has none."""

    async def save(self, chat_id: int, article_id: int, *, now: datetime) -> bool:
        """Save an article for a chat that may see it, so that it is kept whatever its age; False where it was."""

    async def unsave(self, chat_id: int, article_id: int) -> bool:
        """Save it no longer; False where it was not."""

    async def saved(self, chat_id: int, query: Query | None = None) -> list[Saved]:
        """What a chat saved and may see, what it saved last first; of that what the query wants, if there is one."""

    async def readings(self, feed_id: int, limit: int) -> list[Candidate]:
        """A feed's newest articles, newest first, as `news.match` and `news.relate` see them."""


class Summaries(Protocol):
    """Summaries that a model wrote, and what was spent on them."""

    async def find(self, article: Article, style: Style) -> str | None:
        """What was written of this article, as it reads now, in this style; None where nothing was."""

    async def keep(self, article: Article, style: Style, text: str) -> None:
        """Keep what was written; an article gone meanwhile keeps nothing."""

    async def reserve(self, article: Article, *, day: date, most: int) -> bool:
        """Count one more request on this day, unless that makes more than `most`, or the feed is private."""

    async def public(self, articles: Sequence[Article]) -> list[Article]:
        """Those of these articles that are of feeds which are not private."""

    async def newest(self) -> int:
        """The newest article's id, 0 with none."""

    async def wanted(self, *, after: int, limit: int) -> list[tuple[Article, frozenset[tuple[str, int]]]]:
        """The first `limit` articles with an id above `after`, of feeds that are not private, and for each the
        languages and lengths of summary that chats want to which it is still owed."""
