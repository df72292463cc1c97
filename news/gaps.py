"""The time between one article of a feed and the next, in classes, and what it tells about the next one.

Pure arithmetic. A feed of bursts has short gaps and long ones, and few between; one that keeps a timetable has
gaps of one length. Gaps are measured by the feed's own clock (`news.pulse`), which leaves nights out.
"""

from bisect import bisect_right
from collections.abc import Sequence
from math import fsum
from operator import mul

# Upper ends of the classes in seconds, each twice the one before: a minute to eleven days, and beyond.
ENDS = tuple(60.0 * (1 << power) for power in range(15))
CLASSES = len(ENDS) + 1
_STARTS = (0.0, *ENDS)
_WIDTHS = (ENDS[0], *ENDS)
_MIDDLES = tuple(start + width / 2 for start, width in zip(_STARTS, _WIDTHS, strict=True))
_SQUARES = tuple(middle * middle for middle in _MIDDLES)
# After a silence of so many usual ones the feed is believed to have slowed down.
SURPRISING = 4.0


def class_of(seconds: float) -> int:
    """The class of a gap, from 0 to CLASSES - 1."""
    return bisect_right(ENDS, seconds)


def until_next_class(silence: float) -> float:
    """How many seconds this silence is short of the next class of gaps; of the last one there is no end."""
    number = class_of(silence)
    return ENDS[number] - silence if number < len(ENDS) else float("inf")


def clumping(counts: Sequence[float]) -> float:
    """How unevenly a feed publishes: 1 where articles are independent (Poisson), about n where n come at once.

    It is E[g²] / 2E[g]² of the gaps g, and at least 1.
    """
    total = _total(counts)
    # One division after the other: the square of a count that has faded for decades is nought.
    return max(sum(counts) / total * (_squares(counts) / total) / 2, 1.0) if total else 1.0


def usual_silence(counts: Sequence[float], rate: float) -> float:
    """Mean seconds since the last article at a moment picked at random: E[g²] / 2E[g], where g are the gaps.

    To the gaps counted, one is added of a feed that publishes independently at this rate (articles a second).
    """
    return (_squares(counts) + 2 / rate**2) / (2 * (_total(counts) + 1 / rate))


def expected_rate(counts: Sequence[float], rate: float, silence: float, usual: float) -> float:
    """Articles a second to be expected after so many seconds of silence from a feed that publishes at this rate, and
    whose `usual` silence is known (see usual_silence).

    It is the share of gaps that end at this length among those that reach it (the hazard, by the actuarial
    estimate), drawn towards the mean rate as long as few were seen. A silence longer than the mean gap lowers
    it no further than to that rate, for the burst to come is waited for as a whole; only a surprising one does.
    """
    believed = rate * min(1.0, SURPRISING * usual / max(silence, 1.0))
    number = class_of(silence)
    ended = counts[number]
    watched = _WIDTHS[number] * (sum(counts[number + 1 :]) + ended / 2)
    hazard = (ended + 1) / (watched + 1 / believed)
    return max(hazard, believed) if silence * rate > 1 else hazard


def _total(counts: Sequence[float]) -> float:
    return fsum(map(mul, counts, _MIDDLES))


def _squares(counts: Sequence[float]) -> float:
    return fsum(map(mul, counts, _SQUARES))
