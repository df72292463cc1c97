"""Whether feeds are read as feedparser reads them, and how fast.

    python -m benchmarks.parsing [FOLDER]

The first table: feedparser's own test feeds, from its source distribution (fetched with pip into a temporary folder,
or FOLDER, unpacked), each with the headers that its comment says. `equal` is the share, of the feeds whose entries
have a title, link or id, in which every entry has the same title as plain text, the same absolute link and the same
id; `foreign errors` are exceptions other than this project's own; `surely` is the share that needed no feedparser;
`differs` counts those of them that feedparser reads differently in any field of any entry. The second table: feeds of
30 items as outlets write them, milliseconds each (the best of many, in turns), with plain feedparser beside.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import feedparser
from rich.console import Console
from rich.table import Table

from benchmarks.outlets import FEEDS, URL
from news.address import absolute_link
from news.errors import NewsError
from news.feed import ParsedFeed
from news.parse import parse_feed, parse_quickly
from news.parse_patiently import parse_patiently
from news.parse_surely import parse_surely
from news.text import headline

HEADER = re.compile(rb"^Header:\s+([^:]+):(.+)$", re.MULTILINE)
TURNS = 40
console = Console()


@dataclass(frozen=True)
class Sample:
    """A test feed as a server would have sent it."""

    name: str
    body: bytes
    url: str
    content_type: str | None


@dataclass
class Tally:
    """What was counted; seconds by reader."""

    feeds: int = 0
    comparable: int = 0
    equal: int = 0
    surely: int = 0
    differs: int = 0
    foreign: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: {"ours": 0.0, "feedparser": 0.0})


def samples(folder: Path) -> Iterator[Sample]:
    """The test feeds in a folder, however deep."""
    for path in sorted(folder.rglob("*.xml")):
        body = path.read_bytes()
        said = {name.decode().lower(): value.decode("utf-8", "replace").strip() for name, value in HEADER.findall(body)}
        url = said.get("content-location", "http://127.0.0.1:8097/") or "http://127.0.0.1:8097/"
        yield Sample(str(path.relative_to(folder)), body, url, said.get("content-type"))


def compare(sample: Sample, tally: Tally) -> None:
    """Read one feed in every way and note what came of it."""
    tally.feeds += 1
    theirs = timed(tally, "feedparser", lambda: plain_feedparser(sample))
    try:
        ours = timed(tally, "ours", lambda: ours_or_none(sample))
    except Exception as error:
        tally.foreign.append(f"{sample.name}: {type(error).__name__}")
        return
    check_surely(sample, tally)
    if any(entry.get("title") or entry.get("link") or entry.get("id") for entry in theirs):
        tally.comparable += 1
        is_equal = ours is not None and identities(ours) == [identity(entry, sample.url) for entry in theirs]
        tally.equal += is_equal
        tally.unequal += [] if is_equal else [sample.name]


def timed(tally: Tally, name: str, read: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    try:
        return read()
    finally:
        tally.seconds[name] += time.perf_counter() - began


def plain_feedparser(sample: Sample) -> list[Any]:
    headers = {"content-location": sample.url, "content-type": sample.content_type or "application/xml"}
    return feedparser.parse(sample.body, response_headers=headers).entries  # type: ignore[no-any-return]


def ours_or_none(sample: Sample) -> ParsedFeed | None:
    try:
        return parse_feed(sample.body, url=sample.url, content_type=sample.content_type)
    except NewsError:
        return None


def check_surely(sample: Sample, tally: Tally) -> None:
    arguments = {"url": sample.url, "content_type": sample.content_type}
    fast = parse_surely(sample.body, **arguments)  # type: ignore[arg-type]
    if fast is not None:
        tally.surely += 1
        tally.differs += fast != parse_patiently(sample.body, **arguments)  # type: ignore[arg-type]


def identities(feed: ParsedFeed) -> list[tuple[str, str | None, str | None]]:
    return [(entry.title, entry.link, entry.guid) for entry in feed.entries]


def identity(entry: Any, url: str) -> tuple[str, str | None, str | None]:
    return headline(entry.get("title", "")), absolute_link(entry.get("link"), url), entry.get("id") or None


@contextmanager
def feedparsers_tests() -> Iterator[Path | None]:
    """feedparser's source distribution, unpacked; None where it can't be had."""
    pinned = f"feedparser=={version('feedparser')}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "feedparser", pinned]
        done = subprocess.run([*command, "--dest", folder], capture_output=True, check=False)
        archive = next(Path(folder).glob("feedparser-*.tar.gz"), None) if done.returncode == 0 else None
        if archive is None:
            yield None
            return
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        yield Path(folder)


def show_equality(tally: Tally) -> None:
    """The first table, and the names of what differs."""
    table = Table(title="feedparser's own test feeds")
    headings = ("feeds", "comparable", "equal", "foreign errors", "surely", "differs", "ours, ms", "feedparser, ms")
    for heading in headings:
        table.add_column(heading, justify="right")
    mean = {name: f"{seconds * 1000 / tally.feeds:.2f}" for name, seconds in tally.seconds.items()}
    table.add_row(
        str(tally.feeds),
        str(tally.comparable),
        f"{tally.equal / max(tally.comparable, 1):.1%}",
        str(len(tally.foreign)),
        f"{tally.surely / tally.feeds:.0%}",
        str(tally.differs),
        mean["ours"],
        mean["feedparser"],
    )
    console.print(table)
    for name in (*tally.unequal, *tally.foreign):
        console.print(f"  differs: {name}", style="dim")


def show_speed() -> None:
    """The second table."""
    table = Table(title="30 items, milliseconds a body")
    for heading in ("feed", "KB", "ours", "feedparser", "times as fast"):
        table.add_column(heading, justify="left" if heading == "feed" else "right")
    for name, body in FEEDS.items():
        ours, theirs = best_of(body)
        assert parse_quickly(body, url=URL), name
        table.add_row(name, f"{len(body) / 1000:.0f}", f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}")
    console.print(table)


def best_of(body: bytes) -> tuple[float, float]:
    """The best milliseconds of ours and of plain feedparser, in turns so that both meet the same machine."""
    sample = Sample("", body, URL, "application/rss+xml")
    best = [1e9, 1e9]
    for _ in range(TURNS):
        for place, read in enumerate((ours_or_none, plain_feedparser)):
            began = time.perf_counter()
            read(sample)
            best[place] = min(best[place], (time.perf_counter() - began) * 1000)
    return best[0], best[1]


def measure(folder: Path) -> None:
    """Print the first table for the feeds in a folder."""
    tally = Tally()
    for sample in samples(folder):
        compare(sample, tally)
    show_equality(tally)


def main(folder: Path | None) -> None:
    """Print both tables."""
    show_speed()
    if folder is not None:
        measure(folder)
        return
    with feedparsers_tests() as fetched:
        if fetched is None:
            console.print("feedparser's source distribution could not be fetched; name a folder that has its tests.")
        else:
            measure(fetched)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
