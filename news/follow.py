"""Following a feed: from what a person typed to a subscription, or to the reason why not."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from news.address import read_addresses
from news.article import Article
from news.chat import Chat
from news.decide import feed_after_failure
from news.desk import Desk
from news.discover import feed_links
from news.errors import Lasting, NotAFeed, Passing, TooSlow, Unreachable
from news.feed import Feed, ParsedFeed
from news.fetch import Fetched, NotModified
from news.hosts import Errand
from news.poll import read, save_answer
from news.ports import Chats

NAMED_FEEDS_TRIED = 3
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed now followed (`already` before?), its newest articles; `feed.problem` says if it fails at present."""

    feed: Feed
    already: bool
    latest: tuple[Article, ...]


class Doorman:
    """Lets one at a time make first contact with an address, so that a crowd asking for it costs one fetch."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def lock(self, url: str) -> asyncio.Lock:
        """The lock for this address."""
        if len(self._locks) > 1000:
            for idle in [name for name, lock in self._locks.items() if not lock.locked()]:
                del self._locks[idle]
        return self._locks[url]


async def follow(desk: Desk, chats: Chats, doorman: Doorman, chat: Chat, text: str) -> Followed:
    """Subscribe a chat to the feed at an address, or to the one that the page there names.

    A feed that fails in a way that may mend is followed all the same. Raises BadAddress, and Lasting for
    trouble that will not mend; then nothing was written.
    """
    feed = await _find_or_contact(desk, doorman, read_addresses(text))
    fresh = await chats.follow(chat.id, feed.id, now=desk.clock())
    latest = await desk.articles.latest(feed.id, SHOWN)
    return Followed(feed, not fresh, tuple(latest))


async def _find_or_contact(desk: Desk, doorman: Doorman, addresses: tuple[str, ...]) -> Feed:
    async with doorman.lock(addresses[-1]):
        for address in addresses:
            if found := await _in_touch(desk, address):
                return found
        return await _contact_first(desk, addresses)


async def _in_touch(desk: Desk, address: str) -> Feed | None:
    """A feed known by this address that need not be asked: it is polled anyway."""
    feed = await desk.feeds.find(address)
    return feed if feed and feed.contacted_at and not feed.stopped else None


async def _contact_first(desk: Desk, addresses: tuple[str, ...]) -> Feed:
    """Contact the first of these addresses that there is a connection to, the last in any case."""
    address, *others = addresses
    try:
        return await _contact(desk, address)
    except Passing as error:
        if others and isinstance(error, Unreachable | TooSlow):
            return await _contact_first(desk, tuple(others))
        return await _keep_trying(desk, address, error)


async def _keep_trying(desk: Desk, address: str, error: Passing, *names: str) -> Feed:
    """Save a feed that fails now but may mend: the poll will make first contact."""
    feed = await desk.feeds.open(address, now=desk.clock(), also=names)
    failed = feed_after_failure(feed, error, bounds=desk.bounds, now=desk.clock())
    await desk.feeds.save_check(failed)
    return failed


async def _contact(desk: Desk, address: str) -> Feed:
    """First contact with what is at an address: a feed, or a page that names one."""
    answer = await _ask(desk, address)
    try:
        parsed = await read(answer)
    except NotAFeed:
        return await _contact_named(desk, address, answer)
    return await _save_contact(desk, address, answer, parsed)


async def _ask(desk: Desk, address: str) -> Fetched:
    """What is at an address, asked for by a person; raises NotAFeed for a 304 nobody asked for."""
    answer = await desk.fetcher.fetch_feed(address, errand=Errand.PERSON)
    if isinstance(answer, NotModified):
        raise NotAFeed("not modified")
    return answer


async def _contact_named(desk: Desk, page: str, answer: Fetched) -> Feed:
    """The first of the feeds named by a page that is one; else the first that may be one later."""
    named = await asyncio.to_thread(feed_links, answer.body, url=answer.url)
    lasting: Lasting = NotAFeed("the page names no feed")
    passing: list[tuple[str, Passing]] = []
    for address in named[:NAMED_FEEDS_TRIED]:
        try:
            return await _contact_one(desk, page, address)
        except Lasting as error:
            lasting = error
        except Passing as error:
            passing.append((address, error))
    if not passing:
        raise lasting
    address, trouble = passing[0]
    return await _keep_trying(desk, address, trouble, page)


async def _contact_one(desk: Desk, page: str, address: str) -> Feed:
    """A feed that a page names: asked, unless it is polled anyway."""
    if known := await _in_touch(desk, address):
        return await desk.feeds.open(known.url, now=desk.clock(), also=[page])
    answer = await _ask(desk, address)
    return await _save_contact(desk, address, answer, await read(answer), page)


async def _save_contact(desk: Desk, address: str, answer: Fetched, parsed: ParsedFeed | None, *names: str) -> Feed:
    """Save a feed with its entries, pushing none; a permanent move on the way is taken at its word."""
    feed = await desk.feeds.open(answer.moved_to or address, now=desk.clock(), also=[address, *names])
    await save_answer(desk, feed, answer, parsed)
    return await desk.feeds.find(feed.url) or feed
