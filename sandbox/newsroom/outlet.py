"""One outlet at work: its articles, how its server behaves at the moment, and who asked for what."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sandbox.newsroom.article import Article
from sandbox.newsroom.profile import Profile
from sandbox.newsroom.tally import Tally

NEWEST_IN_FEED = 20


@dataclass(frozen=True)
class Fails:
    """Answers with an error status; `times` None means until it recovers."""

    status: int
    times: int | None = None
    retry_after: int | None = None
    everywhere: bool = False


@dataclass(frozen=True)
class Hangs:
    """Takes the request and never answers."""

    everywhere: bool = False


@dataclass(frozen=True)
class Moved:
    """The feed redirects."""

    url: str
    status: int = 301
    everywhere: bool = False


@dataclass(frozen=True)
class Serves:
    """The feed's address gives these bytes whatever was published."""

    body: bytes
    content_type: str
    everywhere: bool = False


Behaviour = Fails | Hangs | Moved | Serves


class Outlet:
    """A publisher with a home page, a feed and article pages.

    `requests`, `not_modified` and `page_requests` count what was asked of the feed, how often "304" was
    enough, and what was asked of home and article pages. How it behaves concerns the feed alone, unless
    said to hold `everywhere`.
    """

    def __init__(self, profile: Profile, now: datetime) -> None:
        self.profile = profile
        self._articles: dict[str, Article] = {}
        self.not_modified = 0
        self.page_requests = 0
        self.changed = now
        self.behaviour: Behaviour | None = None
        self.released = asyncio.Event()
        self._asked = Tally()
        self._told = Tally()

    @property
    def requests(self) -> int:
        """How often the feed was asked for."""
        return self._asked.count

    @property
    def slug(self) -> str:
        """The outlet's name in paths."""
        return self.profile.slug

    @property
    def articles(self) -> list[Article]:
        """Everything published, in order."""
        return list(self._articles.values())

    @property
    def newest(self) -> list[Article]:
        """What the feed shows now: the latest articles, newest first."""
        return list(islice(reversed(self._articles.values()), NEWEST_IN_FEED))

    @property
    def published(self) -> int:
        """How many articles there are."""
        return len(self._articles)

    def article(self, article_id: str) -> Article | None:
        """The article of this id, None if there is none."""
        return self._articles.get(article_id)

    def put(self, article: Article, now: datetime) -> None:
        """Adds the article, or sets it in the place of the one with its id."""
        if article.id not in self._articles:
            self._told.add()
        self._articles[article.id] = article
        self.changed = now

    def fails_with(
        self,
        status: int,
        times: int | None = None,
        retry_after: int | None = None,
        *,
        everywhere: bool = False,
    ) -> None:
        """Answers with this status, `times` times or until it recovers; `retry_after` in seconds."""
        self._behave(Fails(status, times, retry_after, everywhere))

    def hangs(self, *, everywhere: bool = False) -> None:
        """Takes requests and answers none until it recovers."""
        self._behave(Hangs(everywhere))

    def moved_to(self, url: str, status: int = 301) -> None:
        """Redirects the feed to an absolute address or a path."""
        self._behave(Moved(url, status))

    def gone(self) -> None:
        """Answers 410 for the feed."""
        self._behave(Fails(410))

    def serves(self, raw: bytes, content_type: str = "application/rss+xml") -> None:
        """Gives these bytes as the feed, as they are."""
        self._behave(Serves(raw, content_type))

    def recovers(self) -> None:
        """Behaves well again; requests that hang are let go without an answer."""
        self._behave(None)

    def _behave(self, behaviour: Behaviour | None) -> None:
        self.behaviour = behaviour
        self.released.set()
        self.released = asyncio.Event()

    def next_behaviour(self, *, feed: bool) -> Behaviour | None:
        """How to answer the request at hand; counts down a failure that ends by itself."""
        behaviour = self.behaviour
        if behaviour is None or not (feed or behaviour.everywhere):
            return None
        if isinstance(behaviour, Fails) and behaviour.times is not None:
            left = behaviour.times - 1
            self.behaviour = replace(behaviour, times=left) if left > 0 else None
        return behaviour

    def note_request(self) -> None:
        """Counts a request for the feed and wakes those who wait for it."""
        self._asked.add()

    async def requested(self, count: int | None = None) -> None:
        """Waits until the feed was asked for `count` times in all; by default once more than now."""
        await self._asked.reaches(count)

    async def has_published(self, count: int | None = None) -> None:
        """Waits until there are `count` articles; by default one more than now."""
        await self._told.reaches(count)
