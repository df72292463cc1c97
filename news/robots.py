"""Which article pages publishers let programs read: their robots.txt, asked for once a day at most.

Only pages are kept to it, never feeds: a feed is made for programs, and a person asked for it.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from news.errors import Denied, FeedError, Gone, Missing, TooManyRedirects, Unreachable
from news.robots_txt import Rules, read_rules

DAY, AFTER_TROUBLE = 86_400.0, 1_800.0
# What is remembered of all origins together: so many of them, and so many letters of rules.
MOST_ORIGINS, MOST_LETTERS = 4_096, 4_000_000
EVERYTHING = Rules()
# 4xx, but for one that asks us to slow down; and redirects without end.
NO_FILE = (Missing, Gone, Denied, TooManyRedirects)


@dataclass(frozen=True, slots=True)
class _Known:
    """What an origin asks for; `rules` is None where that could not be learnt. `until` by the clock."""

    rules: Rules | None
    until: float

    @property
    def letters(self) -> int:
        return len(self.rules.lines) if self.rules else 0


class Robots:
    """Remembers what origins ask for; `ask` fetches a robots.txt, or raises FeedError. `clock` gives seconds."""

    def __init__(self, ask: Callable[[str], Awaitable[bytes]], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._letters = 0
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    def __len__(self) -> int:
        """How many origins are remembered."""
        return len(self._known)

    async def check(self, url: str) -> None:
        """Raises Denied for a page that its publisher keeps programs from, Unreachable where that can't be learnt."""
        rules = await self._rules("://".join(urlsplit(url)[:2]))
        if rules is None:
            raise Unreachable("robots.txt could not be had")
        if not await asyncio.to_thread(rules.allow, url):
            raise Denied("robots.txt")

    async def _rules(self, origin: str) -> Rules | None:
        """Whoever asks while another does waits for the same answer; it is remembered even if they give up."""
        known = self._known.get(origin)
        if known is None or known.until <= self._clock():
            known = await asyncio.shield(self._asking.get(origin) or self._ask_once(origin))
        if origin in self._known:
            self._known.move_to_end(origin)
        return known.rules

    def _ask_once(self, origin: str) -> "asyncio.Task[_Known]":
        task = self._asking[origin] = asyncio.create_task(self._get_to_know(origin))
        task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return task

    async def _get_to_know(self, origin: str) -> _Known:
        rules = await self._learn(f"{origin}/robots.txt")
        known = _Known(rules, self._clock() + (AFTER_TROUBLE if rules is None else DAY))
        self._remember(origin, known)
        return known

    async def _learn(self, address: str) -> Rules | None:
        """By RFC 9309, 2.3.1: no file means no wish, trouble means that nothing is fetched for now."""
        try:
            body = await self._ask(address)
        except FeedError as error:
            return EVERYTHING if isinstance(error, NO_FILE) else None
        return await asyncio.to_thread(read_rules, body)

    def _remember(self, origin: str, known: _Known) -> None:
        self._forget(origin)
        self._known[origin] = known
        self._letters += known.letters
        while len(self._known) > MOST_ORIGINS or (self._letters > MOST_LETTERS and len(self._known) > 1):
            self._forget(next(iter(self._known)))

    def _forget(self, origin: str) -> None:
        old = self._known.pop(origin, None)
        self._letters -= old.letters if old else 0
