"""Whether a feed's article pages are worth fetching: learnt from what they gave, or said by an admin. Pure.

What is remembered is a bit for each of the last pages, and two moments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

# So many pages in a row that gave nothing are enough; no more than that are asked for side by side.
PATIENCE = 4
# Then a single one is tried now and then: after an hour, and twice as long after each that gives nothing again.
FIRST_REST, LONGEST_REST = timedelta(hours=1), timedelta(days=1)
MEMORY = 20


class PageRule(Enum):
    """An admin's word on a feed's pages: AUTO leaves it to what the feed says and what was learnt, ALWAYS and NEVER
    don't."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Tried:
    """A page that was asked for: whether it `gave` more than the feed, and the seconds, if any, for which its
    publisher asked to be left alone."""

    gave: bool
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a feed's pages were good for: `told` says of the last of them, newest last, whether each gave anything.

    `again_at` is when one is tried again after too many gave nothing, `away_until` how long their publisher asked to
    be left alone; None where neither holds.
    """

    told: tuple[bool, ...]
    again_at: datetime | None = None
    away_until: datetime | None = None

    @property
    def gave(self) -> int:
        """How many of the last pages gave anything."""
        return sum(self.told)

    @property
    def barren(self) -> int:
        """How many of the last pages in a row gave nothing."""
        return next((run for run, gave in enumerate(reversed(self.told)) if gave), len(self.told))


def allowance(rule: PageRule, worth: Worth | None, *, now: datetime) -> int:
    """How many pages of the feed may be asked for now, side by side; `worth` is None where none ever was.

    While they give something it is as many as may fail before it is too much. After that none, or the one that is
    tried now and then: if it gives something, the others may follow at once.
    """
    if rule is PageRule.NEVER or (worth and _ahead(worth.away_until, now)):
        return 0
    if rule is PageRule.ALWAYS or worth is None:
        return PATIENCE
    if worth.barren < PATIENCE:
        return PATIENCE - worth.barren
    return 0 if _ahead(worth.again_at, now) else 1


def worth_after(worth: Worth | None, tried: Sequence[Tried], *, now: datetime) -> Worth | None:
    """What is known once these pages were tried, in this order."""
    if not tried:
        return worth
    told = (*(worth.told if worth else ()), *(page.gave for page in tried))
    known = Worth(told[-MEMORY:], away_until=_away_until(tried, now))
    return replace(known, again_at=now + _rest(known.barren)) if known.barren >= PATIENCE else known


def rests_until(worth: Worth | None, *, now: datetime) -> datetime | None:
    """Until when no page is asked for by what was learnt; None where one may be."""
    return worth.again_at if worth and _ahead(worth.again_at, now) else None


def _away_until(tried: Sequence[Tried], now: datetime) -> datetime | None:
    asked = [page.retry_after for page in tried if page.retry_after]
    return now + min(timedelta(seconds=max(asked)), LONGEST_REST) if asked else None


def _rest(barren: int) -> timedelta:
    doubled = 1 << (barren - PATIENCE)
    return min(FIRST_REST * doubled, LONGEST_REST)


def _ahead(moment: datetime | None, now: datetime) -> bool:
    """Whether a moment is still to come. One further off than the longest rest was set by a clock that went back."""
    return moment is not None and timedelta() < moment - now <= LONGEST_REST
