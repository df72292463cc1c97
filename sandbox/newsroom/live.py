"""Publishing by itself: whose turn it is, and how long until the next."""

import asyncio
import random
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
    """The order in which outlets publish: round and round, but those that newcomers read come first."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._row = list(slugs)
        # When somebody new came to read an outlet, by the loop's clock; the longest waiting first.
        self._newcomers: dict[str, float] = {}
        self._came = asyncio.Event()

    def take(self) -> str:
        """The outlet whose turn it is; it then goes to the end of the row."""
        slug = next(iter(self._newcomers), self._row[0])
        self._newcomers.pop(slug, None)
        self._row.remove(slug)
        self._row.append(slug)
        return slug

    def bring_forward(self, slug: str) -> None:
        """Lets this outlet publish next, and soon."""
        self._newcomers.setdefault(slug, asyncio.get_running_loop().time())
        self._came.set()

    async def pause(self, seconds: float, welcome: float) -> None:
        """Waits this long, but no newcomer longer than `welcome` seconds since it came."""
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while True:
            self._came.clear()
            due = min([end, *(came + welcome for came in self._newcomers.values())])
            try:
                await asyncio.wait_for(self._came.wait(), due - clock())
            except TimeoutError:
                return


async def publish_by_itself(publish: Callable[[str], object], turns: Turns, pace: Pace) -> None:
    """Publishes outlet after outlet at this pace until it is cancelled."""
    chance = random.Random()
    await asyncio.sleep(pace.first)
    while True:
        publish(turns.take())
        await turns.pause(chance.uniform(pace.least, pace.most), pace.welcome)
