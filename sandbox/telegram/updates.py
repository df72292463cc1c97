"""The updates a bot has not confirmed yet, and long polling for them."""

import asyncio

from sandbox.telegram.bell import Bell
from sandbox.telegram.refusal import CONFLICT, Json, Refusal

# What Telegram leaves out unless it is asked for by name.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """A queue with Telegram's rules: an offset confirms what is before it; one poll at a time.

    A second poll ends the first with 409. `allowed` keeps what the last caller asked for.
    """

    def __init__(self) -> None:
        self.last_id = 0
        self.allowed: tuple[str, ...] = ()
        self._pending: dict[int, Json] = {}
        self._turn = 0
        self._hung_up = 0
        self._changed = asyncio.Event()
        self.began = Bell()

    @property
    def pending(self) -> list[Json]:
        """What is not confirmed yet, oldest first."""
        return list(self._pending.values())

    @property
    def polls(self) -> int:
        """How many polls have begun; `began` rings with each."""
        return self._turn

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
        self._changed.set()

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
        self._turn += 1
        self._changed.set()
        self.began.ring()
        try:
            async with asyncio.timeout(seconds):
                await self._until_any(self._turn, self._hung_up)
        except TimeoutError:
            pass
        return self.first(limit)

    def hang_up(self) -> None:
        """End the poll that is waiting, with what there is."""
        self._hung_up += 1
        self._changed.set()

    async def _until_any(self, turn: int, hung_up: int) -> None:
        while self._turn == turn and self._hung_up == hung_up and not self._pending:
            self._changed.clear()
            await self._changed.wait()
        if self._turn != turn:
            raise Refusal(409, CONFLICT)
