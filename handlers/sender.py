"""Everything that leaves for Telegram goes through here, at the pacer's pace."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from html import escape, unescape
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from handlers.message import Message
from handlers.outcome import back_off, is_text_at_fault, is_topic_gone, outcome_of, wait_of
from handlers.pacer import Lane, Pacer
from handlers.render import push
from handlers.speech import speech_for
from news.chat import Address
from news.delivery import Delivery, Outcome, Retry, Sent

T = TypeVar("T")
# A push that finds no place for so many seconds goes back to the outbox, so that its claim never runs out meanwhile.
PATIENCE = {Lane.PUSH: 10.0, Lane.REPLY: None}
LONGEST = 4096
log = structlog.get_logger(__name__)


class TelegramSender:
    """The outbox's way out (`send`), and the replies' (`say`, `change`, `acknowledge`)."""

    def __init__(self, bot: Bot, pacer: Pacer, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._pacer = pacer
        self._clock = clock

    async def send(self, delivery: Delivery) -> Outcome:
        """Try once to deliver; what Telegram won't take as HTML is tried once as plain text."""
        try:
            return Sent(await self.say(delivery.chat.address, self._written(delivery), Lane.PUSH))
        except TimeoutError:
            return Retry(self._clock() + back_off(delivery.attempts), "no place")
        except TelegramError as error:
            log.info("send_failed", delivery=delivery.id, error=type(error).__name__, detail=error.message)
            return outcome_of(error, attempts=delivery.attempts, now=self._clock())

    def busy_chats(self) -> frozenset[int]:
        """Chats that nothing may be sent to right now."""
        return self._pacer.busy_chats()

    async def say(self, to: Address, message: Message, lane: Lane = Lane.REPLY) -> int:
        """Send a message; gives its id. Raises TelegramError; TimeoutError for a push that finds no place."""
        try:
            return await self._say_somehow(to, message, lane)
        except BadRequest as error:
            if not to.topic or not is_topic_gone(error):
                raise
            log.info("topic_gone", chat=to.chat_id, topic=to.topic)
            return await self._say_somehow(Address(to.platform, to.chat_id), message, lane)

    async def change(self, to: Address, message_id: int, message: Message) -> None:
        """Put a message in the place of another; one that is gone or the same already is no error."""
        try:
            await self._change(to, message_id, message.html, message, ParseMode.HTML)
        except BadRequest as error:
            log.info("edit_refused", chat=to.chat_id, detail=error.message)
            if is_text_at_fault(error):
                await self._change(to, message_id, plain_text(message.html), message, None)

    async def acknowledge(self, press_id: str, toast: str = "") -> None:
        """Tell Telegram that a press was heard; too late is no error."""
        try:
            await self._bot.answer_callback_query(press_id, text=toast or None)
        except BadRequest as error:
            log.info("press_too_old", detail=error.message)

    async def _say_somehow(self, to: Address, message: Message, lane: Lane) -> int:
        """What Telegram won't take as HTML goes as plain text."""
        try:
            return await self._say(to, message.html, message, lane, ParseMode.HTML)
        except BadRequest as error:
            if not is_text_at_fault(error):
                raise
            log.error("message_refused", chat=to.chat_id, detail=error.message)
            return await self._say(to, plain_text(message.html), message, lane, None)

    async def _say(self, to: Address, text: str, message: Message, lane: Lane, mode: ParseMode | None) -> int:
        sent = await self._paced(
            to.chat_id,
            lane,
            lambda: self._bot.send_message(
                to.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=to.topic or None,
                reply_markup=_keyboard(message),
                link_preview_options=_preview(message),
            ),
        )
        return sent.message_id

    async def _change(self, to: Address, message_id: int, text: str, message: Message, mode: ParseMode | None) -> None:
        await self._paced(
            to.chat_id,
            Lane.REPLY,
            lambda: self._bot.edit_message_text(
                text,
                chat_id=to.chat_id,
                message_id=message_id,
                parse_mode=mode,
                reply_markup=_keyboard(message),
                link_preview_options=_preview(message),
            ),
        )

    async def _paced(self, chat_id: int, lane: Lane, call: Callable[[], Awaitable[T]]) -> T:
        async with self._pacer.place(chat_id, lane, patience=PATIENCE[lane]):
            try:
                return await call()
            except RetryAfter as error:
                self._pacer.refused(chat_id, wait_of(error))
                raise

    def _written(self, delivery: Delivery) -> Message:
        if delivery.article is None:
            return Message(escape(delivery.text, quote=False))
        return push(delivery.article, speech_for(delivery.chat), now=self._clock())


def plain_text(html: str) -> str:
    """A message's text without its markup, of the length that Telegram takes (counted in UTF-16)."""
    text = unescape(re.sub(r"<[^>]*>", "", html))
    return text.encode("utf-16-le", "replace")[: 2 * LONGEST].decode("utf-16-le", "ignore")


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.press) for button in row] for row in message.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _preview(message: Message) -> LinkPreviewOptions:
    if message.preview is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview)
