"""What bodies cost that were written to be expensive: 10 MB each, or as many as are given.

    python -m benchmarks.hostile [MEGABYTES]

Each is read as the poller reads it (news.aside). `seconds` is until the feed or the refusal was there, `longest pause`
how long the event loop, asked to wake every millisecond, was not let run meanwhile, and `outcome` what the body's
owner gets to hear. The last row is an ordinary feed, for comparison.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.table import Table

from benchmarks.outlets import FEEDS
from news.aside import read_feed
from news.errors import FeedError

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


async def outcome(body: bytes) -> str:
    """What is made of a body, in words."""
    try:
        return f"{len((await read_feed(body, url=URL)).entries):,} entries"
    except FeedError as error:
        return f"{type(error).__name__}: {error}"


async def main(megabytes: float) -> None:
    """Print the table."""
    table = Table(title="Hostile bodies")
    for heading in ("body", "MB", "seconds", "longest pause, ms", "outcome"):
        table.add_column(heading, justify="left" if heading in ("body", "outcome") else "right")
    for name, body in bodies(int(megabytes * 1e6)).items():
        async with watched() as pauses:
            began = time.perf_counter()
            said = await outcome(body)
            seconds = time.perf_counter() - began
        table.add_row(name, f"{len(body) / 1e6:.1f}", f"{seconds:.2f}", f"{max(pauses) * 1000:.0f}", said)
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
