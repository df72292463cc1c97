"""The order of answering: in turn within a chat, side by side between chats."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from news.ports import Received


class Lanes:
    """Takes updates and has each dealt with, every chat in a lane of its own."""

    def __init__(self, deal_with: Callable[[Received], Awaitable[None]]) -> None:
        self._deal_with = deal_with
        self._waiting: dict[str, deque[Received]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}

    def take(self, update: Received) -> None:
        """Queue an update in its chat's lane."""
        self._waiting.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._at_work:
            self._at_work[update.lane] = asyncio.create_task(self._work_off(update.lane))

    async def stop(self, *, patience: float) -> None:
        """Finish what is being dealt with within `patience` seconds; the rest stays in the inbox."""
        for waiting in self._waiting.values():
            waiting.clear()
        working = list(self._at_work.values())
        if working:
            _, late = await asyncio.wait(working, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work_off(self, lane: str) -> None:
        try:
            while self._waiting[lane]:
                await self._deal_with(self._waiting[lane].popleft())
        finally:
            del self._waiting[lane], self._at_work[lane]
