"""Following a feed: from what a person typed to a subscription, or to the reason why not."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from news import private
from news.address import read_addresses
from news.article import Article
from news.chat import Chat
from news.decide import feed_after_failure
from news.desk import Desk
from news.errors import BadAddress
from news.feed import Feed
from news.find import Failing, Finding, Found, InTouch, find
from news.poll import save_answer
from news.ports import Chats
from news.secret import read_secret

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
    feed = await _feed(desk, doorman, chat, text)
    fresh = await chats.follow(chat.id, feed.id, now=desk.clock())
    latest = await desk.articles.latest(feed.id, SHOWN)
    return Followed(feed, not fresh, tuple(latest))


async def _feed(desk: Desk, doorman: Doorman, chat: Chat, text: str) -> Feed:
    secret = read_secret(text)
    if secret is None:
        addresses = read_addresses(text)
        async with doorman.lock(addresses[-1]):
            return await _keep(desk, await find(desk, addresses))
    if chat.kind != "private":
        raise BadAddress("a secret is for a private chat")
    async with doorman.lock(secret.name):
        return await private.contact(desk, secret)


async def _keep(desk: Desk, finding: Finding) -> Feed:
    """The feed as it is kept from now on, known by all its names."""
    match finding:
        case InTouch(feed, names):
            return await desk.feeds.open(feed.url, now=desk.clock(), also=names) if names else feed
        case Found():
            return await _save_contact(desk, finding)
        case Failing():
            return await _keep_trying(desk, finding)


async def _save_contact(desk: Desk, found: Found) -> Feed:
    """Save a feed with its entries, pushing none."""
    feed = await desk.feeds.open(found.lasting_address, now=desk.clock(), also=[found.address, *found.names])
    await save_answer(desk, feed, found.answer, found.parsed)
    return await desk.feeds.find(feed.url) or feed


async def _keep_trying(desk: Desk, failing: Failing) -> Feed:
    """Save a feed that fails now but may mend: the poll will make first contact."""
    feed = await desk.feeds.open(failing.address, now=desk.clock(), also=failing.names)
    failed = feed_after_failure(feed, failing.trouble, bounds=desk.bounds, now=desk.clock())
    await desk.feeds.save_check(failed)
    return failed
