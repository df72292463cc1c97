"""One GET of a publisher's address, polite and bounded."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from news.address import host_of, normal_address
from news.errors import (
    BadAddress,
    Denied,
    FeedError,
    Gone,
    Missing,
    RefusedAddress,
    ServerTrouble,
    TooLarge,
    TooManyRedirects,
    TooManyRequests,
    TooSlow,
    UnknownHost,
    Unreachable,
)
from news.feed import Validators
from news.guard import PrivateAddress, guarded_socket
from news.hosts import Errand, Hosts

REDIRECTS = frozenset([301, 302, 303, 307, 308])
PERMANENT = frozenset([301, 308])
NAMES_NOTHING = frozenset([socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)])
FEED_TYPES = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds in all, seconds of a page, bytes after decompression, redirects."""

    seconds: float = 30.0
    page_seconds: float = 10.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with a body. `url` is where it came from at last; `moved_to` the same, where every redirect
    on the way was permanent; `fresh_for` the publisher's max-age in seconds."""

    url: str
    body: bytes
    content_type: str | None
    validators: Validators
    moved_to: str | None = None
    fresh_for: float | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing new since the validators that were sent; `moved_to` as in Fetched."""

    fresh_for: float | None = None
    moved_to: str | None = None


class Fetcher:
    """Fetches from publishers over one session, within the limits and the hosts' manners."""

    def __init__(self, session: aiohttp.ClientSession, hosts: Hosts, limits: Limits | None = None) -> None:
        self._session = session
        self._hosts = hosts
        self._limits = limits or Limits()

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
        return await self._bounded(url, _conditions(validators), errand, self._limits.seconds, authorization)

    async def fetch_page(self, url: str) -> Fetched:
        """GET an article's page. Raises FeedError."""
        answer = await self._bounded(url, {}, Errand.PAGE, self._limits.page_seconds)
        if isinstance(answer, NotModified):
            raise ServerTrouble("304 to an unconditional request")
        return answer

    async def _bounded(
        self,
        url: str,
        headers: Mapping[str, str],
        errand: Errand,
        seconds: float,
        authorization: str | None = None,
    ) -> Fetched | NotModified:
        try:
            return await self._follow(url, headers, errand, seconds, authorization)
        except TimeoutError as error:
            raise TooSlow(f"{seconds:g} s") from error
        except aiohttp.ClientError as error:
            raise _trouble(error) from error
        except (ValueError, UnicodeError) as error:
            raise Unreachable(str(error)) from error

    async def _follow(
        self, url: str, headers: Mapping[str, str], errand: Errand, seconds: float, authorization: str | None
    ) -> Fetched | NotModified:
        """Follow redirects ourselves: each hop is checked, and a move is only permanent if all of them are.

        The seconds are for all hops together; waiting at a host's gate does not count.
        """
        permanent, start, left = True, url, seconds
        known = {"Authorization": authorization} if authorization else {}
        clock = asyncio.get_running_loop().time
        for _ in range(self._limits.redirects + 1):
            async with self._hosts.visit(host_of(url), errand):
                started = clock()
                async with asyncio.timeout(left):
                    answer = await self._get(url, {**headers, **(known if _origin(url) == _origin(start) else {})})
                left -= clock() - started
            if not isinstance(answer, _Redirect):
                moved = url if permanent and url != start else None
                return _with_move(answer, moved)
            permanent = permanent and answer.permanent
            url = answer.target
        raise TooManyRedirects(start)

    async def _get(self, url: str, headers: Mapping[str, str]) -> "Fetched | NotModified | _Redirect":
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status in REDIRECTS and "Location" in response.headers:
                return _redirect(response)
            if response.status == 304:
                return NotModified(_max_age(response.headers))
            _check_status(response)
            body = await self._read(response)
            return Fetched(
                url=url,
                body=body,
                content_type=response.headers.get("Content-Type"),
                validators=Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
                fresh_for=_max_age(response.headers),
            )

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            body += chunk
            if len(body) > self._limits.size:
                response.close()
                raise TooLarge(f"over {self._limits.size} bytes")
        return bytes(body)


@asynccontextmanager
async def open_fetcher(
    *,
    user_agent: str,
    private_networks: bool = False,
    hosts: Hosts | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Fetcher]:
    """A fetcher with a session of its own; private networks are out of reach unless allowed."""
    connector = aiohttp.TCPConnector(
        limit=256, ttl_dns_cache=300, socket_factory=None if private_networks else guarded_socket
    )
    headers = {"User-Agent": user_agent, "Accept": FEED_TYPES}
    async with aiohttp.ClientSession(
        connector=connector,
        headers=headers,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        max_line_size=16_384,
        max_field_size=16_384,
    ) as session:
        yield Fetcher(session, Hosts() if hosts is None else hosts, limits)


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    permanent: bool


def _redirect(response: aiohttp.ClientResponse) -> _Redirect:
    try:
        target = normal_address(urljoin(str(response.url), response.headers["Location"].strip().replace(" ", "%20")))
    except (BadAddress, ValueError) as error:
        raise RefusedAddress("the redirect leads to no http(s) address") from error
    return _Redirect(target, response.status in PERMANENT)


def _origin(url: str) -> tuple[str, str]:
    return urlsplit(url)[:2]


def _with_move(answer: Fetched | NotModified, moved: str | None) -> Fetched | NotModified:
    return replace(answer, moved_to=moved) if moved else answer


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    pairs = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _check_status(response: aiohttp.ClientResponse) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    retry_after = _retry_after(response.headers.get("Retry-After"))
    if status == 410:
        raise Gone(str(status))
    if status == 429:
        raise TooManyRequests(str(status), retry_after=retry_after)
    if status in (401, 403, 407, 451):
        raise Denied(str(status))
    if status >= 500 or status in (408, 425):
        raise ServerTrouble(str(status), retry_after=retry_after)
    raise Missing(str(status))


def _retry_after(value: str | None) -> float | None:
    """Retry-After in seconds, given as seconds or as a date (RFC 9110, 10.2.3); at most a week is believed."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (aware - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), 7 * 86_400) if seconds == seconds else None


def _max_age(headers: Mapping[str, str]) -> float | None:
    for directive in headers.get("Cache-Control", "").split(","):
        name, _, value = directive.strip().partition("=")
        if name.lower() == "max-age" and value.strip('"').isdecimal():
            return float(value.strip('"')[:9])
    return None


def _trouble(error: aiohttp.ClientError) -> FeedError:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        reason = getattr(error.os_error, "errno", None)
        return UnknownHost(str(error.host)) if reason in NAMES_NOTHING else Unreachable("name service")
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, PrivateAddress):
        return RefusedAddress("a private address")
    if isinstance(error, aiohttp.InvalidURL):
        return RefusedAddress("not an address")
    return Unreachable(type(error).__name__)
