"""The order of answering: in turn within a chat, side by side between chats."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from news.ports import Received

# Seconds until an update that could not be dealt with is taken up again.
PAUSE = 1.0
log = structlog.get_logger(__name__)


class Lanes:
    """Takes updates and has each dealt with, every chat in a lane of its own.

    What raises is dealt with again after a pause, before anything else of its chat.
    """

    def __init__(self, deal_with: Callable[[Received], Awaitable[None]]) -> None:
        self._deal_with = deal_with
        self._waiting: dict[str, deque[Received]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    def take(self, update: Received) -> None:
        """Queue an update in its chat's lane."""
        self._waiting.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._at_work:
            self._at_work[update.lane] = asyncio.create_task(self._work_off(update.lane))

    async def stop(self, *, patience: float) -> None:
        """Finish what is being dealt with within `patience` seconds; the rest stays in the inbox."""
        self._stopping = True
        working = list(self._at_work.values())
        if working:
            _, late = await asyncio.wait(working, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work_off(self, lane: str) -> None:
        waiting = self._waiting[lane]
        while waiting and not self._stopping:
            try:
                await self._deal_with(waiting[0])
                waiting.popleft()
            except Exception:
                log.exception("update_kept", lane=lane)
                await asyncio.sleep(PAUSE)
        del self._waiting[lane], self._at_work[lane]
