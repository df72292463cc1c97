"""Thousands of feeds, each on a loopback host of its own (127.x.y.z), cheap to keep and to serve.

async with serve_crowd(feeds=5000) as crowd:
    crowd.urls[17]
    title = crowd.publish(17)
    await crowd.requested(5000)
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime

from sandbox.newsroom.loopback import BACKLOG, host, listen_anyhow
from sandbox.newsroom.newsroom import utc_now
from sandbox.newsroom.tally import Tally

FEED_PATH = "/feed.xml"
# No headline of one feed is another's: a bot that knows stories would fold them.
# fmt: off
_WORDS = (
    "маяк", "пором", "затока", "вітер", "трамвай", "ліхтар", "пекар", "міст", "острів", "хвиля", "бджола", "млин",
    "вежа", "човен", "яблуня", "дзвін", "берег", "сніг", "комета", "тюлень", "риф", "якір", "скеля", "туман",
    "вітрило", "джерело", "стежка", "ратуша", "верф", "причал", "лелека", "горіх", "глина", "сопілка",
)
# fmt: on
_OPENING = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
_END = "</channel></rss>\n"


class CrowdFeed:
    """One feed: it keeps counts and dates, its words are made when it is asked."""

    def __init__(self, number: int, dates: Sequence[str]) -> None:
        self.number = number
        self.requests = 0
        self.not_modified = 0
        self._shown = len(dates)
        # Those of its first items are shared by the crowd.
        self._dates = dates

    @property
    def published(self) -> int:
        """How many items there have been."""
        return len(self._dates)

    @property
    def etag(self) -> str:
        """What the body is known by."""
        return f'"{self.number}-{self.published}"'

    def publish(self, now: datetime) -> str:
        """One more item; gives its title."""
        self._dates = [*self._dates, format_datetime(now)]
        return self.title(self.published)

    def title(self, item: int) -> str:
        """The title of an item, counted from 1."""
        mixed = (self.number * 2_654_435_761 + item * 40_503) & 0xFFFFFFFF
        words = [_WORDS[(mixed >> shift) % len(_WORDS)] for shift in (0, 6, 12, 18, 24)]
        return f"{' '.join(words).capitalize()}, № {self.number}-{item}"

    def body(self) -> bytes:
        """The feed as RSS: its latest items, newest first. Links are relative to it."""
        latest = range(self.published, self.published - self._shown, -1)
        items = "".join(map(self._item, latest))
        return f"{_OPENING}<title>Стрічка № {self.number}</title><link>/</link>{items}{_END}".encode()

    def _item(self, item: int) -> str:
        title, date = self.title(item), self._dates[item - 1]
        return (
            f"<item><title>{title}</title><link>/{item}.html</link><guid isPermaLink='false'>{item}</guid>"
            f"<pubDate>{date}</pubDate><description>{title}. Нічого з цього не сталося.</description></item>\n"
        )


class Crowd:
    """Many feeds that are served; `port` is the same on every host."""

    def __init__(self, feeds: int, items: int, now: Callable[[], datetime]) -> None:
        self._now = now
        dates = [format_datetime(now() - timedelta(minutes=back)) for back in range(items, 0, -1)]
        self.port = 0
        self.feeds = [CrowdFeed(number, dates) for number in range(feeds)]
        self._by_host = {host(feed.number): feed for feed in self.feeds}
        self._asked = Tally()

    @property
    def urls(self) -> list[str]:
        """The addresses of the feeds, in their order."""
        return [f"http://{host(feed.number)}:{self.port}{FEED_PATH}" for feed in self.feeds]

    @property
    def requests(self) -> int:
        """How often feeds were asked for in all."""
        return self._asked.count

    @property
    def not_modified(self) -> int:
        """How often "304" was enough."""
        return sum(feed.not_modified for feed in self.feeds)

    def publish(self, number: int) -> str:
        """Lets a feed publish one more item; gives its title."""
        return self.feeds[number].publish(self._now())

    async def requested(self, count: int | None = None) -> None:
        """Waits until feeds were asked for `count` times in all; by default once more than now."""
        await self._asked.reaches(count)

    def answer(self, address: str, request: bytes) -> bytes:
        """The answer to a request that reached this address."""
        feed = self._by_host.get(address)
        method, _, rest = request.partition(b" ")
        if feed is None or method != b"GET" or rest.partition(b" ")[0] != FEED_PATH.encode():
            return _response("404 Not Found")
        self._asked.add()
        feed.requests += 1
        if feed.etag.encode() in _header(request, b"if-none-match"):
            feed.not_modified += 1
            return _response("304 Not Modified", etag=feed.etag)
        return _response("200 OK", feed.body(), etag=feed.etag)


@asynccontextmanager
async def serve_crowd(
    feeds: int = 1000,
    items: int = 30,
    *,
    now: Callable[[], datetime] = utc_now,
    listen: Callable[[Sequence[str]], list[socket.socket]] | None = None,
) -> AsyncIterator[Crowd]:
    """Serves so many feeds of so many items, on loopback only. Raises OSError where that can't be had.

    `listen` gives the sockets for the hosts; by default one for all where the system allows it, else one each.
    """
    crowd = Crowd(feeds, items, now)
    loop = asyncio.get_running_loop()
    sockets = (listen or listen_anyhow)([host(number) for number in range(feeds)])
    lines: set[asyncio.Transport] = set()
    servers = [await loop.create_server(lambda: _Line(crowd, lines), sock=one, backlog=BACKLOG) for one in sockets]
    crowd.port = sockets[0].getsockname()[1]
    try:
        yield crowd
    finally:
        for server in servers:
            server.close()
        for line in lines.copy():
            line.abort()


class _Line(asyncio.Protocol):
    """One connection: requests without bodies, one after the other."""

    def __init__(self, crowd: Crowd, open_lines: set[asyncio.Transport]) -> None:
        self._crowd = crowd
        self._open_lines = open_lines
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open_lines.add(transport)
        self._address = transport.get_extra_info("sockname")[0]

    def connection_lost(self, _: Exception | None) -> None:
        self._open_lines.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        *requests, self._heard = (self._heard + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(self._crowd.answer(self._address, request))
        if len(self._heard) > 65_536:
            self._transport.abort()


def _header(request: bytes, name: bytes) -> bytes:
    lines = (line.partition(b":") for line in request.split(b"\r\n")[1:])
    return next((value for found, _, value in lines if found.strip().lower() == name), b"")


def _response(status: str, body: bytes = b"", *, etag: str = "") -> bytes:
    facts = f"ETag: {etag}\r\nContent-Type: application/rss+xml; charset=utf-8\r\n" if etag else ""
    length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\n{facts}{length}\r\n".encode() + body
