"""One pace for everything that leaves: who goes first, and when.

Answers to people go before all else, then the lanes in their order; within a lane the chats take turns. `limits` says
what Telegram allows, `brake` what is left of it when Telegram refuses, `line` who is next. Limits count per Telegram
chat, not per topic. A lane that is busy all the time leaves nothing to those below it: that is what the order means.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

import structlog

from handlers.brake import Brake
from handlers.limits import NEVER, Ceiling, Chats, Windows
from handlers.line import Line, Waiter

log = structlog.get_logger(__name__)


class Lane(IntEnum):
    """Who goes first: answers to people, then what is owed, by its urgency."""

    REPLY = 0
    URGENT = 1
    NEWS = 2
    EDIT = 3
    NOTICE = 4
    DIGEST = 5
    BROADCAST = 6


# What is never paid for: an answer needs no hurry that money buys, an edit can't be paid.
ALWAYS_FREE = (Lane.REPLY, Lane.EDIT)
# A timer that rings too early by a rounding would have to be set again.
HAIR = 1e-6


class Pacer:
    """Gives out places for calls to Telegram."""

    def __init__(self, windows: Windows | None = None) -> None:
        self._windows = windows or Windows()
        self._in_all = Ceiling(self._windows.in_all, self._windows)
        self._free = Ceiling(self._windows.free, self._windows)
        self._ceilings = {lane: self._ceilings_of(lane) for lane in Lane}
        self._lines = {lane: Line() for lane in Lane}
        self._chats = Chats(self._windows)
        self._brake = Brake(self._windows.second)
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def place(self, chat_id: int, lane: Lane, *, patience: float | None = None) -> AsyncIterator[None]:
        """Wait until a call to this chat may start, and count it until the block ends.

        Raises TimeoutError if there is no place within `patience` seconds (None: wait as long as it takes). A block
        that ends without an exception counts as accepted by Telegram.
        """
        async with asyncio.timeout(patience):
            await self._enter(chat_id, lane)
        try:
            yield
            self._brake.accepted()
        finally:
            self._end(chat_id, lane)

    def refused(self, chat_id: int, seconds: float) -> None:
        """Telegram answered 429: leave the chat alone for so long, and slow everybody if all seem to be meant."""
        now = _now()
        self._chats.hold(chat_id, now + seconds, now)
        if self._brake.refused(chat_id, seconds, now):
            held = self._brake.held_until - now
            log.warning("all_slowed", held_seconds=round(held, 1), share_left=self._brake.share(now))
        self._admit()

    def busy_chats(self) -> frozenset[int]:
        """The chats that nothing may be sent to right now."""
        return self._chats.busy(_now())

    def pays(self, lane: Lane) -> bool:
        """Whether a message in this lane is to be sent as a paid broadcast, where it exceeds what is free."""
        return self._windows.paid and lane not in ALWAYS_FREE

    @property
    def rate(self) -> float:
        """How many calls a second may be made now; 0 while all are held. Asked within the running loop."""
        now = _now()
        if now < self._brake.held_until:
            return 0.0
        return self._brake.share(now) * self._windows.in_all / self._windows.second

    async def _enter(self, chat_id: int, lane: Lane) -> None:
        waiter = Waiter(chat_id, asyncio.get_running_loop().create_future())
        self._lines[lane].join(waiter)
        self._admit()
        try:
            await waiter.place
        except asyncio.CancelledError:
            self._leave(waiter, lane)
            raise

    def _leave(self, waiter: Waiter, lane: Lane) -> None:
        """Somebody gave up waiting, perhaps just as the place was given."""
        waited = self._lines[lane].leave(waiter)
        if not waited and waiter.place.done() and not waiter.place.cancelled():
            for ceiling in self._ceilings[lane]:
                ceiling.give_back(reply=lane is Lane.REPLY)
            self._chats.give_back(waiter.chat_id, _now())
            self._recall(waiter.chat_id)
        self._admit()

    def _end(self, chat_id: int, lane: Lane) -> None:
        now = _now()
        for ceiling in self._ceilings[lane]:
            ceiling.end(now, reply=lane is Lane.REPLY)
        self._chats.end(chat_id, now)
        self._recall(chat_id)
        self._admit()

    def _recall(self, chat_id: int) -> None:
        for line in self._lines.values():
            if line.waiting:
                line.recall(chat_id)

    def _admit(self) -> None:
        """Let in whoever may start now; set a timer for the next."""
        now, soonest = _now(), NEVER
        for lane, line in self._lines.items():
            if line.waiting:
                line.wake(now)
                soonest = min(soonest, self._serve(lane, line, now), line.wakes_at)
        self._wake_at(soonest)

    def _serve(self, lane: Lane, line: Line, now: float) -> float:
        """Let in whoever may start now in one lane; gives when the limits on all let in another of those left."""
        while line.is_ready:
            moment = self._opens_at(lane, now)
            if moment > now:
                return moment
            if waiter := line.take(now, self._chats.free_at):
                self._start(waiter, lane, now)
        return NEVER

    def _opens_at(self, lane: Lane, now: float) -> float:
        """When the limits on all let in somebody of this lane."""
        reply, moment = lane is Lane.REPLY, self._brake.held_until
        share = self._brake.share(now, reply=reply)
        for ceiling in self._ceilings[lane]:
            moment = max(moment, ceiling.opens_at(now, share, reply=reply))
        return moment

    def _start(self, waiter: Waiter, lane: Lane, now: float) -> None:
        reply = lane is Lane.REPLY
        for ceiling in self._ceilings[lane]:
            ceiling.begin(now, self._brake.share(now, reply=reply), reply=reply)
        self._chats.begin(waiter.chat_id, now)
        waiter.place.set_result(None)

    def _wake_at(self, moment: float) -> None:
        """Look again then; a timer that rings sooner does so, too."""
        if moment == NEVER or (self._timer is not None and self._timer.when() <= moment + HAIR):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(moment + HAIR, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._admit()

    def _ceilings_of(self, lane: Lane) -> tuple[Ceiling, ...]:
        return (self._in_all, self._free) if self._windows.paid and lane in ALWAYS_FREE else (self._in_all,)


def _now() -> float:
    return asyncio.get_running_loop().time()
