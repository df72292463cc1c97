"""A message that shows how far an answer is, until the answer takes its place."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog
from telegram.error import TelegramError

from handlers.message import Message
from handlers.sender import TelegramSender
from news.chat import Address

log = structlog.get_logger(__name__)


class Draft:
    """One message: said first, in reply to another if there is one; changed in place from then on.

    `shown` is the message of a draft that was interrupted; `keep` is told of the message that shows how far it is.
    """

    def __init__(
        self,
        sender: TelegramSender,
        to: Address,
        *,
        reply_to: int | None = None,
        shown: int | None = None,
        keep: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        self._sender = sender
        self._to = to
        self._reply_to = reply_to
        self._message_id = shown
        self._keep = keep
        self._writing = asyncio.Lock()

    async def show(self, message: Message) -> None:
        """Show how far it is; no answer fails because that can't be shown."""
        before = self._message_id
        try:
            await self.put(self._to, message)
        except TelegramError as error:
            log.info("progress_not_shown", chat=self._to.chat_id, detail=error.message)
        if self._keep and self._message_id is not None and self._message_id != before:
            await self._keep(self._message_id)

    async def put(self, to: Address, message: Message) -> None:
        """Change the message, or say it where there is none (any more). Raises TelegramError."""
        async with self._writing:
            shown = self._message_id
            # No message becomes a document.
            if shown is None or message.document or not await self._sender.change(to, shown, message):
                self._message_id = await self._sender.say(to, replace(message, reply_to=self._reply_to))
