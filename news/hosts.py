"""Good manners towards hosts: at most two requests at once, a pause between their starts, people first."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum


class Errand(IntEnum):
    """Why a host is asked; lower goes first."""

    PERSON = 0
    POLL = 1
    PAGE = 2


class _Gate:
    """One host: who is inside, who waits, and when the next may start."""

    def __init__(self) -> None:
        self.inside = {True: 0, False: 0}
        self.opens_at = 0.0
        self.waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self.timer: asyncio.TimerHandle | None = None

    def idle(self, now: float) -> bool:
        return not any(self.inside.values()) and not self.waiting and now >= self.opens_at


class Hosts:
    """Gates to all hosts. A person's errand has a slot of its own beside the `at_once` of the others.

    `pause` is in seconds. No host ever waits for another.
    """

    def __init__(self, *, at_once: int = 2, pause: float = 0.2) -> None:
        self._at_once = at_once
        self._pause = pause
        self._gates: defaultdict[str, _Gate] = defaultdict(_Gate)
        self._tickets = 0

    def __len__(self) -> int:
        """How many hosts are remembered for the moment."""
        return len(self._gates)

    @asynccontextmanager
    async def visit(self, host: str, errand: Errand) -> AsyncIterator[None]:
        """Wait for a place at the host, hold it for the block."""
        gate = self._gates[host]
        try:
            await self._enter(gate, errand)
            try:
                yield
            finally:
                gate.inside[errand is Errand.PERSON] -= 1
        finally:
            self._admit(gate)
            self._forget_idle(host)

    async def _enter(self, gate: _Gate, errand: Errand) -> None:
        self._tickets += 1
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        gate.waiting.append((errand, self._tickets, place))
        gate.waiting.sort(key=lambda waiter: waiter[:2])
        self._admit(gate)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                gate.inside[errand is Errand.PERSON] -= 1
            gate.waiting = [waiter for waiter in gate.waiting if waiter[2] is not place]
            raise

    def _admit(self, gate: _Gate) -> None:
        """Let in the first who may go now; come back when the pause is over for the next."""
        loop = asyncio.get_running_loop()
        waiter = self._next(gate)
        if waiter is None:
            return
        if loop.time() < gate.opens_at:
            self._admit_later(gate)
            return
        gate.waiting.remove(waiter)
        gate.inside[waiter[0] == Errand.PERSON] += 1
        gate.opens_at = loop.time() + self._pause
        waiter[2].set_result(None)
        self._admit(gate)

    def _next(self, gate: _Gate) -> tuple[int, int, asyncio.Future[None]] | None:
        """Who goes next; one who was cancelled may still stand in the line for a moment."""
        willing = (waiter for waiter in gate.waiting if not waiter[2].done())
        return next((waiter for waiter in willing if self._has_room(gate, waiter[0])), None)

    def _admit_later(self, gate: _Gate) -> None:
        if gate.timer is None:
            gate.timer = asyncio.get_running_loop().call_at(gate.opens_at, self._open, gate)

    def _open(self, gate: _Gate) -> None:
        gate.timer = None
        self._admit(gate)

    def _has_room(self, gate: _Gate, errand: int) -> bool:
        personal = errand == Errand.PERSON
        return gate.inside[personal] < (1 if personal else self._at_once)

    def _forget_idle(self, host: str) -> None:
        """Thousands of hosts pass by: keep only the gates that still hold something back."""
        gate = self._gates.get(host)
        if gate is not None:
            asyncio.get_running_loop().call_later(self._pause, self._drop, host, gate)

    def _drop(self, host: str, gate: _Gate) -> None:
        if self._gates.get(host) is gate and gate.idle(asyncio.get_running_loop().time()):
            del self._gates[host]
