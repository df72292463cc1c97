"""What the followers of a feed are told of it: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.errors import Problem
from news.feed import Feed

LONG = timedelta(days=7)


class Event(StrEnum):
    """What there is to tell: the publisher closed the feed, or it has failed for a week."""

    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Notice:
    """A feed's trouble as its followers are told of it; `outlet` is its title, `since` when it began to fail."""

    event: Event
    outlet: str
    url: str
    private: bool
    problem: Problem
    since: datetime


def event_of(feed: Feed, *, now: datetime) -> Event | None:
    """What its followers must know of a feed in this state, None for what may mend by itself."""
    if feed.stopped:
        return Event.GONE
    if feed.failing_since is not None and now - feed.failing_since >= LONG:
        return Event.FAILING
    return None
