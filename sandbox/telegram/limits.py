"""Telegram's limits on sending, as sliding windows over what was accepted."""

import math
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send; `second` and `minute` are the windows' lengths in seconds.

    `paid` counts what is sent with allow_paid_broadcast, `total` all else.
    """

    total: int = 30
    paid: int = 1000
    burst: int = 4
    group: int = 20
    second: float = 1.0
    minute: float = 60.0


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: float


class Meter:
    """Counts accepted sends and edits against the limits; without limits it admits everything."""

    def __init__(self, limits: Limits | None) -> None:
        self._limits = limits
        self._total: deque[float] = deque()
        self._paid: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._buckets: dict[int, _Bucket] = {}

    def admit(self, chat_id: int, *, group: bool, now: float, paid: bool = False) -> int:
        """0 if one more is admitted (and counted), else the whole seconds to wait; `now` in seconds."""
        limits = self._limits
        if limits is None:
            return 0
        in_all, most = (self._paid, limits.paid) if paid else (self._total, limits.total)
        waits = [
            _window_wait(in_all, most, limits.second, now),
            self._bucket_wait(chat_id, limits, now),
            self._group_wait(chat_id, limits, now) if group else 0.0,
        ]
        if any(waits):
            return max(1, math.ceil(max(waits)))
        in_all.append(now)
        self._count(chat_id, group, now)
        return 0

    def _bucket_wait(self, chat_id: int, limits: Limits, now: float) -> float:
        bucket = self._buckets.setdefault(chat_id, _Bucket(limits.burst, now))
        bucket.left = min(limits.burst, bucket.left + (now - bucket.filled_at) / limits.second)
        bucket.filled_at = now
        # A hair less than one is one: elapsed time is a difference of floats.
        return 0.0 if bucket.left > 1 - 1e-6 else (1 - bucket.left) * limits.second

    def _group_wait(self, chat_id: int, limits: Limits, now: float) -> float:
        window = self._groups.setdefault(chat_id, deque())
        return _window_wait(window, limits.group, limits.minute, now)

    def _count(self, chat_id: int, group: bool, now: float) -> None:
        self._buckets[chat_id].left -= 1
        if group:
            self._groups[chat_id].append(now)


def _window_wait(window: deque[float], most: int, seconds: float, now: float) -> float:
    while window and window[0] <= now - seconds:
        window.popleft()
    return window[0] + seconds - now if len(window) >= most else 0.0
