"""How well reports of one event find together, and what that costs.

    python -m benchmarks.stories [PAIRS [ARTICLES]]

PAIRS is a file of pairs of reports (or a folder of such .jsonl files), a JSON object a line: `language`, `first_title`,
`first_text`, `second_title`, `second_text`, and `same`, which people said. Precision is the share of right ones among
the pairs said to be one event, recall the share found of those that are. `halves`: every other pair, and the rest.

The newsroom's stream: all its events as each outlet tells them, among everyday news. `purity` is the share of reports
in stories' largest events, `completeness` the share of reports in events' largest stories; an event told in two
languages counts as two, for nothing of it is in common but names.

Then made-up articles stream through, ARTICLES (50,000) and a tenth more, in a memory of so many: milliseconds to find
an article's story (reading it, finding and comparing those like it) by the tenth of the stream, and the memory taken.
At last the same with 300,000 kept. The longest are the collector's pauses.
"""

import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zlib import crc32

from rich.console import Console
from rich.table import Table

from benchmarks.words import tellings
from news.language import detect
from news.recent import MOST, Recent, Told
from news.story import StoryText, same_story
from sandbox.newsroom import Article, Newsroom

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PARTS = 10
FEEDS = 500


@dataclass(frozen=True)
class Pair:
    """Two reports, and whether people said that they tell of one event."""

    first: StoryText
    second: StoryText
    same: bool


# --- Pairs ---


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a set."""
    files = sorted(file.glob("*.jsonl")) if file.is_dir() else [file]
    rows = [json.loads(line) for one in files for line in one.read_text(encoding="utf-8").splitlines()]
    return [Pair(_side(row, "first"), _side(row, "second"), bool(row["same"])) for row in rows]


def _side(row: dict[str, str], side: str) -> StoryText:
    return StoryText(row[f"{side}_title"], row[f"{side}_text"], row["language"])


def score(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of `same_story`."""
    told = Counter((same_story(pair.first, pair.second), pair.same) for pair in pairs)
    right = told[True, True]
    precision = right / max(right + told[True, False], 1)
    recall = right / max(right + told[False, True], 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def show_pairs(console: Console, pairs: Sequence[Pair]) -> None:
    """The table of the pairs."""
    table = _table(f"{len(pairs)} pairs of reports", "pairs", "precision", "recall", "F1")
    for name, part in (("all", pairs), ("halves", pairs[::2]), ("", pairs[1::2])):
        table.add_row(name, *(f"{figure:.3f}" for figure in score(part)))
    console.print(table)


# --- The newsroom's stream ---


def stream(number: int = 400) -> list[tuple[Article, str]]:
    """Reports in a random order, each with the name of its event; everyday news are an event each."""
    newsroom = Newsroom(backlog=0, now=lambda: NOW)
    for _ in range(number):
        newsroom.publish_event(outlets=1)
    for outlet in newsroom.outlets:
        for _ in range(20):
            newsroom.publish_next(outlet)
    told = [(article, _event(article)) for outlet in newsroom.outlets for article in outlet.articles]
    once = list({(article.outlet, article.title): (article, event) for article, event in told}.values())
    random.Random(1).shuffle(once)
    return once


def _event(article: Article) -> str:
    return f"{article.event} in {detect(article.lead)}" if article.event else article.address("")


def show_stream(console: Console) -> None:
    """The table of the newsroom's stream."""
    recent, told = Recent(), stream()
    placed = [(_place(recent, number, article), event) for number, (article, event) in enumerate(told)]
    table = _table("The newsroom's stream", "reports", "events", "stories", "purity", "completeness")
    by_story, by_event = _groups(placed), _groups((event, story) for story, event in placed)
    table.add_row(
        str(len(placed)),
        str(len(by_event)),
        str(len(by_story)),
        f"{_largest(by_story):.3f}",
        f"{_largest(by_event):.3f}",
    )
    console.print(table)


def _place(recent: Recent, number: int, article: Article) -> int:
    text = StoryText(article.title, " ".join((article.lead, *article.body)))
    return recent.join(Told(number, crc32(article.outlet.encode()), NOW, text)).story_id


def _groups(pairs: Iterable[tuple[object, object]]) -> dict[object, Counter[object]]:
    groups: dict[object, Counter[object]] = defaultdict(Counter)
    for group, member in pairs:
        groups[group][member] += 1
    return groups


def _largest(groups: dict[object, Counter[object]]) -> float:
    """The share of members that are of their group's largest kind."""
    return sum(max(kinds.values()) for kinds in groups.values()) / sum(kinds.total() for kinds in groups.values())


# --- Time and memory ---


def made_up() -> Iterator[Told]:
    """Articles without end, one a second."""
    for number, one in enumerate(tellings()):
        yield Told(
            number, number % FEEDS, NOW + timedelta(seconds=number), StoryText(one.title, one.text, one.language)
        )


def show_cost(console: Console, number: int) -> None:
    """The table of a stream that is longer than the memory."""
    recent, articles, before = Recent(number), made_up(), _resident()
    table = _table(f"A memory of {number:,} reports", "kept", "median ms", "95 %", "worst", "MB")
    for _ in range(PARTS + 1):
        times = sorted(_join(recent, told) for told in islice(articles, number // PARTS))
        figures = (times[len(times) // 2], times[len(times) * 95 // 100], times[-1])
        table.add_row(f"{len(recent):,}", *(f"{1000 * each:.2f}" for each in figures), f"{_resident() - before:.0f}")
    console.print(table)


def show_many(console: Console, number: int = 300_000) -> None:
    """The table for as many as there may be in an archive."""
    recent, articles, before = Recent(number), made_up(), _resident()
    for _ in range(number // 1_000):
        recent.add(list(islice(articles, 1_000)))
    times = sorted(_join(recent, told) for told in islice(articles, 1_000))
    table = _table(f"{number:,} reports kept (usually {MOST:,})", "median ms", "95 %", "worst", "MB")
    table.add_row(*(f"{1000 * times[place]:.2f}" for place in (500, 950, -1)), f"{_resident() - before:.0f}")
    console.print(table)


def _join(recent: Recent, told: Told) -> float:
    started = time.perf_counter()
    recent.join(told)
    return time.perf_counter() - started


def _resident() -> float:
    """What the process has of memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def main(pairs: str | None = None, number: str = "50000") -> None:
    """Print the tables."""
    console = Console()
    if pairs:
        show_pairs(console, read_pairs(Path(pairs)))
    else:
        console.print("Without a file of pairs, there is no table of them.")
    show_stream(console)
    show_cost(console, int(number))
    show_many(console)


if __name__ == "__main__":
    main(*sys.argv[1:])
