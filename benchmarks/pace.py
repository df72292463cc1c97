"""How long articles wait to be found: the learnt pace against fixed intervals that cost as many requests.

    python -m benchmarks.pace [FEEDS] [SEED]

Histories of publishing are replayed (benchmarks/histories.py): FEEDS of each class, eight weeks from first contact,
learning included. The pace is that of the program with its default bounds; what it knows is what a feed's last twenty
entries and then its checks tell. Fixed intervals are one for all feeds of a row, of random phases, such that the row
costs exactly as many requests. Delays are of articles, in minutes, from publishing to the check that finds them;
`fresher` is fixed over learnt; articles and requests are those of a feed in a day. The last row is all the classes
together, one interval for all.

How to read it: in a row the pace gains what that class lets be learnt. Feeds that are all alike and publish
independently (the two Poisson rows) have nothing to be learnt but their rates: no pace can beat fixed intervals there,
and the rows show what trying costs. The last row adds what is gained by asking each feed as often as it deserves.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import fmean, quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.histories import DAY, KINDS, WEEK, History, Kind
from news.feed import Feed
from news.habits import appearances, learn
from news.pace import Bounds, after_success

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
CONTACT, END = WEEK, 9 * WEEK
SHOWN = 20
BOUNDS = Bounds()


@dataclass(frozen=True)
class Run:
    """What replaying came to: requests, and the delay of each article in seconds."""

    requests: int
    delays: list[float]


def together(runs: Sequence[Run]) -> Run:
    """Several runs as one."""
    return Run(sum(run.requests for run in runs), [delay for run in runs for delay in run.delays])


def learnt(number: int, history: History, *, dated: bool) -> Run:
    """Replay a history at the learnt pace."""
    run = Run(0, [])
    for checked, found in _checks(number, history, dated):
        run = replace(run, requests=run.requests + 1)
        run.delays.extend(checked - moment for moment in found)
    return run


def _checks(number: int, history: History, dated: bool) -> Iterator[tuple[float, History]]:
    """Each check after first contact: when, and the articles it finds."""
    feed = Feed(number, "https://outlet.example/rss", "Outlet", MONDAY)
    clock, seen = float(CONTACT), bisect_right(history, CONTACT)
    feed = _checked(feed, history[max(seen - SHOWN, 0) : seen], clock, dated)
    while (clock := (feed.next_check_at - MONDAY).total_seconds()) < END:
        now_seen = bisect_right(history, clock, seen)
        found, seen = history[seen:now_seen], now_seen
        yield clock, found
        feed = _checked(feed, found, clock, dated)


def _checked(feed: Feed, found: History, clock: float, dated: bool) -> Feed:
    """The feed after a check, as `news.decide` has it."""
    now = MONDAY + timedelta(seconds=clock)
    dates = [MONDAY + timedelta(seconds=moment) if dated else None for moment in found]
    habits = learn(feed.habits, appearances(dates, since=feed.succeeded_at, now=now), now=now)
    known = replace(feed, habits=habits, succeeded_at=now)
    return replace(known, next_check_at=after_success(known, BOUNDS, now=now, fresh_for=None))


def fixed(random: Random, histories: Sequence[History], requests: int) -> Run:
    """Replay histories at one interval for all that costs so many requests."""
    interval = len(histories) * (END - CONTACT) / requests
    delays: list[float] = []
    for history in histories:
        phase = random.uniform(0, interval)
        delays += [interval - (moment - phase) % interval for moment in history if moment > CONTACT]
    return Run(requests, delays)


@dataclass(frozen=True)
class Row:
    """A class of feeds, replayed both ways."""

    name: str
    histories: list[History]
    learnt: Run
    fixed: Run

    def cells(self) -> list[str]:
        """The figures as a table's row."""
        days = (END - CONTACT) / DAY * len(self.histories)
        figures = [_figures(run) for run in (self.fixed, self.learnt)]
        fresher = [f"{fixed / learnt:.2f}×" for fixed, learnt in zip(*figures, strict=True)]
        minutes = [f"{seconds / 60:.1f}" for both in figures for seconds in both]
        return [
            self.name,
            f"{len(self.fixed.delays) / days:.1f}",
            f"{self.learnt.requests / days:.0f}",
            *minutes,
            *fresher,
        ]


def _figures(run: Run) -> tuple[float, float]:
    """Mean and 95th percentile, in seconds."""
    return fmean(run.delays), quantiles(run.delays, n=20)[-1]


def replay(kind: Kind, feeds: int, random: Random) -> Row:
    """Draw the feeds of a class and replay them."""
    histories = [kind.draw(random, END / DAY) for _ in range(feeds)]
    ours = together([learnt(number, history, dated=kind.dated) for number, history in enumerate(histories)])
    return Row(kind.name, histories, ours, fixed(random, histories, ours.requests))


def all_of(rows: Sequence[Row], random: Random) -> Row:
    """All classes as one."""
    histories = [history for row in rows for history in row.histories]
    ours = together([row.learnt for row in rows])
    return Row("all together", histories, ours, fixed(random, histories, ours.requests))


def main(feeds: int, seed: int) -> None:
    """Replay every class and print the table."""
    random = Random(seed)
    rows = [replay(kind, feeds, random) for kind in KINDS]
    table = Table(title=f"Delay in minutes at equal cost: {feeds} feeds of each class, eight weeks, seed {seed}")
    headings = ("class", "articles", "requests", "fixed: mean", "95 %", "learnt: mean", "95 %", "fresher: mean", "95 %")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "class" else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    table.add_section()
    table.add_row(*all_of(rows, random).cells())
    console = Console(width=118)
    console.print(table)
    for kind in KINDS:
        console.print(f"  {kind.name}: {kind.process}", highlight=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
