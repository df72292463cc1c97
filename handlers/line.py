"""Those who wait in one lane: chats take turns, and one that nothing may be sent to yet stands aside."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from handlers.limits import NEVER


@dataclass(frozen=True, slots=True, eq=False)
class Waiter:
    """Somebody who waits to call a chat; `place` is done once they may, or don't want to any more."""

    chat_id: int
    place: "asyncio.Future[None]"


class Line:
    """Each chat has a queue of its own. A step costs the same however many wait: nobody is looked at in vain twice."""

    def __init__(self) -> None:
        self._in_turn: OrderedDict[int, deque[Waiter]] = OrderedDict()
        self._aside: dict[int, deque[Waiter]] = {}
        self._alarms: list[tuple[float, int]] = []
        self._alarm_of: dict[int, float] = {}
        self.waiting = 0

    @property
    def is_ready(self) -> bool:
        """Whether there is anybody to ask for."""
        return bool(self._in_turn)

    @property
    def wakes_at(self) -> float:
        """When somebody who stands aside may be free."""
        return self._alarms[0][0] if self._alarms else NEVER

    def join(self, waiter: Waiter) -> None:
        """Somebody comes: behind the others of their chat, a new chat behind the other chats."""
        queue = self._in_turn.get(waiter.chat_id) or self._aside.get(waiter.chat_id)
        if queue is None:
            queue = self._in_turn[waiter.chat_id] = deque()
        queue.append(waiter)
        self.waiting += 1

    def leave(self, waiter: Waiter) -> bool:
        """Somebody gives up; False if they don't wait here any more."""
        for queues in (self._in_turn, self._aside):
            queue = queues.get(waiter.chat_id, deque())
            if waiter in queue:
                queue.remove(waiter)
                self.waiting -= 1
                if not queue:
                    del queues[waiter.chat_id]
                return True
        return False

    def take(self, now: float, free_at: Callable[[int, float], float]) -> Waiter | None:
        """Who is next among those whose chat is free by `free_at(chat_id, now)`; their chat goes to the end."""
        while self._in_turn:
            chat_id, queue = self._in_turn.popitem(last=False)
            moment = free_at(chat_id, now)
            if moment > now:
                self._put_aside(chat_id, queue, moment)
                continue
            waiter = queue.popleft()
            self.waiting -= 1
            if queue:
                self._in_turn[chat_id] = queue
            if not waiter.place.done():
                return waiter
        return None

    def recall(self, chat_id: int) -> None:
        """A chat may be free sooner than it was thought."""
        if queue := self._aside.pop(chat_id, None):
            self._in_turn[chat_id] = queue

    def wake(self, now: float) -> None:
        """Recall the chats whose time has come."""
        while self._alarms and self._alarms[0][0] <= now:
            moment, chat_id = heappop(self._alarms)
            if self._alarm_of.get(chat_id) == moment:
                del self._alarm_of[chat_id]
                self.recall(chat_id)

    def _put_aside(self, chat_id: int, queue: deque[Waiter], moment: float) -> None:
        self._aside[chat_id] = queue
        if moment < self._alarm_of.get(chat_id, NEVER):
            self._alarm_of[chat_id] = moment
            heappush(self._alarms, (moment, chat_id))
