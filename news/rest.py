"""How long something in trouble is left alone: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# From so many failures in a row on it rests for a minute, then twice as long after each.
FAILURES, SHORTEST, LONGEST = 3, timedelta(minutes=1), timedelta(hours=1)
_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Rest:
    """The failures in a row so far, and until when the rest lasts (None: there is none)."""

    failures: int = 0
    until: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        """Whether it is still to be left alone."""
        return self.until is not None and now < self.until

    def after_failure(self, now: datetime, retry_after: float | None = None) -> "Rest":
        """One more failure; `retry_after` is how many seconds it asked for, kept up to an hour."""
        failures = self.failures + 1
        doublings = min(failures - FAILURES, _MOST_DOUBLINGS)
        own = SHORTEST * 2**doublings if doublings >= 0 else timedelta()
        asked = timedelta(seconds=min(retry_after or 0.0, LONGEST.total_seconds()))
        return Rest(failures, now + min(max(own, asked), LONGEST))
