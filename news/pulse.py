"""A feed's week: which of its hours are busy, and a clock that goes by that. Pure arithmetic; hours are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

HOUR, DAY, WEEK = 3600.0, 86_400.0, 604_800.0
# The epoch was a Thursday; our week begins on Monday.
_MONDAY = 3 * DAY
# No hour is believed to be quite empty: a feed may change its habits.
MOST_TRUST = 0.98


@dataclass(frozen=True, slots=True)
class Pulse:
    """`rates` says how much busier than on average each of the week's 168 hours is, from Monday 00:00 on.

    The feed's own clock goes at that rate, so that by it a quiet night is short. `shown` is what it shows at the
    beginning of each hour and at the week's end, in hours.
    """

    rates: tuple[float, ...]
    shown: tuple[float, ...]

    def rate(self, clock: float) -> float:
        """How busy it is at this moment, given in seconds since the epoch; 1 on average."""
        return self.rates[int((clock + _MONDAY) // HOUR) % 168]

    def between(self, start: datetime, end: datetime) -> float:
        """The seconds between two moments by the feed's own clock."""
        return self._reading(end.timestamp()) - self._reading(start.timestamp())

    def _reading(self, clock: float) -> float:
        weeks, inside = divmod(clock + _MONDAY, WEEK)
        hour = min(int(inside // HOUR), 167)
        return weeks * WEEK + self.shown[hour] * HOUR + (inside - hour * HOUR) * self.rates[hour]


def pulse_of(days: Sequence[float], hours: Sequence[float], clumping: float) -> Pulse:
    """The week of a feed with so many articles on each weekday and in each hour of the day: their product.

    Articles that come `clumping` together tell as little as one.
    """
    by_hour = _relative(hours, clumping)
    rates = tuple(day * hour for day in _relative(days, clumping) for hour in by_hour)
    return Pulse(rates, (0.0, *accumulate(rates)))


def _relative(counts: Sequence[float], clumping: float) -> list[float]:
    """Each count over their mean, drawn towards 1 as far as chance alone would scatter the counts as much.

    Chance gives independent articles a variance equal to their mean (Poisson), and clumps about so many times as
    much; the rest is the feed's own. It is the shrinkage of James and Stein.
    """
    mean = sum(counts) / len(counts)
    scatter = sum((count - mean) ** 2 for count in counts) / len(counts)
    chance = mean * clumping
    trust = min(1 - chance / scatter, MOST_TRUST) if scatter > chance else 0.0
    return [1 + trust * (count / mean - 1) for count in counts] if trust else [1.0] * len(counts)
