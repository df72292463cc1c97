"""One outlet at work: its articles, how its server behaves at the moment, and who asked for what."""

import asyncio
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sandbox.newsroom.article import Article
from sandbox.newsroom.behaviour import (
    Adds,
    Babbles,
    Behaviour,
    Bomb,
    BreaksOff,
    Circles,
    Drips,
    Encodes,
    Fails,
    Floods,
    Hangs,
    Leads,
    Mislabels,
    Moved,
    Serves,
    Slow,
    Swells,
)
from sandbox.newsroom.profile import Profile
from sandbox.newsroom.tally import Tally

NEWEST_IN_FEED = 20


class Outlet:
    """A publisher with a home page, a feed and article pages.

    `requests`, `not_modified` and `page_requests` count what was asked of the feed, how often "304" was
    enough, and what was asked of home and article pages. How it behaves concerns the feed alone, unless
    said to hold `everywhere`; the pages may have a behaviour of their own. `corrected` has the ids of articles
    that were changed.
    """

    def __init__(self, profile: Profile, now: datetime) -> None:
        self.profile = profile
        self._articles: dict[str, Article] = {}
        self.not_modified = 0
        self.page_requests = 0
        self.corrected: set[str] = set()
        self.changed = now
        self.behaviour: Behaviour | None = None
        self.page_behaviour: Behaviour | None = None
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
        if article.id in self._articles:
            self.corrected.add(article.id)
        else:
            self._told.add()
        self._articles[article.id] = article
        self.changed = now

    def fails_with(
        self, status: int, times: int | None = None, retry_after: int | str | None = None, *, everywhere: bool = False
    ) -> None:
        """Answers with this status, `times` times or until it recovers; `retry_after` in seconds, or a date."""
        self.behaves(Fails(status, times, retry_after, everywhere))

    def limits_rate(self, retry_after: int = 30, times: int | None = None) -> None:
        """Answers 429 for the feed, and asks to be left alone for so many seconds."""
        self.behaves(Fails(429, times, retry_after))

    def hangs(self, *, everywhere: bool = False) -> None:
        """Takes requests and answers none until it recovers."""
        self.behaves(Hangs(everywhere))

    def moved_to(self, url: str, status: int = 301) -> None:
        """Redirects the feed to an absolute address or a path; `profile.new_feed_path` has it at all times."""
        self.behaves(Moved(url, status))

    def gone(self) -> None:
        """Answers 410 for the feed."""
        self.behaves(Fails(410))

    def serves(self, raw: bytes, content_type: str = "application/rss+xml") -> None:
        """Gives these bytes as the feed, as they are."""
        self.behaves(Serves(raw, content_type))

    def answers_slowly(self, seconds: float, *, everywhere: bool = False) -> None:
        """Answers after so many seconds, or at once when it recovers."""
        self.behaves(Slow(seconds, everywhere))

    def drips(self, seconds: float = 1.0, chunk: int = 1) -> None:
        """Gives `chunk` bytes every so many seconds, and no end to them until it recovers."""
        self.behaves(Drips(seconds, chunk))

    def floods(self, megabytes: int | None = None) -> None:
        """Gives so many megabytes as the feed, or bytes without end, as fast as they are taken."""
        self.behaves(Floods(megabytes))

    def bombs(self, megabytes: int = 100) -> None:
        """Gives a small gzipped body that unpacks to so many megabytes."""
        self.behaves(Bomb(megabytes))

    def encodes(self, coding: str) -> None:
        """Gives the feed in this content coding whatever was accepted: "gzip", "deflate" or "identity"."""
        self.behaves(Encodes(coding))

    def mislabels(self, coding: str = "gzip") -> None:
        """Says that the feed comes in this content coding, and sends it plain."""
        self.behaves(Mislabels(coding))

    def circles(self) -> None:
        """Redirects the feed to itself."""
        self.behaves(Circles())

    def swells(self, size: int = 100_000) -> None:
        """Gives the feed with a header of so many bytes."""
        self.behaves(Swells(size))

    def leads_on(self, times: int) -> None:
        """Redirects the feed so many times in a row before it answers."""
        self.behaves(Leads(times))

    def breaks_off(self) -> None:
        """Gives the first half of the feed, gzipped, as if it were the whole."""
        self.behaves(BreaksOff())

    def adds(self, **headers: str) -> None:
        """Gives the feed with these headers, an underscore standing for each hyphen."""
        self.behaves(Adds(tuple((name.replace("_", "-"), value) for name, value in headers.items())))

    def babbles(self, raw: bytes) -> None:
        """Sends these bytes in place of an answer and hangs up."""
        self.behaves(Babbles(raw))

    def recovers(self) -> None:
        """Behaves well again, feed and pages; requests that hang or drip are let go without an answer."""
        self.page_behaviour = None
        self.behaves(None)

    def behaves(self, behaviour: Behaviour | None) -> None:
        """Behaves so until told otherwise; None is well. Requests that wait are let go."""
        self.behaviour = behaviour
        self._let_go()

    def pages_behave(self, behaviour: Behaviour | None) -> None:
        """Home and article pages behave so until told otherwise, whatever the feed does; None is as the feed's
        behaviour has it. Requests that wait are let go."""
        self.page_behaviour = behaviour
        self._let_go()

    def next_behaviour(self, *, feed: bool) -> Behaviour | None:
        """How to answer the request at hand; counts down a failure that ends by itself."""
        if self.page_behaviour is not None and not feed:
            return self.page_behaviour
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

    def _let_go(self) -> None:
        self.released.set()
        self.released = asyncio.Event()

    async def has_published(self, count: int | None = None) -> None:
        """Waits until there are `count` articles; by default one more than now."""
        await self._told.reaches(count)
