"""Telegram's limits, kept and not discovered.

A call occupies one of the slots from its start until one window after its answer, so the server's own window can't
be exceeded whatever the latency; starts are spaced. Replies to people go before pushes and have a slot of their
own. A chat gets at most three in a burst and then one a window; a group twenty in its longer window.
Limits count per Telegram chat, not per topic. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum


class Lane(IntEnum):
    """Who goes first."""

    REPLY = 0
    PUSH = 1


@dataclass(frozen=True, slots=True)
class Windows:
    """The limits: windows in seconds, and how many calls go into each. Tests run both windows shorter."""

    second: float = 1.0
    minute: float = 60.0
    in_all: int = 30
    for_replies: int = 1
    chat_burst: int = 3
    group: int = 20


class _Slots:
    """A number of slots, each occupied from a call's start until `window` after its end."""

    def __init__(self, size: int, window: float) -> None:
        self._size, self._window = size, window
        self._under_way = 0
        self._ended: deque[float] = deque()

    def free_at(self, now: float, reserved: int = 0) -> float:
        """When a slot beside the reserved ones is free: `now`, or later; infinity if a call must end first."""
        while self._ended and self._ended[0] + self._window <= now:
            self._ended.popleft()
        missing = self._under_way + len(self._ended) + reserved + 1 - self._size
        if missing <= 0:
            return now
        return self._ended[missing - 1] + self._window if missing <= len(self._ended) else float("inf")

    def begin(self) -> None:
        self._under_way += 1

    def end(self, now: float) -> None:
        self._under_way -= 1
        self._ended.append(now)

    def give_back(self) -> None:
        """The call was never made."""
        self._under_way -= 1

    def idle(self, now: float) -> bool:
        self.free_at(now)
        return not self._under_way and not self._ended


class _Chat:
    """One chat's limits: a bucket of `burst` that fills by one a window, and a group's longer window.

    When the server takes a message isn't known: a call counts in full while it is under way, and then as taken at
    its end.
    """

    def __init__(self, windows: Windows, is_group: bool) -> None:
        self._second, self._burst = windows.second, windows.chat_burst
        self._under_way = 0
        self._full_at = 0.0
        self._slots = _Slots(windows.group if is_group else 1_000_000, windows.minute if is_group else 0.0)
        self.held_until = 0.0

    def free_at(self, now: float) -> float:
        left = self._burst - self._under_way
        if left <= 0:
            return float("inf")
        bucket = self._full_at - (left - 1) * self._second
        return max(now, bucket, self.held_until, self._slots.free_at(now))

    def begin(self) -> None:
        self._under_way += 1
        self._slots.begin()

    def end(self, now: float) -> None:
        self._under_way -= 1
        self._full_at = max(self._full_at, now) + self._second
        self._slots.end(now)

    def give_back(self) -> None:
        """The call was never made."""
        self._under_way -= 1
        self._slots.give_back()

    def idle(self, now: float) -> bool:
        return not self._under_way and max(self._full_at, self.held_until) <= now and self._slots.idle(now)


@dataclass(order=True, slots=True)
class _Waiter:
    lane: Lane
    ticket: int
    chat_id: int = field(compare=False)
    place: "asyncio.Future[None]" = field(compare=False)


