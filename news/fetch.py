"""One GET of a publisher's address, polite and bounded."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urlsplit

import aiohttp

from news.address import host_of
from news.errors import ServerTrouble, TooLarge, TooManyRedirects, TooSlow, Unreachable
from news.extract import MAX_PAGE
from news.feed import Validators
from news.guard import guarded_socket, modest_socket
from news.hosts import Errand, Hosts
from news.large import LARGE, Place, Room
from news.reply import Redirect, max_age, redirect
from news.robots import Robots
from news.unpack import ACCEPTED, Body, most
from news.way import STRAIGHT, LookUp, Way, addresses_of

FEED_TYPES = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
# Bytes of large bodies at once: a hundred feeds with ten megabytes each would be a gigabyte.
ROOM = {Errand.PERSON: 20_000_000, Errand.POLL: 20_000_000, Errand.PAGE: 6_000_000}
# RFC 9309, 2.5: at least so much of a robots.txt has to be read.
ROBOTS_SIZE = 512_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds in all, seconds of a page, bytes after decompression, bytes of a page (of
    larger ones the beginning is taken), redirects."""

    seconds: float = 30.0
    page_seconds: float = 10.0
    size: int = 10_000_000
    page_size: int = MAX_PAGE
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with a body. `url` is where it came from at last; `moved_to` the same, where every redirect
    on the way was permanent; `fresh_for` the publisher's max-age in seconds; `place` the room that a large body takes
    up, until nobody holds the answer any more."""

    url: str
    body: bytes
    content_type: str | None
    validators: Validators
    moved_to: str | None = None
    fresh_for: float | None = None
    place: Place | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing new since the validators that were sent; `moved_to` as in Fetched."""

    fresh_for: float | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be fetched and what it may cost, waiting at a host's gate or for a place not counted.

    The authorization goes to the origin of `url` alone. `by_robots`: only where robots.txt allows it, at each hop;
    `beginning`: of what is larger than `size`, its beginning will do.
    """

    url: str
    errand: Errand
    seconds: float
    size: int
    headers: Mapping[str, str] = field(default_factory=dict)
    authorization: str | None = None
    by_robots: bool = False
    beginning: bool = False


class Fetcher:
    """Fetches from publishers over one session, within the limits and the hosts' manners, by the way given."""

    def __init__(
        self, session: aiohttp.ClientSession, hosts: Hosts, limits: Limits | None = None, way: Way = STRAIGHT
    ) -> None:
        self._session = session
        self._hosts = hosts
        self._limits = limits or Limits()
        self._way = way
        self._robots = Robots(self._robots_txt)
        self._rooms = {errand: Room(size) for errand, size in ROOM.items()}

    async def fetch_feed(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        errand: Errand = Errand.POLL,
        authorization: str | None = None,
    ) -> Fetched | NotModified:
        """GET a feed, conditionally where validators are known. Raises FeedError.

        The authorization is a header for the origin of `url`: no redirect takes it to another.
        """
        limits, headers = self._limits, _conditions(validators)
        return await self._grant(_Wish(url, errand, limits.seconds, limits.size, headers, authorization))

    async def fetch_page(self, url: str) -> Fetched:
        """GET an article's page, if robots.txt allows it. Raises FeedError."""
        limits = self._limits
        wish = _Wish(url, Errand.PAGE, limits.page_seconds, limits.page_size, by_robots=True, beginning=True)
        return await self._grant_whole(wish)

    async def _robots_txt(self, url: str) -> bytes:
        """GET the beginning of a robots.txt. Raises FeedError."""
        wish = _Wish(url, Errand.PAGE, self._limits.page_seconds, ROBOTS_SIZE, beginning=True)
        return (await self._grant_whole(wish)).body

    async def _grant_whole(self, wish: _Wish) -> Fetched:
        answer = await self._grant(wish)
        if isinstance(answer, NotModified):
            raise ServerTrouble("304 to an unconditional request")
        return answer

    async def _grant(self, wish: _Wish) -> Fetched | NotModified:
        try:
            return await self._follow(wish)
        except TimeoutError as error:
            raise TooSlow(f"{wish.seconds:g} s") from error
        except aiohttp.ClientError as error:
            raise self._way.trouble(error) from error
        except (ValueError, UnicodeError) as error:
            raise Unreachable(str(error)) from error

    async def _follow(self, wish: _Wish) -> Fetched | NotModified:
        """Follow redirects ourselves: each hop is checked, and a move is only permanent if all of them are."""
        permanent, url, left = True, wish.url, wish.seconds
        clock = asyncio.get_running_loop().time
        for _ in range(self._limits.redirects + 1):
            if wish.by_robots:
                await self._robots.check(url)
            async with self._hosts.visit(host_of(url), wish.errand):
                started = clock()
                async with asyncio.timeout(left) as time:
                    answer = await self._get(url, wish, time)
                left -= clock() - started
            if not isinstance(answer, Redirect):
                return replace(answer, moved_to=url) if permanent and url != wish.url else answer
            permanent = permanent and answer.permanent
            url = answer.target
        raise TooManyRedirects(wish.url)

    async def _get(self, url: str, wish: _Wish, time: asyncio.Timeout) -> Fetched | NotModified | Redirect:
        await self._way.check(url)
        known = {"Authorization": wish.authorization} if wish.authorization and _same_origin(url, wish.url) else {}
        headers = {**wish.headers, **known}
        async with self._session.get(url, headers=headers, allow_redirects=False, proxy=self._way.proxy) as response:
            if elsewhere := redirect(response):
                return elsewhere
            if response.status == 304:
                return NotModified(max_age(response.headers))
            self._way.check_status(response)
            body, place = await self._read(response, wish, time)
            return Fetched(
                url=url,
                body=body,
                content_type=response.headers.get("Content-Type"),
                validators=Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
                fresh_for=max_age(response.headers),
                place=place,
            )

    async def _read(
        self, response: aiohttp.ClientResponse, wish: _Wish, time: asyncio.Timeout
    ) -> tuple[bytes, Place | None]:
        """The body, and the place it takes up if it is large."""
        coding, length = response.headers.get("Content-Encoding"), response.content_length
        body, size_at_most = Body(coding, limit=wish.size), most(coding, length, limit=wish.size)
        room, place = self._rooms[wish.errand], None
        try:
            # One that says it is large waits before anything of it is taken in.
            if length is not None and min(length, wish.size) > LARGE:
                place = await _without_haste(room.take(size_at_most), time)
            async for chunk in response.content.iter_chunked(65_536):
                for size in body.taking(chunk):
                    if size > LARGE and place is None:
                        place = await _without_haste(room.take(size_at_most), time)
            content = body.whole()
        except TooLarge:
            response.close()
            if not wish.beginning:
                raise
            content = body.beginning()
        if place is not None:
            place.shrink(len(content))
        return content, place


