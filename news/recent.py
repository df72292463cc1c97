"""The reports of the last days, kept in memory: what a new one is compared with.

A report is found by its anchors: the terms that are most telling in it, by their weight there and by how few of the
others have them. Only stories with a report that shares two of them are looked at, so the cost of a report hangs on how
many resemble it, not on how many are kept.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import chain, islice
from typing import TypeAlias

from news.reading import WEIGHT, Reading, StoryText, name_of, read_report
from news.story import are_one, belonging

SPAN = timedelta(days=5)
"""How far apart reports of one event may be published."""
MOST = 15_000
"""So many reports are kept, in some 20 MB."""
_ANCHORS = 20
_IN_COMMON = 2
# Looked at of those that have an anchor in common, the newest; and compared, of those with most in common.
_NEWEST = 200
_LIKELY = 40
_STORIES = 5
_MEMBERS = 8
# Terms are counted in so many cells; those that share one look commoner than they are.
_CELLS = 1 << 18

Anchors: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed told of a story."""

    story_id: int
    feed_id: int
    published: datetime
    text: StoryText


@dataclass(frozen=True, slots=True)
class Report:
    """The same, read."""

    story_id: int
    feed_id: int
    published: datetime
    reading: Reading


@dataclass(frozen=True, slots=True)
class Joined:
    """The story that a report is of; `merged` are others that it has shown to be the same."""

    story_id: int
    merged: tuple[int, ...] = ()


class Recent:
    """The reports by their anchors; at most `most`, the first to come go first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._gone = 0
        self._reports: dict[int, tuple[Report, Anchors]] = {}
        self._having: dict[int, array[int]] = {}
        self._members: dict[int, array[int]] = {}
        self._cells = array("I", bytes(4 * _CELLS))

    def __len__(self) -> int:
        return len(self._reports)

    def join(self, told: Told) -> Joined:
        """Keep a report in the story that it belongs to best, in its own where there is none.

        Others that it belongs to as well, and that are near enough to that one, go on under the oldest's id.
        """
        report = _read(told)
        anchors = self._telling(report.reading)
        belongs = self._belonging(report, anchors)
        best, *others = sorted(belongs, key=lambda id_: (-belongs[id_], id_)) or [report.story_id]
        near = [best, *(id_ for id_ in others if self._are_one(best, id_, report))]
        oldest = min(near)
        merged = tuple(id_ for id_ in near if id_ != oldest)
        for id_ in merged:
            self._merge(id_, oldest)
        self._keep(replace(report, story_id=oldest), anchors)
        return Joined(oldest, merged)

    def add(self, told: Sequence[Told]) -> None:
        """Keep reports of stories that are known."""
        for report in map(_read, told):
            self._keep(report, self._telling(report.reading))

    def rarity(self, term: str) -> float:
        """How telling a term is among the reports: 1 where all have it, more where few have."""
        return self._rarity(name_of(term))

    def _rarity(self, term: int) -> float:
        return 1 + math.log((1 + len(self._reports)) / (1 + self._cells[term % _CELLS]))

    def _keep(self, report: Report, anchors: Anchors) -> None:
        if len(self._reports) >= self._most:
            self._drop_first()
        place = self._gone + len(self._reports)
        self._reports[place] = report, anchors
        self._members.setdefault(report.story_id, array("I")).append(place)
        for term in anchors:
            self._having.setdefault(term, array("I")).append(place)
        for term in report.reading.terms:
            self._cells[term % _CELLS] += 1

    def _drop_first(self) -> None:
        report, anchors = self._reports.pop(self._gone)
        self._gone += 1
        _drop(self._members, report.story_id)
        for term in anchors:
            _drop(self._having, term)
        for term in report.reading.terms:
            self._cells[term % _CELLS] -= 1

    def _merge(self, source: int, into: int) -> None:
        for place in self._members[source]:
            report, anchors = self._reports[place]
            self._reports[place] = replace(report, story_id=into), anchors
        self._members[into] = array("I", sorted([*self._members[into], *self._members.pop(source)]))

    def _belonging(self, report: Report, anchors: Anchors) -> dict[int, float]:
        """The stories that the report belongs to, and how well."""
        likely = dict.fromkeys(other.story_id for other in self._likely(anchors))
        told = ((id_, self._of(id_, report)) for id_ in islice(likely, _STORIES))
        belongs = {
            id_: belonging(report.reading, [(one.reading, one.feed_id == report.feed_id) for one in members])
            for id_, members in told
        }
        return {id_: well for id_, well in belongs.items() if well}

    def _of(self, story_id: int, report: Report) -> list[Report]:
        """A story's newest reports, of those near in time to this one."""
        members = (self._reports[place][0] for place in reversed(self._members[story_id]))
        near = (one for one in members if abs(one.published - report.published) <= SPAN)
        return list(islice(near, _MEMBERS))

    def _are_one(self, first: int, second: int, report: Report) -> bool:
        return are_one(*([one.reading for one in self._of(id_, report)] for id_ in (first, second)))

    def _likely(self, anchors: Anchors) -> Iterator[Report]:
        """The reports that share anchors with one that has these, those with most first, of equals the newest."""
        common = Counter(chain.from_iterable(self._having[term][-_NEWEST:] for term in anchors if term in self._having))
        places = (place for place, number in common.items() if number >= _IN_COMMON)
        likeliest = nlargest(_LIKELY, places, key=lambda place: (common[place], place))
        return (self._reports[place][0] for place in likeliest)

    def _telling(self, reading: Reading) -> Anchors:
        telling = {
            term: WEIGHT[standing] * self._rarity(term)
            for term, standing in zip(reading.terms, reading.standings, strict=True)
            if WEIGHT[standing]
        }
        return array("I", sorted(telling, key=lambda term: (-telling[term], term))[:_ANCHORS])


def _drop(places: "dict[int, array[int]]", name: int) -> None:
    """Take away the first of the places by this name."""
    del places[name][0]
    if not places[name]:
        del places[name]


def _read(told: Told) -> Report:
    return Report(told.story_id, told.feed_id, told.published, read_report(told.text))
