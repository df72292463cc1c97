"""How a feed is doing, in a word: pure."""

from datetime import datetime, timedelta
from enum import Enum, auto

from news.feed import Feed
from news.habits import mean_rate

# A silence so many times as long as the usual time between two articles is worth a word, within these bounds.
UNUSUAL = 5
SHORTEST, LONGEST = timedelta(days=2), timedelta(days=60)


class State(Enum):
    """What there is to say of a feed."""

    UNREAD = auto()  # never read so far
    FRESH = auto()
    QUIET = auto()  # read, and for long nothing new in it
    FAILING = auto()


def state_of(feed: Feed, newest: datetime | None, *, now: datetime) -> State:
    """The state of a feed whose newest article was published at `newest` (None: it has none)."""
    if feed.problem:
        return State.FAILING
    if feed.succeeded_at is None:
        return State.UNREAD
    return State.QUIET if newest and now - newest > _patience(feed, newest) else State.FRESH


def _patience(feed: Feed, newest: datetime) -> timedelta:
    """How long it may be silent before anybody wonders."""
    usual = timedelta(seconds=1 / mean_rate(feed.habits, newest)) if feed.habits else SHORTEST
    return min(max(UNUSUAL * usual, SHORTEST), LONGEST)
