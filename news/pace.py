"""When a feed is asked again: pure arithmetic on its habits, its publisher's wishes and our bounds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from zlib import crc32

from news.feed import Feed
from news.habits import Habits, outlook

# A feed with an article an hour is asked every ten minutes. In square roots of a second, see `wait`.
PATIENCE = 10.0
# The most that a failing feed is left alone, in seconds, where POLL_MAX_SECONDS is not more.
LONGEST_BACK_OFF = 21_600.0
# Checks are scattered by up to this share of the wait, and up to so many seconds, so that no feeds keep step.
SCATTER, MOST_SCATTER = 0.05, 300.0
_ALL_HOURS, _ALL_DAYS = frozenset(range(24)), frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a feed's own pace, in seconds."""

    shortest: float = 120.0
    longest: float = 21_600.0

    def clamp(self, seconds: float) -> float:
        """These seconds, brought within the bounds."""
        return min(max(seconds, self.shortest), self.longest)


def wait(habits: Habits, *, now: datetime, longest: float) -> float:
    """How many seconds to wait, at most `longest`: until √(articles a second to be expected), summed up from now
    on, comes to PATIENCE.

    For feeds that publish at the rates r, a given number of requests is spent best (articles wait least in sum)
    on intervals in proportion to 1/√r: the derivative of Σ r·i/2 + c·Σ 1/i by each interval i is then nought.
    """
    waited = grown = 0.0
    for seconds, rate in outlook(habits, now):
        impatience = sqrt(rate)
        if waited >= longest or grown + impatience * seconds >= PATIENCE:
            return min(waited + (PATIENCE - grown) / impatience, longest)
        waited += seconds
        grown += impatience * seconds
    return longest


def after_success(feed: Feed, bounds: Bounds, *, now: datetime, fresh_for: float | None) -> datetime:
    """When to ask again a feed in this state: as it was learnt, raised to the publisher's wishes, clamped.

    `fresh_for` is the max-age of the last answer, in seconds.
    """
    learnt = wait(feed.habits or Habits(now), now=now, longest=bounds.longest)
    seconds = bounds.clamp(max(learnt, feed.ttl or 0.0, fresh_for or 0.0))
    scatter = _share(feed, now) * _room(seconds)
    inside = seconds + scatter if seconds + scatter <= bounds.longest else seconds - scatter
    return _allowed(feed, now, bounds.clamp(inside))


def after_failure(feed: Feed, bounds: Bounds, *, now: datetime, retry_after: float | None) -> datetime:
    """When to ask again after trouble: twice as late each time up to LONGEST_BACK_OFF, and never before the
    publisher's own wish, which may go above it."""
    back_off = min(bounds.shortest * 2 ** min(feed.failures + 1, 30), max(LONGEST_BACK_OFF, bounds.longest))
    seconds = max(back_off, retry_after or 0.0)
    return _allowed(feed, now, seconds + _share(feed, now) * _room(seconds))


def _allowed(feed: Feed, now: datetime, seconds: float) -> datetime:
    """So many seconds from now, or soon after the end of the hours and days that the publisher wants us to skip.

    Whoever skips the whole week is not obeyed.
    """
    moment = wished = now + timedelta(seconds=seconds)
    if feed.skip_hours >= _ALL_HOURS or feed.skip_days >= _ALL_DAYS:
        return wished
    while moment.hour in feed.skip_hours or moment.weekday() in feed.skip_days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment if moment == wished else moment + timedelta(seconds=_share(feed, now) * MOST_SCATTER)


def _room(seconds: float) -> float:
    return min(SCATTER * seconds, MOST_SCATTER)


def _share(feed: Feed, now: datetime) -> float:
    """A number from 0 to 1 that looks random, and is the same for the same feed and moment."""
    return crc32(f"{feed.id} {now.timestamp()}".encode()) / 2**32
