"""What bodies cost that were written to be expensive: feeds of 10 MB each, or as many as are given, and pages of 3 MB.

    python -m benchmarks.hostile [MEGABYTES]

Each is read as the poller reads it (news.aside). `seconds` is until the feed or the refusal was there, `longest pause`
how long the event loop, asked to wake every millisecond, was not let run meanwhile, and `outcome` what the body's
owner gets to hear. The last row of each table is ordinary, for comparison.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from rich.console import Console
from rich.table import Table

from benchmarks.outlets import FEEDS
from news.aside import read_feed, read_page
from news.errors import FeedError
from news.extract import MAX_PAGE

URL = "https://outlet.example/rss"


def bodies(size: int) -> dict[str, bytes]:
    """Hostile bodies of about this many bytes, by name."""

    def filled(start: str, piece: str, end: str = "") -> bytes:
        return (start + piece * (size // len(piece)) + end).encode()

    channel, item = "<rss><channel>", "<rss><channel><item><title>One</title>"
    text, ends = f"{item}<description><![CDATA[", "]]></description></item></channel></rss>"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return {
        "a million items, empty": filled(channel, "<item/>", "</channel></rss>"),
        "items by the hundred thousand": filled(channel, "<item><title>One</title></item>", "</channel></rss>"),
        "elements in elements": filled(channel, "<a>"),
        "attributes": f"{channel}<item ".encode() + b" ".join(b'a%d="1"' % n for n in range(size // 12)) + b"/>",
        "brackets": filled(f"{item}<title>", "<"),
        "brackets in a description": filled(text, "<", ends),
        "comments never closed": filled(text, "<!--", ends),
        "url( in a style": filled(f'{text}<p style="', "url(", f'">{ends}'),
        "dots in an author, ill-formed": filled(f"{item}<author>&", "a.", "</author></item></channel></rss>"),
        "tags in a description": filled(text, "<p>", ends),
        "a long text": filled(text, "їжак ", ends),
        "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>{channel}<title>&l11;</title>'.encode(),
        "zeros": b"\0" * size,
        "JSON, a million items": filled('{"version":"https://jsonfeed.org/version/1","items":[', "{},", "{}]}"),
        "JSON in JSON": filled("", '{"a":'),
        "an ordinary feed": FEEDS["news, RSS 2.0"],
    }


def pages(size: int) -> dict[str, bytes]:
    """Hostile pages of at most this many bytes, by name."""
    head = "<!DOCTYPE html><html><head><title>One</title></head><body>"

    def filled(piece: str, start: str = "", end: str = "") -> bytes:
        room = size - len((head + start + end).encode())
        return (head + start + piece * (room // len(piece.encode())) + end).encode()

    linked, ends = "<script type='application/ld+json'>", "</script>"
    return {
        "elements in elements": filled("<div>"),
        "tables in tables": filled("<table><tr><td>"),
        "headings in headings": filled("<h1>"),
        "paragraphs": filled("<p>x</p>"),
        "paragraphs with links, deep": filled("<p>a b <a href='/x'>c</a></p>", "<div>" * 200),
        "links": filled("<a href=x>aaaa bbbb</a>"),
        "line breaks": filled("<br>"),
        "pictures": filled("<img src=a width=999>"),
        "attributes": f"{head}<p ".encode() + b" ".join(b"a%d=x" % n for n in range(size // 11)) + b">x",
        "one long class": filled("lead ", "<div class='", "'>x</div>"),
        "a line without end": filled("їжак "),
        "lines": filled("aaa bbb ccc ddd.\n", "<article><pre>"),
        "entities": filled("&amp;lt;"),
        "meta elements": filled("<meta name='a' content='b'>"),
        "JSON-LD in JSON-LD": filled("[", linked, ends),
        "JSON-LD, many articles": filled('{"@type":"Article"},', f"{linked}[", "{}]" + ends),
        "zeros": b"\0" * size,
        "an ordinary page": (
            head + "".join(f"<p>Пором № {n} пливе до острова, вітер слабкий.</p>" for n in range(40))
        ).encode(),
    }


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """The pauses of the event loop while the block runs."""
    pauses = [0.0]

    async def watch() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            pauses.append(now - last)
            last = now

    task = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    pauses.clear()
    try:
        yield pauses
    finally:
        await asyncio.sleep(0.01)
        task.cancel()


async def of_feed(body: bytes) -> str:
    """What is made of a feed, in words."""
    return f"{len((await read_feed(body, url=URL)).entries):,} entries"


async def of_page(body: bytes) -> str:
    """What is made of a page, in words."""
    return f"{len((await read_page(body, url=URL)).text):,} characters"


async def measured(title: str, some: Mapping[str, bytes], read: Callable[[bytes], Awaitable[str]]) -> Table:
    """A table of these bodies, each read once."""
    table = Table(title=title)
    for heading in ("body", "MB", "seconds", "longest pause, ms", "outcome"):
        table.add_column(heading, justify="left" if heading in ("body", "outcome") else "right")
    for name, body in some.items():
        async with watched() as pauses:
            began = time.perf_counter()
            try:
                said = await read(body)
            except FeedError as error:
                said = f"{type(error).__name__}: {error}"
            seconds = time.perf_counter() - began
        table.add_row(name, f"{len(body) / 1e6:.1f}", f"{seconds:.2f}", f"{max(pauses) * 1000:.0f}", said)
    return table


async def main(megabytes: float) -> None:
    """Print both tables."""
    console = Console()
    console.print(await measured("Hostile feeds", bodies(int(megabytes * 1e6)), of_feed))
    console.print(await measured("Hostile pages", pages(MAX_PAGE), of_page))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
