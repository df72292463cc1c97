"""What operators ask of the storage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Overview:
    """The service in figures: `lag` is how many seconds the most overdue feed waits, `oldest` when the oldest article
    was found, `size` the database's in bytes."""

    feeds: int
    failing: int
    articles: int
    chats: int
    suspended: int
    subscriptions: int
    owed: int
    sent: int
    failed: int
    waiting_updates: int
    last_poll_at: datetime | None
    lag: float
    oldest: datetime | None
    size: int


class Keeper(Protocol):
    """What operators ask of the storage."""

    async def overview(self, *, now: datetime) -> Overview:
        """The figures of /stats and /health."""

    async def tidy(self, *, now: datetime) -> Mapping[str, int]:
        """Delete what is kept no longer: chats suspended for 30 days, settled deliveries and notes older than 30 days,
        private feeds that nobody follows, articles as the operator wants it, and what nothing refers to any more.

        Takes a minute or two at most, and leaves the rest for the next time. Gives how many rows went, by what.
        """