@asynccontextmanager
async def open_fetcher(
    *,
    user_agent: str,
    private_networks: bool = False,
    proxy: str | None = None,
    hosts: Hosts | None = None,
    limits: Limits | None = None,
    connector: aiohttp.TCPConnector | None = None,
    look_up: LookUp = addresses_of,
) -> AsyncIterator[Fetcher]:
    """A fetcher with a session of its own, through a proxy (see read_proxy) if there is one.

    Private networks are out of reach unless allowed; a connector of the caller's has to see to that itself. Behind a
    proxy targets are looked up with `look_up`.
    """
    guarded = not private_networks
    way = Way(proxy, look_up if guarded else None) if proxy else STRAIGHT
    socket_factory = guarded_socket if guarded and not proxy else modest_socket
    headers = {"User-Agent": user_agent, "Accept": FEED_TYPES, "Accept-Encoding": ACCEPTED}
    async with aiohttp.ClientSession(
        connector=connector or aiohttp.TCPConnector(limit=256, ttl_dns_cache=300, socket_factory=socket_factory),
        headers=headers,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        auto_decompress=False,
        # Where a body waits for room this much of it waits here.
        read_bufsize=16_384,
        max_line_size=16_384,
        max_field_size=16_384,
    ) as session:
        yield Fetcher(session, Hosts() if hosts is None else hosts, limits, way)


async def _without_haste(waiting: Awaitable[T], time: asyncio.Timeout) -> T:
    """What is waited for, while the time left stands still."""
    clock = asyncio.get_running_loop().time
    left = (time.when() or clock()) - clock()
    time.reschedule(None)
    try:
        return await waiting
    finally:
        time.reschedule(clock() + left)


def _same_origin(one: str, other: str) -> bool:
    return urlsplit(one)[:2] == urlsplit(other)[:2]


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    pairs = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in pairs.items() if value}