class Pacer:
    """Gives out places for calls to Telegram."""

    # So many chats refused within so many seconds, each inside its own limits, mean that all are meant.
    SEVERAL, TOGETHER = 3, 5.0
    # All are held no longer than this without asking again: it is a guess, and people wait for answers.
    LONGEST_HOLD = 30.0

    def __init__(self, windows: Windows | None = None) -> None:
        self._windows = windows or Windows()
        self._all = _Slots(self._windows.in_all, self._windows.second)
        self._chats: dict[int, _Chat] = {}
        self._waiting: list[_Waiter] = []
        self._tickets = 0
        self._next_start = 0.0
        self._held_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._refused: dict[int, float] = {}

    @asynccontextmanager
    async def place(self, chat_id: int, lane: Lane, *, patience: float | None = None) -> AsyncIterator[None]:
        """Wait until a call to this chat may start, and count it until the block ends.

        Raises TimeoutError if there is no place within `patience` seconds (None: wait as long as it takes).
        """
        async with asyncio.timeout(patience):
            await self._enter(chat_id, lane)
        try:
            yield
        finally:
            now = asyncio.get_running_loop().time()
            self._all.end(now)
            self._chat(chat_id).end(now)
            self._admit()

    def refused(self, chat_id: int, seconds: float) -> None:
        """Telegram answered 429: leave the chat alone for so long, and everybody if several chats say so."""
        now = asyncio.get_running_loop().time()
        chat = self._chat(chat_id)
        chat.held_until = max(chat.held_until, now + seconds)
        recent = {chat: at for chat, at in self._refused.items() if now - at <= self.TOGETHER}
        self._refused = {**recent, chat_id: now}
        if len(self._refused) >= self.SEVERAL:
            self._held_until = max(self._held_until, now + min(seconds, self.LONGEST_HOLD))
        self._admit()

    def busy_chats(self) -> frozenset[int]:
        """The chats that nothing may be sent to right now."""
        now = asyncio.get_running_loop().time()
        self._chats = {chat_id: chat for chat_id, chat in self._chats.items() if not chat.idle(now)}
        return frozenset(chat_id for chat_id, chat in self._chats.items() if chat.free_at(now) > now)

    async def _enter(self, chat_id: int, lane: Lane) -> None:
        self._tickets += 1
        waiter = _Waiter(lane, self._tickets, chat_id, asyncio.get_running_loop().create_future())
        insort(self._waiting, waiter)
        self._admit()
        try:
            await waiter.place
        except asyncio.CancelledError:
            self._leave(waiter)
            raise

    def _leave(self, waiter: _Waiter) -> None:
        """Somebody gave up waiting, perhaps just as the place was given."""
        if waiter in self._waiting:
            self._waiting.remove(waiter)
        elif waiter.place.done() and not waiter.place.cancelled():
            self._all.give_back()
            self._chat(waiter.chat_id).give_back()
        self._admit()

    def _admit(self) -> None:
        """Let in whoever may start now; set a timer for the next."""
        now = asyncio.get_running_loop().time()
        # Whoever was cancelled a moment ago may not have left yet.
        self._waiting = [waiter for waiter in self._waiting if not waiter.place.done()]
        while (waiter := self._next(now)) is not None:
            self._start(waiter, now)
        self._wake_at(self._soonest(now))

    def _next(self, now: float) -> _Waiter | None:
        """The first in line of those who may start now."""
        gates = self._gates(now)
        if all(gate > now for gate in gates.values()):
            return None
        fit = (waiter for waiter in self._waiting if gates[waiter.lane] <= now)
        return next((waiter for waiter in fit if self._chat(waiter.chat_id).free_at(now) <= now), None)

    def _soonest(self, now: float) -> float:
        """When to look again: nobody can start before."""
        gates = self._gates(now)
        gate = min(gates.values(), default=float("inf"))
        if gate > now:
            return gate
        moments = (max(gates[each.lane], self._chat(each.chat_id).free_at(now)) for each in self._waiting)
        return min(moments, default=float("inf"))

    def _gates(self, now: float) -> dict[Lane, float]:
        """When the limits on all let in somebody of each lane that is waiting."""
        lanes = {self._waiting[0].lane, self._waiting[-1].lane} if self._waiting else set()
        return {lane: max(self._next_start, self._held_until, self._slots_free_at(lane, now)) for lane in lanes}

    def _start(self, waiter: _Waiter, now: float) -> None:
        self._waiting.remove(waiter)
        self._space(now)
        self._all.begin()
        self._chat(waiter.chat_id).begin()
        waiter.place.set_result(None)

    def _space(self, now: float) -> None:
        """The next start is one spacing after this one was due; a late one is made up for, half a spacing at most."""
        spacing = self._windows.second / self._windows.in_all
        self._next_start = max(self._next_start + spacing, now + spacing / 2)

    def _slots_free_at(self, lane: Lane, now: float) -> float:
        return self._all.free_at(now, 0 if lane is Lane.REPLY else self._windows.for_replies)

    def _wake_at(self, moment: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if moment != float("inf"):
            self._timer = asyncio.get_running_loop().call_at(moment, self._admit)

    def _chat(self, chat_id: int) -> _Chat:
        """A chat's limits; groups, supergroups and channels have negative ids."""
        if chat_id not in self._chats:
            self._chats[chat_id] = _Chat(self._windows, is_group=chat_id < 0)
        return self._chats[chat_id]
