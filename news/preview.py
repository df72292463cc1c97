"""What following a feed would bring, before anybody follows it: nothing is written for that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from news.address import read_addresses
from news.desk import Desk
from news.errors import Problem
from news.feed import Entry, Feed, ParsedFeed
from news.find import Failing, Finding, Found, InTouch, find
from news.frequency import articles_a_day

SHOWN = 3
# So many dates tell how often a feed writes.
DATED = 50


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An article as a preview shows it."""

    title: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A feed before it is followed: `address` is what to follow it by.

    `title` may be empty. `a_day` is how many articles it writes, None where that can't be told; `feed` what is kept of
    it already, None for one that nobody asked for yet; `problem` why it can't be read now, in a way that may mend.
    """

    address: str
    title: str
    latest: tuple[Glimpse, ...] = ()
    a_day: float | None = None
    feed: Feed | None = None
    problem: Problem | None = None


async def preview(desk: Desk, text: str) -> Preview:
    """The feed that a person's text leads to. Raises BadAddress, SeveralFeeds and Lasting as `follow` does.

    Not for secrets: their addresses would have to be kept until somebody decides.
    """
    return await _seen(desk, await find(desk, read_addresses(text)))


async def preview_of(desk: Desk, feed: Feed) -> Preview:
    """A feed that is kept, as it was read the last time."""
    articles = await desk.articles.latest(feed.id, DATED)
    return Preview(
        address=feed.url,
        title=feed.title,
        latest=_glimpses((article.title, article.link) for article in articles),
        a_day=articles_a_day((article.published_at for article in articles), now=desk.clock()),
        feed=feed,
        problem=feed.problem,
    )


async def _seen(desk: Desk, finding: Finding) -> Preview:
    match finding:
        case InTouch(feed):
            return await preview_of(desk, feed)
        case Found():
            known = await desk.feeds.find(finding.lasting_address)
            return _read(finding, known, now=desk.clock())
        case Failing(address, trouble):
            return Preview(address, "", feed=await desk.feeds.find(address), problem=trouble.problem)


def _read(found: Found, known: Feed | None, *, now: datetime) -> Preview:
    read = found.parsed or ParsedFeed("", None, ())
    entries = _newest_first(read.entries, now)
    return Preview(
        address=found.lasting_address,
        title=read.title,
        latest=_glimpses((entry.title, entry.link) for entry in entries),
        a_day=articles_a_day((entry.published for entry in entries[:DATED]), now=now),
        feed=known,
    )


def _newest_first(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Entries without a date are as new as can be, as when they are saved."""
    return sorted(entries, key=lambda entry: min(entry.published or now, now), reverse=True)


def _glimpses(said: Iterable[tuple[str, str | None]]) -> tuple[Glimpse, ...]:
    told = (Glimpse(title or link or "", link) for title, link in said if title or link)
    return tuple(islice(told, SHOWN))
