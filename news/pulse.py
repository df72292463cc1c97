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
    """How much busier than on average each weekday is, Monday first, and each hour of a day; an hour of the week is
    as busy as their product.

    The feed's own clock goes at that rate, so that by it a quiet night is short. `days_shown` is what it shows at the
    beginning of each day and at the week's end, in days, `hours_shown` the same of an average day, in hours.
    """

    days: tuple[float, ...]
    hours: tuple[float, ...]
    days_shown: tuple[float, ...]
    hours_shown: tuple[float, ...]

    def rate(self, clock: float) -> float:
        """How busy it is at this moment, given in seconds since the epoch; 1 on average."""
        day, hour = divmod(int((clock + _MONDAY) // HOUR) % 168, 24)
        return self.days[day] * self.hours[hour]

    def between(self, start: datetime, end: datetime) -> float:
        """The seconds between two moments by the feed's own clock."""
        return self._reading(end.timestamp()) - self._reading(start.timestamp())

    def _reading(self, clock: float) -> float:
        weeks, inside = divmod(clock + _MONDAY, WEEK)
        day, hour = divmod(min(int(inside // HOUR), 167), 24)
        begun = inside - (day * 24 + hour) * HOUR
        that_day = self.hours_shown[hour] * HOUR + begun * self.hours[hour]
        return weeks * WEEK + self.days_shown[day] * DAY + that_day * self.days[day]


def pulse_of(days: Sequence[float], hours: Sequence[float], clumping: float) -> Pulse:
    """The week of a feed with so many articles on each weekday and in each hour of the day: their product.

    Articles that come `clumping` together tell as little as one.
    """
    by_day, by_hour = _relative(days, clumping), _relative(hours, clumping)
    return Pulse(by_day, by_hour, (0.0, *accumulate(by_day)), (0.0, *accumulate(by_hour)))


def _relative(counts: Sequence[float], clumping: float) -> tuple[float, ...]:
    """Each count over their mean, drawn towards 1 as far as chance alone would scatter the counts as much.

    Chance gives independent articles a variance equal to their mean (Poisson), and clumps about so many times as
    much; the rest is the feed's own. It is the shrinkage of James and Stein.
    """
    mean = sum(counts) / len(counts)
    scatter = sum([(count - mean) ** 2 for count in counts]) / len(counts)
    chance = mean * clumping
    trust = min(1 - chance / scatter, MOST_TRUST) if scatter > chance else 0.0
    return tuple([1 + trust * (count / mean - 1) for count in counts]) if trust else (1.0,) * len(counts)
