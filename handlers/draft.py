"""A message that shows how far an answer is, until the answer takes its place."""

import asyncio
from dataclasses import replace

import structlog
from telegram.error import TelegramError

from handlers.message import Message
from handlers.sender import TelegramSender
from news.chat import Address

log = structlog.get_logger(__name__)


class Draft:
    """One message: said first, in reply to another if there is one; changed in place from then on."""

    def __init__(self, sender: TelegramSender, to: Address, *, reply_to: int | None = None) -> None:
        self._sender = sender
        self._to = to
        self._reply_to = reply_to
        self._message_id: int | None = None
        self._writing = asyncio.Lock()

    async def show(self, message: Message) -> None:
        """Show how far it is; no answer fails because that can't be shown."""
        try:
            await self.put(self._to, message)
        except TelegramError as error:
            log.info("progress_not_shown", chat=self._to.chat_id, detail=error.message)

    async def put(self, to: Address, message: Message) -> None:
        """Change the message, or say it where there is none (any more). Raises TelegramError."""
        async with self._writing:
            shown = self._message_id
            # No message becomes a document.
            if shown is None or message.document or not await self._sender.change(to, shown, message):
                self._message_id = await self._sender.say(to, replace(message, reply_to=self._reply_to))
