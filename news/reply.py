"""What a publisher's reply means: pure."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import aiohttp

from news.address import normal_address
from news.errors import (
    BadAddress,
    Denied,
    FeedError,
    Gone,
    Missing,
    RefusedAddress,
    ServerTrouble,
    TooManyRequests,
    UnknownHost,
    Unreachable,
)
from news.guard import PrivateAddress

REDIRECTS = frozenset([301, 302, 303, 307, 308])
PERMANENT = frozenset([301, 308])
NAMES_NOTHING = frozenset([socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)])


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a reply sends us, and whether for good."""

    target: str
    permanent: bool


def redirect(response: aiohttp.ClientResponse) -> Redirect | None:
    """The redirect that a reply is, None where it is none; raises RefusedAddress where it leads nowhere."""
    if response.status not in REDIRECTS or "Location" not in response.headers:
        return None
    try:
        target = normal_address(urljoin(str(response.url), response.headers["Location"].strip().replace(" ", "%20")))
    except (BadAddress, ValueError) as error:
        raise RefusedAddress("the redirect leads to no http(s) address") from error
    return Redirect(target, response.status in PERMANENT)


def check_status(status: int, headers: Mapping[str, str]) -> None:
    """Raises the FeedError that a status means, if it means any."""
    if 200 <= status < 300:
        return
    retry_after = _retry_after(headers.get("Retry-After"))
    if status == 410:
        raise Gone(str(status))
    if status == 429:
        raise TooManyRequests(str(status), retry_after=retry_after)
    if status in (401, 403, 407, 451):
        raise Denied(str(status))
    if status >= 500 or status in (408, 425):
        raise ServerTrouble(str(status), retry_after=retry_after)
    raise Missing(str(status))


def max_age(headers: Mapping[str, str]) -> float | None:
    """For how many seconds the publisher calls a reply fresh."""
    for directive in headers.get("Cache-Control", "").split(","):
        name, _, value = directive.strip().partition("=")
        if name.lower() == "max-age" and value.strip('"').isdecimal():
            return float(value.strip('"')[:9])
    return None


def trouble(error: aiohttp.ClientError) -> FeedError:
    """What it means that no reply came."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return unresolved(error.os_error, str(error.host))
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, PrivateAddress):
        return RefusedAddress("a private address")
    if isinstance(error, aiohttp.InvalidURL):
        return RefusedAddress("not an address")
    return Unreachable(type(error).__name__)


def unresolved(error: OSError, host: str) -> FeedError:
    """What it means that a host's name could not be looked up."""
    known_not_to_be = getattr(error, "errno", None) in NAMES_NOTHING
    return UnknownHost(host) if known_not_to_be else Unreachable("name service")


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
