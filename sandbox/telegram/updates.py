"""The updates a bot has not confirmed yet, and long polling for them."""

import asyncio

from sandbox.telegram.bell import Bell
from sandbox.telegram.refusal import CONFLICT, Json, Refusal

# What Telegram leaves out unless it is asked for by name.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """A queue with Telegram's rules: an offset confirms what is before it; one poll at a time.

    A second poll ends the first with 409. `allowed` keeps what the last caller asked for. `polls` counts how many
    have begun, `began` rings with each; `changed` rings when an update comes or a poll ends.
    """

    def __init__(self) -> None:
        self.last_id = 0
        self.allowed: tuple[str, ...] = ()
        self._pending: dict[int, Json] = {}
        self._turn = 0
        self._reason: str | None = None
        self.polls = 0
        self.began = Bell()
        self.changed = Bell()

    @property
    def pending(self) -> list[Json]:
        """What is not confirmed yet, oldest first."""
        return list(self._pending.values())

    def add(self, kind: str, content: Json) -> Json | None:
        """Queue an update; None if the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ON_REQUEST
        if not wanted:
            return None
        self.last_id += 1
        update = {"update_id": self.last_id, kind: content}
        self.restore(update)
        return update

    def restore(self, update: Json) -> None:
        """Queue an update that has its id already."""
        self._pending[update["update_id"]] = update
        self.last_id = max(self.last_id, update["update_id"])
        self.changed.ring()

    def confirm(self, offset: int) -> list[int]:
        """Forget what is before `offset` (negative: all but the last ones); gives the ids forgotten."""
        ids = list(self._pending)
        gone = ids[:offset] if offset < 0 else [one for one in ids if one < offset]
        for update_id in gone:
            del self._pending[update_id]
        return gone

    def first(self, limit: int) -> list[Json]:
        """The oldest unconfirmed updates, at most `limit`."""
        return self.pending[:limit]

    async def wait(self, limit: int, seconds: float) -> list[Json]:
        """The first updates, waiting up to `seconds` for one; Refusal (409) if another poll begins."""
        self.end_poll(CONFLICT)
        self.polls += 1
        self.began.ring()
        try:
            async with asyncio.timeout(seconds):
                await self._until_any(self._turn)
        except TimeoutError:
            pass
        return self.first(limit)

    def end_poll(self, reason: str | None) -> None:
        """End the poll that is waiting: with 409 for this reason, or without one, with what there is."""
        self._turn += 1
        self._reason = reason
        self.changed.ring()

    async def _until_any(self, turn: int) -> None:
        while self._turn == turn and not self._pending:
            await self.changed.rung()
        if self._turn != turn and self._reason is not None:
            raise Refusal(409, self._reason)
