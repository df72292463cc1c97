"""The way out to publishers: straight, or through an HTTP proxy.

Behind a proxy the guard of sockets sees only the proxy, which may well be on a private address. So the target of each
hop is looked up here first; what the proxy itself makes of the name afterwards is beyond us.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import aiohttp
from yarl import URL

from news.errors import BadAddress, FeedError, NoWayOut, RefusedAddress, Unreachable
from news.guard import is_public
from news.reply import check_status, trouble, unresolved

LookUp = Callable[[str], Awaitable[Sequence[str]]]
# The proxy's answer to CONNECT where it is willing, and does not reach the target.
_NOT_REACHED = frozenset([502, 503, 504])
_FORM = re.compile(r"http://([^\s/?#@:]+:[^\s/?#@:]*@)?([a-z0-9._-]+|\[[0-9a-f:.]+\]):\d{1,5}/?", re.IGNORECASE)


async def addresses_of(host: str) -> list[str]:
    """The IP addresses that a host's name, or any spelling of an address, leads to. Raises OSError."""
    rows = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


@dataclass(frozen=True, slots=True)
class Way:
    """Through `proxy`, an address as read_proxy gives it, or straight where there is none.

    `look_up` finds the addresses of targets that must be public; None where that is not asked for, or is seen to
    elsewhere.
    """

    proxy: str | None = field(default=None, repr=False)
    look_up: LookUp | None = None

    async def check(self, url: str) -> None:
        """Raises RefusedAddress for a target on a private address, UnknownHost or Unreachable for one unknown."""
        if self.look_up is None:
            return
        host = URL(url).raw_host or ""
        try:
            addresses = await self.look_up(host)
        except OSError as error:
            raise unresolved(error, host) from error
        if not all(is_public(address) for address in addresses):
            raise RefusedAddress("a private address")

    def check_status(self, response: aiohttp.ClientResponse) -> None:
        """Raises the FeedError that a status means, if it means any."""
        if self.proxy and response.status == 407:
            raise NoWayOut("407")
        check_status(response.status, response.headers)

    def trouble(self, error: aiohttp.ClientError) -> FeedError:
        """What it means that no reply came."""
        if isinstance(error, aiohttp.ClientHttpProxyError):
            answer = f"{error.status} to CONNECT"
            return Unreachable(answer) if error.status in _NOT_REACHED else NoWayOut(answer)
        if isinstance(error, aiohttp.ClientProxyConnectionError) or (
            self.proxy and isinstance(error, aiohttp.ClientConnectorDNSError)
        ):
            return NoWayOut(type(error).__name__)
        return trouble(error)


STRAIGHT = Way()


def read_proxy(text: str) -> str:
    """A proxy's address, http://[name:password@]host:port. Raises BadAddress, which does not repeat it."""
    text = text.strip()
    parts = urlsplit(text) if _FORM.fullmatch(text) else None
    if parts is None or not 0 < int(parts.netloc.rpartition(":")[2]) < 65_536:
        raise BadAddress("not a proxy's address")
    try:
        known_as = unquote(parts.username or "", errors="strict")
        f"{known_as}:{unquote(parts.password or '', errors='strict')}".encode("latin-1")
    except UnicodeError:
        raise BadAddress("letters that HTTP has no place for") from None
    if ":" in known_as:
        raise BadAddress("a colon in the name")
    return text
