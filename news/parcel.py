"""What an owed report becomes when its turn has come: a push, a part of a message sent before, or one of a list. Pure.

one story is one push: a report of what the chat was told within a day joins that message
what else is owed of the story goes along, unless every report is wanted of its feed
five articles of one feed within a minute go singly; from the sixth on those that are owed make one list
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

# Reports join a message that is no older than this.
JOINED_FOR = timedelta(hours=24)
# So many articles of a feed go singly within this span.
SINGLY, SPAN = 5, timedelta(seconds=60)
# Of what is owed of one feed, so many are listed in one message.
MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Report:
    """An owed delivery of an article; `every`: of its feed the chat wants every report, not each story once."""

    id: int
    story_id: int
    feed_id: int
    outlet: str
    every: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A message that told a chat of a story: `id` of the delivery it was sent as, `outlets` whom it names.

    `changes`: it may still be changed, as lists and digests are not.
    """

    id: int
    outlets: frozenset[str]
    changes: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is to know of a chat when a report's turn has come.

    `same_story` and `same_feed` are owed as well, oldest first; `told` is what was said of the story within a day, if
    anything; `lately` how many articles of the feed went singly within the last minute.
    """

    report: Report
    same_story: Sequence[Report] = ()
    same_feed: Sequence[Report] = ()
    told: Told | None = None
    lately: int = 0


@dataclass(frozen=True, slots=True)
class Push:
    """A message of its own, with these others of its story."""

    others: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """It is told of by a message that was sent; `change` it, where that makes a difference."""

    told: Told
    change: bool


@dataclass(frozen=True, slots=True)
class List:
    """One of these, which make one message."""

    reports: tuple[Report, ...]


Parcel = Push | Join | List


def decide_parcel(situation: Situation) -> Parcel:
    """What becomes of the report."""
    report, told = situation.report, situation.told
    if told and not report.every:
        return Join(told, change=told.changes and report.outlet not in told.outlets)
    if situation.lately >= SINGLY and situation.same_feed:
        return List((report, *situation.same_feed)[:MOST_LISTED])
    return Push(() if report.every else tuple(one for one in situation.same_story if not one.every))


def also(outlet: str, others: Sequence[str]) -> tuple[str, ...]:
    """The outlets that report the same besides this one, each once, in their order."""
    return tuple(name for name in dict.fromkeys(others) if name != outlet)
