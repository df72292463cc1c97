"""Finding the feed that an address means: asks publishers, and writes nothing."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

from news.choose import choices
from news.desk import Desk
from news.discover import NamedFeed, named_feeds
from news.errors import FeedError, Lasting, Missing, NotAFeed, Passing, SeveralFeeds, TooSlow, Unreachable
from news.feed import Feed, ParsedFeed
from news.fetch import Fetched, NotModified
from news.guess import well_known
from news.poll import read
from news.sites import feed_address

NAMED_FEEDS_TRIED = 3
# A person waits meanwhile.
GUESSING_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class InTouch:
    """A feed that need not be asked: it is polled anyway. `names` are further addresses it was found under."""

    feed: Feed
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A feed as its publisher gave it just now, at `address`."""

    address: str
    answer: Fetched
    parsed: ParsedFeed | None
    names: tuple[str, ...] = ()

    @property
    def lasting_address(self) -> str:
        """Where it is from now on: a permanent move on the way is taken at its word."""
        return self.answer.moved_to or self.address


@dataclass(frozen=True, slots=True)
class Failing:
    """An address that fails now, in a way that may mend."""

    address: str
    trouble: Passing
    names: tuple[str, ...] = ()


Finding = InTouch | Found | Failing


async def known_by(desk: Desk, address: str) -> Feed | None:
    """The feed known by this address, or by the one that its site's rule gives."""
    return await desk.feeds.find(feed_address(address, desk.telegram)) or await desk.feeds.find(address)


async def find(desk: Desk, addresses: tuple[str, ...]) -> Finding:
    """The feed at the first of these addresses that there is a connection to: by its site's rule, or as it stands, or
    named by the page there.

    Raises SeveralFeeds where a page leaves a choice, and Lasting for trouble that will not mend.
    """
    for address in addresses:
        if feed := await _in_touch(desk, address):
            return InTouch(feed)
    return await _ask_first(desk, addresses)


async def _in_touch(desk: Desk, address: str) -> Feed | None:
    """A feed known by this address that need not be asked."""
    feed = await known_by(desk, address)
    return feed if feed and feed.contacted_at and not feed.stopped else None


async def _ask_first(desk: Desk, addresses: tuple[str, ...]) -> Finding:
    address, *others = addresses
    try:
        return await _look(desk, address)
    except Passing as error:
        if others and isinstance(error, Unreachable | TooSlow):
            return await _ask_first(desk, tuple(others))
        return Failing(feed_address(address, desk.telegram), error)


async def _look(desk: Desk, address: str) -> Finding:
    """By the site's rule; where there is none, or it doesn't hold, what is at the address."""
    ruled = feed_address(address, desk.telegram)
    if ruled != address:
        with suppress(Missing, NotAFeed):
            return await _feed_at(desk, ruled)
    return await _look_plainly(desk, address)


async def _look_plainly(desk: Desk, address: str) -> Finding:
    """What is at an address: a feed, or a page that names one."""
    answer = await _ask(desk, address)
    try:
        return Found(address, answer, await read(answer))
    except NotAFeed:
        return await _look_on_page(desk, address, answer)


async def _feed_at(desk: Desk, address: str) -> Found:
    answer = await _ask(desk, address)
    return Found(address, answer, await read(answer))


async def _ask(desk: Desk, address: str) -> Fetched:
    """What is at an address; raises NotAFeed for a 304 nobody asked for."""
    answer = await desk.fetcher.fetch_feed(address, errand=desk.errand)
    if isinstance(answer, NotModified):
        raise NotAFeed("not modified")
    return answer


async def _look_on_page(desk: Desk, page: str, answer: Fetched) -> Finding:
    """The feed of a page: named there, linked to, or where feeds often are. Raises SeveralFeeds for a choice."""
    named = await asyncio.to_thread(named_feeds, answer.body, url=answer.url)
    several = choices(named)
    if len(several) > 1:
        raise SeveralFeeds(tuple(several))
    found = await _named(desk, page, named) if named else await _guessed(desk, answer)
    return replace(found, names=(page,))


async def _named(desk: Desk, page: str, named: list[NamedFeed]) -> Finding:
    """The first of these feeds, named by a page, that is one; else the first that may be one later."""
    lasting: Lasting = NotAFeed("the page names no feed")
    passing: list[Failing] = []
    for feed in named[:NAMED_FEEDS_TRIED]:
        try:
            kept = await _in_touch(desk, feed.url)
            return InTouch(kept) if kept else await _feed_at(desk, feed.url)
        except Lasting as error:
            lasting = error
        except Passing as error:
            passing.append(Failing(feed.url, error))
    if not passing:
        raise lasting
    return passing[0]


async def _guessed(desk: Desk, answer: Fetched) -> Finding:
    """The feed at the first well-known path that has one."""
    if "html" in (answer.content_type or "").lower():
        with suppress(TimeoutError):
            async with asyncio.timeout(GUESSING_SECONDS):
                if found := await _guess(desk, answer.url):
                    return found
    raise NotAFeed("the page names no feed")


async def _guess(desk: Desk, page: str) -> Found | None:
    """What the first path gives that gives a feed; a publisher in trouble is not asked further."""
    for address in well_known(page):
        try:
            return await _feed_at(desk, address)
        except Lasting:
            continue
        except FeedError:
            break
    return None
