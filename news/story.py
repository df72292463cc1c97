"""Whether two reports tell of one event. A wrong "yes" hides news, a wrong "no" only repeats it: when in doubt, no."""

from collections.abc import Sequence

from news.reading import BEATS, DEED, IN_TEMPLATE, IS_MARK, WEIGHT, Reading, StoryText, read_report

__all__ = ["StoryText", "is_same", "same_story"]

# One for all languages; between 0.40 and 0.44 precision stays above 0.8 on pairs that were hard for people too.
THRESHOLD = 0.42
# The same people in the same place may do two things: what was done must be alike as well.
_DEEDS_ALIKE = 0.18
_SAME_TEMPLATE = 0.75

Shared = Sequence[tuple[int, int, int]]
"""Terms that both have, with their standings in the one and in the other."""


def same_story(first: StoryText, second: StoryText) -> bool:
    """Whether both report the same event, as far as their words tell. Symmetric; never raises."""
    return is_same(read_report(first), read_report(second))


def is_same(first: Reading, second: Reading) -> bool:
    """`same_story` for reports read before."""
    shared = _shared(first, second)
    return (
        _likeness(WEIGHT, shared, first.length * second.length) >= THRESHOLD
        and _likeness(DEED, shared, first.deeds * second.deeds) >= _DEEDS_ALIKE
        and not _contradict(first, second, shared)
    )


def _shared(first: Reading, second: Reading) -> Shared:
    standing = dict(zip(first.terms, first.standings, strict=True))
    others = zip(second.terms, second.standings, strict=True)
    return [(term, standing[term], other) for term, other in others if term in standing]


def _likeness(weight: Sequence[float], shared: Shared, lengths: float) -> float:
    """The cosine of the two bags of terms, each term weighed by its standing."""
    return sum(weight[one] * weight[other] for _, one, other in shared) / lengths if lengths else 0.0


def _contradict(first: Reading, second: Reading, shared: Shared) -> bool:
    """Whether the titles are two editions of one routine: alike but for numbers and dates, or of a daily beat."""
    marks = sum(IS_MARK[one] and IS_MARK[other] for _, one, other in shared)
    if first.marks == second.marks == marks:
        return False
    template = [term for term, one, other in shared if IN_TEMPLATE[one] and IN_TEMPLATE[other]]
    overlap = len(template) / max(first.template + second.template - len(template), 1)
    return overlap >= _SAME_TEMPLATE or not BEATS.isdisjoint(template)
