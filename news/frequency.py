"""How often a feed writes, by the dates of what it shows: pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# What is older says little about today.
LOOKED_BACK = timedelta(days=90)
# Two articles may be an hour apart by chance.
FEWEST = 3
_DAY = timedelta(days=1)
_SHORTEST = timedelta(hours=1)


def articles_a_day(dates: Iterable[datetime | None], *, now: datetime) -> float | None:
    """Articles a day from the first of these dates until now; None where there are too few to tell.

    Dates in the future, and those of three months ago, say nothing.
    """
    known = [date for date in dates if date is not None and now - LOOKED_BACK <= date <= now]
    if len(known) < FEWEST:
        return None
    return len(known) / (max(now - min(known), _SHORTEST) / _DAY)
