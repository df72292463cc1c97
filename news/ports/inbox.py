"""Updates that wait for their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Received:
    """An update as the messenger gave it; `lane` names the chat in whose order it is worked off: its id on the
    messenger, with a space and a word behind it where it is a lane beside the chat's own. `received_at` is when it was
    stored, `draft` the message that shows how far its answer is, `meant` the id of what it takes away."""

    update_id: int
    lane: str
    payload: str
    attempts: int = 0
    received_at: datetime | None = None
    draft: int | None = None
    meant: int | None = None


class Inbox(Protocol):
    """Updates received, not yet answered."""

    async def store(self, updates: Sequence[Received], *, now: datetime) -> list[Received]:
        """Keep those not kept yet (by update_id); gives back the ones that were new."""

    async def pending(self) -> list[Received]:
        """All that wait, oldest first."""

    async def means(self, update_id: int, id_: int) -> None:
        """From now on it is this that the update takes away, however its words may be read by then."""

    async def drafted(self, update_id: int, message_id: int) -> None:
        """From now on this message shows how far the answer is."""

    async def failed(self, update_id: int, *, reason: str) -> int:
        """Count a failed attempt; returns how many there were."""

    async def done(self, update_id: int) -> None:
        """Answered: the row goes."""
