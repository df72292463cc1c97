"""Room for large bodies: how much of them may be in memory at once, from the first byte too many until nobody needs
them any more.

Small ones need none. Who waits for room has only begun to take a body in, and its publisher waits as well.
"""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any
from weakref import WeakSet, finalize, ref

# In bytes: beyond this a body needs room.
LARGE = 64_000


class Place:
    """One body's part of the room, given back as soon as nobody refers to it: so it goes wherever the body goes."""

    def __init__(self, room: "Room", size: int) -> None:
        self._room = room
        # Shared with what gives it back, which must not refer to the place itself.
        self._taken = [size]
        holder, loop = asyncio.current_task(), asyncio.get_running_loop()
        finalize(self, _soon, loop, room.leave, self._taken, ref(holder) if holder else None).atexit = False

    def shrink(self, size: int) -> None:
        """Of the part that was taken as large as a body may be, keep as much as this one turned out to need."""
        rest = max(0, self._taken[0] - size)
        self._taken[0] -= rest
        self._room.give_back(rest)


class Room:
    """So many bytes. A task that has a part gets another at once: all who have one could else wait for each other."""

    def __init__(self, size: int) -> None:
        self._size = self._free = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._holders: WeakSet[asyncio.Task[Any]] = WeakSet()

    @property
    def free(self) -> int:
        """How many bytes are left; less than none where tasks have taken a second part."""
        return self._free

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(not turn.done() for _, turn in self._waiting)

    async def take(self, size: int) -> Place:
        """A part of this size (or all of it) for the current task, after those who came before."""
        task, size = asyncio.current_task(), min(size, self._size)
        if task not in self._holders and (self._waiting or self._free < size):
            await self._turn(size)
        else:
            self._free -= size
        if task is not None:
            self._holders.add(task)
        return Place(self, size)

    def leave(self, taken: list[int], holder: "ref[asyncio.Task[Any]] | None") -> None:
        """What a place does that nobody refers to any more."""
        if holder is not None and (task := holder()) is not None:
            self._holders.discard(task)
        self.give_back(taken[0])

    def give_back(self, size: int) -> None:
        """Let those in whose turn it is."""
        self._free += size
        while self._waiting and (self._free >= self._waiting[0][0] or self._waiting[0][1].done()):
            wanted, turn = self._waiting.popleft()
            if not turn.done():
                self._free -= wanted
                turn.set_result(None)

    async def _turn(self, size: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        try:
            await turn
        except asyncio.CancelledError:
            # Its turn may have come in the same moment.
            self.give_back(0 if turn.cancelled() else size)
            raise


def _soon(loop: asyncio.AbstractEventLoop, leave: Any, *of: Any) -> None:
    """Whichever thread was the last to refer to the place, the loop gives it back, if it still runs."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(leave, *of)
