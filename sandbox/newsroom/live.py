"""Publishing by itself: whose turn it is, and how long until the next."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Seconds: until the first article, between articles at least and at most, and after a newcomer came.

    A newcomer is a feed reader without validators: it has just begun to follow, and wants to see something.
    """

    first: float = 3.0
    least: float = 4.0
    most: float = 5.5
    welcome: float = 4.0


class Turns:
    """The order in which outlets publish: round and round, but one that a newcomer reads comes next."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._slugs = deque(slugs)
        self._newcomer = asyncio.Event()

    def take(self) -> str:
        """The outlet whose turn it is; it then goes to the end of the row."""
        self._slugs.rotate(-1)
        return self._slugs[-1]

    def bring_forward(self, slug: str) -> None:
        """Lets this outlet publish next, and soon."""
        self._slugs.remove(slug)
        self._slugs.appendleft(slug)
        self._newcomer.set()

    async def pause(self, seconds: float, welcome: float) -> None:
        """Waits this long; when a newcomer comes, from then on only for `welcome` seconds."""
        self._newcomer.clear()
        try:
            await asyncio.wait_for(self._newcomer.wait(), seconds)
        except TimeoutError:
            return
        await asyncio.sleep(min(welcome, seconds))


async def publish_by_itself(publish: Callable[[str], object], turns: Turns, pace: Pace) -> None:
    """Publishes outlet after outlet at this pace until it is cancelled."""
    chance = random.Random()
    await asyncio.sleep(pace.first)
    while True:
        publish(turns.take())
        await turns.pause(chance.uniform(pace.least, pace.most), pace.welcome)
