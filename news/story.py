"""Whether two reports tell of one event, and whether a report belongs to a story.

A wrong "yes" hides news, a wrong "no" only repeats it: when in doubt, no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from news.reading import (
    BEATS,
    DEED,
    IN_TEMPLATE,
    IS_MARK,
    IS_POINTED,
    IS_TITLED,
    WEIGHT,
    Reading,
    StoryText,
    read_report,
)

__all__ = ["StoryText", "Verdict", "are_one", "belonging", "compare", "evidence", "same_story"]

# One for all languages; between 0.40 and 0.44 precision stays above 0.8 on pairs that were hard for people too.
THRESHOLD = 0.42
# Two words in common are a topic.
NEEDED_IN_COMMON = 3
# The same people in the same place may do two things: what was done must be alike as well.
DEEDS_ALIKE = 0.18
_SAME_TEMPLATE = 0.75
# So alike are only two texts of one mould.
_SAME_MOULD = 0.6
# As near as this a report must be to a story's reports in the mean.
_NEAR = 0.75 * THRESHOLD

Shared = Sequence[tuple[int, int, int]]
"""Terms that both have, with their standings in the one and in the other."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How alike two reports are, from 0 to 1: in all (`likeness`), in what was done (`deeds`); and in how many words.

    `contradict`: they are two editions of one routine, or of one mould with other names and numbers. `apart`: the
    title of each has a word that the other report has nowhere.
    """

    likeness: float
    deeds: float
    shared: int
    contradict: bool
    apart: bool

    @property
    def same(self) -> bool:
        """Whether they report the same event."""
        alike = self.likeness >= THRESHOLD and self.deeds >= DEEDS_ALIKE and self.shared >= NEEDED_IN_COMMON
        return alike and not self.contradict


def same_story(first: StoryText, second: StoryText) -> bool:
    """Whether both report the same event, as far as their words tell. Symmetric; never raises."""
    return compare(read_report(first), read_report(second)).same


def compare(first: Reading, second: Reading) -> Verdict:
    """What is to be said of two reports."""
    shared = _shared(first, second)
    deeds = _likeness(DEED, shared, first.deeds * second.deeds)
    of_one_mould = deeds >= _SAME_MOULD and _lack(IS_POINTED, shared, first.pointed, second.pointed)
    return Verdict(
        likeness=_likeness(WEIGHT, shared, first.length * second.length),
        deeds=deeds,
        shared=sum(WEIGHT[one] > 0 and WEIGHT[other] > 0 for _, one, other in shared),
        contradict=of_one_mould or _are_editions(first, second, shared),
        apart=_lack(IS_TITLED, shared, first.titled, second.titled),
    )


def evidence(first: Reading, second: Reading) -> list[int]:
    """The names of the terms that make two reports alike, those that weigh most first."""
    weighed = {term: WEIGHT[one] * WEIGHT[other] for term, one, other in _shared(first, second)}
    return sorted(filter(weighed.get, weighed), key=lambda term: (-weighed[term], term))


def belonging(report: Reading, members: Sequence[tuple[Reading, bool]]) -> float:
    """How well a report belongs to a story, from 0 (not at all) to 1; with each member comes whether it is of the
    report's own outlet.

    At least half of the members must tell of the same event, and on the whole it must be near to them: so no story
    grows as a chain, each link another event than the last but one. Of one outlet's articles those that are apart are
    not the same, however alike: an outlet has its moulds, and what it has to add is news.
    """
    if not any(_alike(report, member) >= THRESHOLD for member, _ in members):
        return 0.0  # as with most: the rest needn't be asked
    verdicts = [(compare(report, member), own) for member, own in members]
    same = sum(verdict.same and not (own and verdict.apart) for verdict, own in verdicts)
    near = fmean(verdict.likeness for verdict, _ in verdicts)
    return near if same and 2 * same >= len(members) and near >= _NEAR else 0.0


def are_one(first: Sequence[Reading], second: Sequence[Reading]) -> bool:
    """Whether two stories, to both of which one report belongs, are near enough to be one."""
    return fmean(_alike(one, other) for one in first for other in second) >= _NEAR


def _alike(first: Reading, second: Reading) -> float:
    return _likeness(WEIGHT, _shared(first, second), first.length * second.length)


def _shared(first: Reading, second: Reading) -> Shared:
    standing = dict(zip(first.terms, first.standings, strict=True))
    others = zip(second.terms, second.standings, strict=True)
    return [(term, standing[term], other) for term, other in others if term in standing]


def _likeness(weight: Sequence[float], shared: Shared, lengths: float) -> float:
    """The cosine of the two bags of terms, each term weighed by its standing."""
    return sum(weight[one] * weight[other] for _, one, other in shared) / lengths if lengths else 0.0


def _are_editions(first: Reading, second: Reading, shared: Shared) -> bool:
    """Whether the titles are two editions of one routine: alike but for numbers and dates, or of a daily beat."""
    marks = sum(IS_MARK[one] and IS_MARK[other] for _, one, other in shared)
    if first.marks == second.marks == marks:
        return False
    template = [term for term, one, other in shared if IN_TEMPLATE[one] and IN_TEMPLATE[other]]
    overlap = len(template) / max(first.template + second.template - len(template), 1)
    return overlap >= _SAME_TEMPLATE or not BEATS.isdisjoint(template)


def _lack(kind: Sequence[bool], shared: Shared, first: int, second: int) -> bool:
    """Whether each has terms of this kind (so many in all) that the other lacks."""
    return sum(kind[one] for _, one, _ in shared) < first and sum(kind[other] for _, _, other in shared) < second
