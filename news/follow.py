"""Following a feed: from what a person typed to a subscription, or to the reason why not."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass

from news import private
from news.address import read_addresses
from news.article import Article
from news.chat import Chat
from news.choose import choices
from news.decide import feed_after_failure
from news.desk import Desk
from news.discover import NamedFeed, named_feeds
from news.errors import (
    BadAddress,
    FeedError,
    Lasting,
    Missing,
    NotAFeed,
    Passing,
    SeveralFeeds,
    TooSlow,
    Unreachable,
)
from news.feed import Feed, ParsedFeed
from news.fetch import Fetched, NotModified
from news.guess import well_known
from news.poll import read, save_answer
from news.ports import Chats
from news.secret import read_secret
from news.sites import feed_address

NAMED_FEEDS_TRIED = 3
# A person waits meanwhile.
GUESSING_SECONDS = 8.0
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
    """Subscribe a chat to the feed at an address: by its site's rule, or as it stands, or named by the page there.

    A feed that fails in a way that may mend is followed all the same. Raises BadAddress (also for a secret address
    where others would see it), SeveralFeeds where a page leaves a choice, and Lasting for trouble that will not mend;
    then nothing was written.
    """
    feed = await _find(desk, doorman, chat, text)
    fresh = await chats.follow(chat.id, feed.id, now=desk.clock())
    latest = await desk.articles.latest(feed.id, SHOWN)
    return Followed(feed, not fresh, tuple(latest))


async def _find(desk: Desk, doorman: Doorman, chat: Chat, text: str) -> Feed:
    secret = read_secret(text)
    if secret is None:
        return await _find_or_contact(desk, doorman, read_addresses(text))
    if chat.kind != "private":
        raise BadAddress("a secret is for a private chat")
    async with doorman.lock(secret.name):
        return await private.contact(desk, secret)


async def _find_or_contact(desk: Desk, doorman: Doorman, addresses: tuple[str, ...]) -> Feed:
    async with doorman.lock(addresses[-1]):
        for address in addresses:
            if found := await _in_touch(desk, address):
                return found
        return await _contact_first(desk, addresses)


async def known_by(desk: Desk, address: str) -> Feed | None:
    """The feed known by this address, or by the one that its site's rule gives."""
    return await desk.feeds.find(feed_address(address, desk.telegram)) or await desk.feeds.find(address)


async def _in_touch(desk: Desk, address: str) -> Feed | None:
    """A feed known by this address that need not be asked: it is polled anyway."""
    feed = await known_by(desk, address)
    return feed if feed and feed.contacted_at and not feed.stopped else None


async def _contact_first(desk: Desk, addresses: tuple[str, ...]) -> Feed:
    """Contact the first of these addresses that there is a connection to, the last in any case."""
    address, *others = addresses
    try:
        return await _contact(desk, address)
    except Passing as error:
        if others and isinstance(error, Unreachable | TooSlow):
            return await _contact_first(desk, tuple(others))
        return await _keep_trying(desk, feed_address(address, desk.telegram), error)


async def _keep_trying(desk: Desk, address: str, error: Passing, *names: str) -> Feed:
    """Save a feed that fails now but may mend: the poll will make first contact."""
    feed = await desk.feeds.open(address, now=desk.clock(), also=names)
    failed = feed_after_failure(feed, error, bounds=desk.bounds, now=desk.clock())
    await desk.feeds.save_check(failed)
    return failed


async def _contact(desk: Desk, address: str) -> Feed:
    """First contact by the site's rule; where there is none, or it doesn't hold, with what is at the address."""
    ruled = feed_address(address, desk.telegram)
    if ruled != address:
        with suppress(Missing, NotAFeed):
            answer = await _ask(desk, ruled)
            return await _save_contact(desk, ruled, answer, await read(answer))
    return await _contact_plainly(desk, address)


async def _contact_plainly(desk: Desk, address: str) -> Feed:
    """First contact with what is at an address: a feed, or a page that names one."""
    answer = await _ask(desk, address)
    try:
        parsed = await read(answer)
    except NotAFeed:
        return await _contact_from_page(desk, address, answer)
    return await _save_contact(desk, address, answer, parsed)


async def _ask(desk: Desk, address: str) -> Fetched:
    """What is at an address; raises NotAFeed for a 304 nobody asked for."""
    answer = await desk.fetcher.fetch_feed(address, errand=desk.errand)
    if isinstance(answer, NotModified):
        raise NotAFeed("not modified")
    return answer


async def _contact_from_page(desk: Desk, page: str, answer: Fetched) -> Feed:
    """The feed of a page: named there, linked to, or where feeds often are. Raises SeveralFeeds for a choice."""
    named = await asyncio.to_thread(named_feeds, answer.body, url=answer.url)
    several = choices(named)
    if len(several) > 1:
        raise SeveralFeeds(tuple(several))
    if not named:
        return await _contact_guessed(desk, page, answer)
    return await _contact_named(desk, page, named)


async def _contact_named(desk: Desk, page: str, named: list[NamedFeed]) -> Feed:
    """The first of these feeds, named by a page, that is one; else the first that may be one later."""
    lasting: Lasting = NotAFeed("the page names no feed")
    passing: list[tuple[str, Passing]] = []
    for feed in named[:NAMED_FEEDS_TRIED]:
        try:
            return await _contact_one(desk, page, feed.url)
        except Lasting as error:
            lasting = error
        except Passing as error:
            passing.append((feed.url, error))
    if not passing:
        raise lasting
    address, trouble = passing[0]
    return await _keep_trying(desk, address, trouble, page)


async def _contact_guessed(desk: Desk, page: str, answer: Fetched) -> Feed:
    """The feed at the first well-known path that has one."""
    if "html" in (answer.content_type or "").lower():
        with suppress(TimeoutError):
            async with asyncio.timeout(GUESSING_SECONDS):
                found = await _guess(desk, answer.url)
            if found:
                address, feed, parsed = found
                return await _save_contact(desk, address, feed, parsed, page)
    raise NotAFeed("the page names no feed")


async def _guess(desk: Desk, page: str) -> tuple[str, Fetched, ParsedFeed | None] | None:
    """What the first path gives that gives a feed; a publisher in trouble is not asked further."""
    for address in well_known(page):
        try:
            answer = await _ask(desk, address)
            return address, answer, await read(answer)
        except Lasting:
            continue
        except FeedError:
            break
    return None


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
