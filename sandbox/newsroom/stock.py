"""What one outlet has still to tell: its events in the newsroom's common order, and everyday news without end."""

import random
from collections.abc import Container, Iterator
from itertools import chain, repeat

from sandbox.newsroom.stories import Event, Telling, agenda, everyday


class Stock:
    """An outlet's next tellings; the same ones for the same seed.

    An event that the outlet doesn't tell leaves its place to everyday news. So outlets that publish in
    turn come to an event at about the same time. `told` are the events told before, `daily` how much
    everyday news was.
    """

    def __init__(self, outlet: str, seed: int, *, told: Container[str] = (), daily: int = 0) -> None:
        self._outlet = outlet
        self._slots: Iterator[Event | None] = chain(agenda(seed), repeat(None))
        self._everyday = everyday(outlet, random.Random(f"{seed}/{outlet}"))
        self._told = {event.name for event in agenda(seed) if event.name in told}
        self._daily = daily

    def next(self) -> Telling:
        """What the outlet tells next."""
        return next(filter(None, map(self._fresh, self._slots)))

    def tell(self, event: Event) -> Telling:
        """The outlet's own words on an event, out of turn. Raises KeyError if it has none."""
        self._told.add(event.name)
        return event.tellings[self._outlet]

    def _fresh(self, slot: Event | None) -> Telling | None:
        """What to fill a place with; None where that was told before."""
        if slot and self._outlet in slot.tellings:
            return None if slot.name in self._told else self.tell(slot)
        telling = next(self._everyday)
        self._daily -= 1
        return telling if self._daily < 0 else None
