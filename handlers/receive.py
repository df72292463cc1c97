"""The way in: updates are stored, then confirmed to Telegram, and only then answered.

An update counts as confirmed once a later getUpdates has asked for what follows it. After a batch the next
request is therefore made at once and without waiting; when it returns, the batch is ready to be worked off.
A crash anywhere on the way loses nothing, and repeats nothing that was answered.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from handlers.hear import ALLOWED_UPDATES
from news.ports import Inbox, Received

WAIT_SECONDS = 50
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
HASTE = 0.2
log = structlog.get_logger(__name__)


# What of a message that was sent anybody asks for; to make records of the rest takes as long as to send it.
KEPT = ("message_id", "date", "chat")


class HeraldBot(Bot):
    """A Bot that gives updates as they came, so that one that can't be read holds up no other."""

    async def _post(self, endpoint: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        answer = await super()._post(endpoint, data, **more)
        return {name: answer[name] for name in KEPT} if endpoint == "sendMessage" else answer

    async def raw_updates(self, *, offset: int | None, wait: int) -> list[dict[str, Any]]:
        """getUpdates, unparsed; `wait` is in seconds."""
        data = {"offset": offset, "timeout": wait, "limit": 100, "allowed_updates": list(ALLOWED_UPDATES)}
        given: list[dict[str, Any]] = await self._post("getUpdates", data, read_timeout=wait + 10)
        return given


class Receiver:
    """Asks for updates as long as it runs; `ready` is told of each update that may be worked off.

    `admit` picks those that are stored at all, before they are; what it leaves out is confirmed and gone.
    """

    def __init__(
        self,
        bot: HeraldBot,
        inbox: Inbox,
        ready: Callable[[Received], None],
        clock: Callable[[], datetime],
        admit: Callable[[Sequence[Received]], list[Received]] = list,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._ready = ready
        self._admit = admit
        self._clock = clock
        self._offset: int | None = None
        self._unconfirmed: list[Received] = []
        self.last_success: datetime | None = None

    async def run(self) -> None:
        """Receive until cancelled. What a former run stored goes first."""
        self._unconfirmed = await self._inbox.pending()
        if self._unconfirmed:
            self._offset = self._unconfirmed[-1].update_id + 1
        pause = FIRST_PAUSE
        while True:
            try:
                await self.receive_once()
                pause = FIRST_PAUSE
            except TelegramError as error:
                _complain(error)
                pause = await _rest(pause)
            except Exception:
                # The storage may fail for a while, too; what it did not keep is asked for again.
                log.exception("updates_not_kept")
                pause = await _rest(pause)

    async def receive_once(self) -> None:
        """One getUpdates: confirm what is stored already, store what comes."""
        wait = 0 if self._unconfirmed or self.last_success is None else WAIT_SECONDS
        asked = self._clock()
        raw = await self._bot.raw_updates(offset=self._offset, wait=wait)
        self.last_success = self._clock()
        confirmed, self._unconfirmed = self._unconfirmed, []
        for update in confirmed:
            self._ready(update)
        if raw:
            received = [_received(update) for update in raw]
            self._unconfirmed = await self._inbox.store(self._admit(received), now=self._clock())
            self._offset = max(update.update_id for update in received) + 1
        elif wait and (self.last_success - asked).total_seconds() < HASTE:
            # A server that doesn't wait although asked to must not be asked without end.
            await asyncio.sleep(HASTE)


def lane_of(update: dict[str, Any]) -> str:
    """In whose order an update is worked off: its chat's; a press's, that of the chat it was made in.

    A file may take minutes and an inline question must not wait: both have lanes beside their chat's.
    """
    content = next((value for value in update.values() if isinstance(value, dict)), {})
    places = (_record(content, "message"), content)
    chat = next((found for place in places if (found := _record(place, "chat"))), None)
    return str((chat or _record(content, "from")).get("id", "")) + _siding(update, content)


def _siding(update: dict[str, Any], content: dict[str, Any]) -> str:
    if "inline_query" in update:
        return " inline"
    with_file = any(_record(one, "document") for one in (content, _record(content, "reply_to_message")))
    return " file" if with_file else ""


def _record(content: dict[str, Any], name: str) -> dict[str, Any]:
    """An object within another; empty where there is none."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _received(update: dict[str, Any]) -> Received:
    """Half a character (a lone surrogate) fits into no table and becomes a question mark."""
    payload = json.dumps(update, ensure_ascii=False).encode("utf-8", "replace").decode()
    return Received(int(update["update_id"]), lane_of(update), payload)


async def _rest(seconds: float) -> float:
    """Wait so long; gives how long to wait the next time."""
    await asyncio.sleep(seconds)
    return min(seconds * 2, LONGEST_PAUSE)


def _complain(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("conflict", hint="another program receives this bot's updates; only one may run")
    else:
        log.warning("updates_failed", error=type(error).__name__, detail=error.message)
