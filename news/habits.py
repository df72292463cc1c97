"""How a feed publishes, learnt from when it did: how often, at which hours and weekdays, and in what bursts.

Pure arithmetic. What is remembered is fifty numbers, whatever the feed does.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp

from news.gaps import CLASSES, class_of, clumping, expected_rate, until_next_class, usual_silence
from news.pulse import HOUR, WEEK, Pulse, pulse_of

# Four weeks tell one weekday from another, and are soon enough forgotten.
MEMORY = 4 * WEEK
_MEMORY = timedelta(seconds=MEMORY)
# What a feed is believed to have done before anything is known of it: half an article in two hours.
PRIOR_ARTICLES, PRIOR_SECONDS = 0.5, 2 * HOUR
# A feed that renames all its entries seems to publish hundreds at once.
MOST_UNDATED = 12


@dataclass(frozen=True, slots=True)
class Habits:
    """Articles counted; the older, the less one weighs (a factor e in MEMORY seconds), seen from `at`.

    `at` is when the newest known came out, or when watching began; `span` the seconds watched, weighed alike.
    `days` counts by weekday, Monday first, and `hours` by hour of the day, both in UTC; `gaps` by the time since
    the article before, in the classes of `news.gaps`. Articles of one minute count as one.
    """

    at: datetime
    span: float = 0.0
    days: tuple[float, ...] = (0.0,) * 7
    hours: tuple[float, ...] = (0.0,) * 24
    gaps: tuple[float, ...] = (0.0,) * CLASSES


def appearances(dates: Collection[datetime | None], *, since: datetime | None, now: datetime) -> tuple[datetime, ...]:
    """When the entries with these dates appeared, which were found now and not yet at `since` (None: never asked).

    A date is believed as far as it can be true: between the two checks. The others are spread evenly between them,
    at most MOST_UNDATED; at first contact they say nothing.
    """
    believed = [date for date in dates if date is not None and date <= now and (since is None or since < date)]
    unknown = min(len(dates) - len(believed), MOST_UNDATED)
    if since is None or since >= now:
        return tuple(believed)
    return (*believed, *(since + (now - since) * ((place + 0.5) / unknown) for place in range(unknown)))


def learn(habits: Habits | None, moments: Collection[datetime], *, now: datetime) -> Habits:
    """The habits with articles counted in that came out at these moments; None where nothing was known.

    What lies in the future, or before what is known already, says nothing.
    """
    past = [moment for moment in moments if moment <= now]
    if habits is None:
        known = Habits(min(past, default=now))
    else:
        known = habits if habits.at <= now else replace(habits, at=now)
    by_minute = {moment.replace(second=0, microsecond=0): moment for moment in past if moment > known.at}
    fresh = sorted(by_minute.values())
    return _with_gaps(_counted(known, fresh), [known.at, *fresh]) if fresh else known


def _counted(habits: Habits, fresh: Sequence[datetime]) -> Habits:
    """Everything faded to the newest article, the fresh ones counted in; their gaps are still missing."""
    newest = fresh[-1]
    left = _fading(habits.at, newest)
    days, hours = [count * left for count in habits.days], [count * left for count in habits.hours]
    for moment in fresh:
        days[moment.weekday()] += _fading(moment, newest)
        hours[moment.hour] += _fading(moment, newest)
    gaps = tuple(count * left for count in habits.gaps)
    return Habits(newest, _watched(habits, newest), tuple(days), tuple(hours), gaps)


def _with_gaps(habits: Habits, moments: Sequence[datetime]) -> Habits:
    pulse, gaps = week(habits), list(habits.gaps)
    for before, moment in pairwise(moments):
        gaps[class_of(pulse.between(before, moment))] += _fading(moment, habits.at)
    return replace(habits, gaps=tuple(gaps))


def week(habits: Habits) -> Pulse:
    """The feed's week, as far as it is known."""
    return pulse_of(habits.days, habits.hours, clumping(habits.gaps))


def mean_rate(habits: Habits, now: datetime) -> float:
    """Articles a second over all the time watched, silence until now included."""
    articles = sum(habits.hours) * _fading(habits.at, now)
    return (articles + PRIOR_ARTICLES) / (_watched(habits, now) + PRIOR_SECONDS)


def outlook(habits: Habits, now: datetime) -> Iterator[tuple[float, float]]:
    """What is to be expected from now on, without end: stretches of so many seconds, and articles a second in each."""
    mean, pulse = mean_rate(habits, now), week(habits)
    usual = usual_silence(habits.gaps, mean)
    clock, silence = now.timestamp(), max(pulse.between(habits.at, now), 0.0)
    while True:
        busy = pulse.rate(clock)
        seconds = max(min(HOUR - clock % HOUR, until_next_class(silence) / busy), 1.0)
        yield seconds, busy * expected_rate(habits.gaps, mean, silence, usual)
        clock += seconds
        silence += seconds * busy


def _fading(then: datetime, now: datetime) -> float:
    """The share of its weight that an article keeps from one moment to another."""
    return exp(min((then - now) / _MEMORY, 0.0))


def _watched(habits: Habits, now: datetime) -> float:
    """The seconds watched until now, the older the less they weigh: at most MEMORY."""
    left = _fading(habits.at, now)
    return habits.span * left + MEMORY * (1 - left)
