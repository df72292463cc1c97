"""What is owed, and the messenger's side of it."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Protocol

from news.delivery import Delivery, Outcome

Begin = Callable[[], Awaitable[bool]]


class Outbox(Protocol):
    """The table of owed sends."""

    async def claim(self, *, now: datetime, until: datetime, limit: int, spare: Collection[int] = ()) -> list[Delivery]:
        """Take owed deliveries in order of urgency, then age; per chat at most one, and its first.

        A chat with a delivery already claimed, and the platform chat ids in `spare`, are passed over. What a delivery
        becomes is decided here (see `news.parcel`): others of its chat may go along with it, or it with one before.
        """

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """Mark a claimed delivery as on the wire, just before it is; False where it is not wanted any more."""

    async def settle(self, delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
        """Write down what came of an attempt, for it and what it carries; the claim ends with it."""

    async def release(self, deliveries: Collection[Delivery] | None = None, *, now: datetime) -> None:
        """Give claims back: these, or all (at start, when no other instance can hold one). What was on the wire is in
        doubt."""

    async def next_due(self, *, now: datetime, spare: Collection[int] = ()) -> datetime | None:
        """When the next delivery may go, a claimed one at its claim's end; None when nothing is owed."""

    async def owe_broadcast(self, text: str, *, key: str, author: int, now: datetime) -> int:
        """Owe a text to every reachable chat, once each; returns to how many. The same `key` owes it only once."""


class Sender(Protocol):
    """The messenger's side of the outbox."""

    async def send(self, delivery: Delivery, begin: Begin) -> Outcome:
        """Try once; whatever happens is told in the outcome. `begin` is awaited when the attempt's turn has come, just
        before it leaves; where it gives False, nothing is sent."""

    def busy_chats(self) -> frozenset[int]:
        """Platform chat ids that must not be written to right now."""
