"""Publishing histories from stated processes, the same for the same seed: moments in seconds from a Monday, 00:00 UTC.

A feed's rate is drawn log-evenly from the range of its class, so that every class holds busier feeds and lazier ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from random import Random

HOUR, DAY, WEEK = 3600, 86_400, 604_800
History = list[float]


@dataclass(frozen=True)
class Kind:
    """A class of feeds: what they do, how one's history is drawn, and whether its entries have dates."""

    name: str
    process: str
    draw: Callable[[Random, float], History]
    dated: bool = True


def steady(random: Random, a_day: float, days: float) -> History:
    """Articles independent of each other and of the hour (a Poisson process)."""
    return _thinned(random, lambda _: 1.0, a_day / DAY, days)


def rhythmic(
    random: Random, a_day: float, days: float, *, opens: float, closes: float, night: float, weekend: float
) -> History:
    """A Poisson process at its full rate in the day's hours on weekdays, at these shares of it at other times; so
    many articles on an average day."""

    def busy(second: float) -> float:
        awake = opens <= second % DAY / HOUR < closes
        return (1.0 if awake else night) * (weekend if second % WEEK >= 5 * DAY else 1.0)

    mean = sum(busy(hour * HOUR) for hour in range(168)) / 168
    return _thinned(random, busy, a_day / DAY / mean, days)


def bursts(random: Random, a_day: float, days: float, *, size: float, pause: float) -> History:
    """So many bursts a day at any time; geometric in size with this mean, exponential pauses of a mean in seconds."""
    moments = []
    for start in steady(random, a_day, days):
        moments.append(start)
        while random.random() < 1 - 1 / size:
            moments.append(moments[-1] + random.expovariate(1 / pause))
    return sorted(moment for moment in moments if moment < days * DAY)


def weekly(random: Random, slots: int, days: float) -> History:
    """At the same hours of every week, give or take (standard deviation) a quarter of an hour."""
    times = [random.uniform(0, WEEK) for _ in range(slots)]
    moments = [week * WEEK + time + random.gauss(0, 900) for week in range(int(days / 7) + 1) for time in times]
    return sorted(moment for moment in moments if 0 <= moment < days * DAY)


def between(random: Random, low: float, high: float) -> float:
    """A number drawn log-evenly."""
    return exp(random.uniform(log(low), log(high)))


def _thinned(random: Random, busy: Callable[[float], float], fastest: float, days: float) -> History:
    """An inhomogeneous Poisson process by thinning (Lewis and Shedler, 1979); `busy` is at most 1."""
    moment, moments = random.expovariate(fastest), []
    while moment < days * DAY:
        if random.random() < busy(moment):
            moments.append(moment)
        moment += random.expovariate(fastest)
    return moments


def _agency(random: Random, days: float) -> History:
    return rhythmic(random, between(random, 60, 400), days, opens=5, closes=21, night=0.25, weekend=0.6)


def _newsroom(random: Random, days: float) -> History:
    return rhythmic(random, between(random, 3, 40), days, opens=8, closes=18, night=0.01, weekend=0.25)


KINDS = (
    Kind("fast", "60–400 a day, a quarter at night, 0.6 at weekends", _agency),
    Kind("daily rhythm", "3–40 a day from 8 to 18, a quarter at weekends", _newsroom),
    Kind("the same without dates", "as above, entries undated", _newsroom, dated=False),
    Kind(
        "bursty",
        "0.3–3 bursts a day at any time, 12 articles 6 min apart",
        lambda random, days: bursts(random, between(random, 0.3, 3), days, size=12, pause=360),
    ),
    Kind(
        "slow, by the week",
        "1–3 a week at hours of their own, ± 15 min",
        lambda random, days: weekly(random, random.randint(1, 3), days),
    ),
    Kind(
        "slow, at random",
        "1–7 a week, Poisson",
        lambda random, days: steady(random, between(random, 1 / 7, 1), days),
    ),
    Kind("steady", "5–50 a day, Poisson", lambda random, days: steady(random, between(random, 5, 50), days)),
)
