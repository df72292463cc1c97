"""A count that one can wait for."""

import asyncio


class Tally:
    """Counts up, and wakes those who wait for a number."""

    def __init__(self) -> None:
        self.count = 0
        self._moved = asyncio.Event()

    def add(self) -> None:
        """One more."""
        self.count += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def reaches(self, count: int | None = None) -> None:
        """Waits until it stands at `count`; by default until one more than now."""
        target = self.count + 1 if count is None else count
        while self.count < target:
            await self._moved.wait()
