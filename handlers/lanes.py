"""The order of answering: in turn within a chat, side by side between chats; and how many may wait for their turn.

A flood is what comes to a lane beyond that. The first update of it is kept in a lane beside, to be answered with a word
about it; the rest is dropped, until the lane is worked off.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog

from news.chat import Address
from news.ports import Received

# Seconds until an update that could not be dealt with is taken up again.
PAUSE = 1.0
# So many updates of a lane may wait, the one at work counted.
MOST_WAITING = 200
_FLOOD = " flood"
log = structlog.get_logger(__name__)


class Lanes:
    """Takes updates and has each dealt with, every chat in a lane of its own.

    What raises is dealt with again after a pause, before anything else of its chat.
    """

    def __init__(self, deal_with: Callable[[Received], Awaitable[None]]) -> None:
        self._deal_with = deal_with
        self._waiting: dict[str, deque[Received]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._dropped: Counter[str] = Counter()
        self._stopping = False

    def admit(self, updates: Sequence[Received]) -> list[Received]:
        """Those of the updates about to be stored that are to be: as many of each lane as may wait, and of a flood
        the first, to tell of it."""
        admitted, coming = [], Counter[str]()
        for update in updates:
            lane = update.lane
            if len(self._waiting.get(lane, ())) + coming[lane] < MOST_WAITING:
                coming[lane] += 1
                admitted.append(update)
                continue
            if not self._dropped[lane]:
                log.warning("flood", lane=lane, waiting=MOST_WAITING)
                admitted.append(replace(update, lane=lane + _FLOOD))
            self._dropped[lane] += 1
        return admitted

    def take(self, update: Received) -> None:
        """Queue an update in its chat's lane."""
        self._waiting.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._at_work:
            self._at_work[update.lane] = asyncio.create_task(self._work_off(update.lane))

    def drop_beside(self, chat: Address, before: int) -> None:
        """Drop what waits beside a chat's own lane, of the updates before the one with this id, but for what is being
        dealt with."""
        for lane, waiting in self._waiting.items():
            if lane.startswith(f"{chat.chat_id} "):
                kept = [one for one in waiting if one is waiting[0] or one.update_id >= before]
                waiting.clear()
                waiting.extend(kept)

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
        if dropped := self._dropped.pop(lane, 0):
            log.warning("flood_over", lane=lane, dropped=dropped)


def tells_of_flood(update: Received) -> bool:
    """Whether an update is the first of a flood, and stands for the rest of it."""
    return update.lane.endswith(_FLOOD)
