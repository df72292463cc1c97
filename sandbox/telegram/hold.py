"""A hand on calls: each one met is stopped where a test wants it, until the test lets go.

arrived     it has come in, and nothing has happened yet
accepted    it is done and recorded, and not answered
"""

import asyncio
from typing import Literal

from sandbox.telegram.bell import Bell

Stage = Literal["arrived", "accepted"]
PATIENCE = 30.0


class Hold:
    """Stops calls; made by `Holds.add`. Without a chat or a method it stops those of all."""

    def __init__(self, stage: Stage, chat: int | None = None, method: str | None = None) -> None:
        self.caught = 0
        self._meets = stage, chat, method and method.lower()
        self._free = asyncio.Event()
        self._lost = False
        self._changed = Bell()

    def meets(self, stage: Stage, method: str, chat: int | None) -> bool:
        """Whether it stops such a call."""
        mine, its_chat, its_method = self._meets
        return (
            not self._free.is_set()
            and mine == stage
            and its_chat in (None, chat)
            and its_method in (None, method.lower())
        )

    async def stop(self) -> bool:
        """Stop a call here; gives whether it goes on, once it is let go."""
        self.caught += 1
        self._changed.ring()
        await self._free.wait()
        return not self._lost

    async def catches(self, number: int = 1) -> None:
        """Wait until it has stopped so many calls."""
        async with asyncio.timeout(PATIENCE):
            while self.caught < number:
                await self._changed.rung()

    def let_go(self) -> None:
        """All that was stopped goes on, and what comes from now on isn't."""
        self._free.set()

    def lose(self) -> None:
        """All that was stopped is cut off where it stands."""
        self._lost = True
        self._free.set()


class Holds:
    """The hands that are on."""

    def __init__(self) -> None:
        self._all: list[Hold] = []

    def add(self, stage: Stage, *, chat: int | None = None, method: str | None = None) -> Hold:
        """Stop such calls there from now on; an earlier hold goes before a later one."""
        self._all.append(Hold(stage, chat, method))
        return self._all[-1]

    async def pass_(self, stage: Stage, method: str, chat: int | None) -> bool:
        """Let a call wait where it is held; gives whether it goes on after that."""
        hold = next((one for one in self._all if one.meets(stage, method, chat)), None)
        return hold is None or await hold.stop()
