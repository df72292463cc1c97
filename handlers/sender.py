"""Everything that leaves for Telegram goes through here, at the pacer's pace."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import structlog
from telegram import (
    Bot,
    InlineQueryResultsButton,
    InputFile,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from handlers.measure import LONGEST_CAPTION, LONGEST_TEXT, plain_text
from handlers.message import Button, Cards, Message
from handlers.outcome import (
    NO_PLACE,
    are_pictures_unwanted,
    are_rights_lost,
    back_off,
    is_chat_at_fault,
    is_message_gone,
    is_picture_at_fault,
    is_text_at_fault,
    is_too_old,
    is_topic_gone,
    is_unchanged,
    outcome_of,
    wait_of,
)
from handlers.pacer import Lane, Pacer
from handlers.pictures import Pictures
from handlers.spot import menders_of
from handlers.terms import keyboard_of, picker_of, preview_of, reply_of, result_of
from handlers.written import written
from news.chat import Address
from news.delivery import Delivery, Moved, Outcome, Retry, Sent, Unreachable, Void
from news.ports import Begin

T = TypeVar("T")
# A push that finds no place for so many seconds goes back to the outbox, so that its claim never runs out meanwhile.
PATIENCE = 10.0
# Who types, deletes and types again is answered by Telegram; what was new a minute ago is not new any more.
CARDS_KEPT_SECONDS = 30
# What the button over an empty list of cards says to /start.
WAY_IN = "inline"
log = structlog.get_logger(__name__)


class NotWanted(Exception):
    """What was to be sent is not wanted any more."""


async def certainly() -> bool:
    """The beginning of what nobody keeps a record of."""
    return True


class TelegramSender:
    """The outbox's way out (`send`), and the replies' (`say`, `change`, `acknowledge`, `offer`)."""

    def __init__(self, bot: Bot, pacer: Pacer, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._pacer = pacer
        self._clock = clock
        self._pictures = Pictures(clock)

    async def send(self, delivery: Delivery, begin: Begin) -> Outcome:
        """Try once to deliver; what Telegram won't take with a picture, or as HTML, is tried once without.

        A topic that is gone or closed goes on in the chat itself, where /list and /unsub find what it followed.
        """
        address = delivery.chat.address
        try:
            return await self._delivered(delivery, begin)
        except TimeoutError:
            return Retry(self._clock() + back_off(delivery.tries(NO_PLACE)), NO_PLACE)
        except NotWanted:
            return Void("not wanted any more")
        except TelegramError as error:
            log.info("send_failed", delivery=delivery.id, error=type(error).__name__, detail=error.message)
            if address.topic and is_topic_gone(error):
                return Moved(Address(address.platform, address.chat_id))
            if are_rights_lost(error) and delivery.chat.kind != "private":
                return Unreachable(error.message, await menders_of(delivery.chat, self._bot))
            return outcome_of(error, attempts=delivery.tries(error.message), now=self._clock())

    async def _delivered(self, delivery: Delivery, begin: Begin) -> Outcome:
        address, message, lane = (
            delivery.chat.address,
            written(delivery, now=self._clock()),
            Lane[delivery.urgency.name],
        )
        if delivery.message_id is None:
            return await self._say_somehow(address, message, lane, begin)
        there = await self.change(address, delivery.message_id, message, begin, lane, pictured=delivery.pictured)
        return Sent(delivery.message_id, delivery.pictured) if there else Void("the message is gone")

    def busy_chats(self) -> frozenset[int]:
        """Chats that nothing may be sent to right now."""
        return self._pacer.busy_chats()

    async def say(self, to: Address, message: Message, lane: Lane = Lane.REPLY) -> int:
        """Send a message; gives its id. Raises TelegramError; TimeoutError for a push that finds no place."""
        try:
            return (await self._say_somehow(to, message, lane)).message_id
        except BadRequest as error:
            if not to.topic or not is_topic_gone(error):
                raise
            log.info("topic_gone", chat=to.chat_id, topic=to.topic)
            return (await self._say_somehow(Address(to.platform, to.chat_id), message, lane)).message_id

    async def change(
        self,
        to: Address,
        message_id: int,
        message: Message,
        begin: Begin = certainly,
        lane: Lane = Lane.REPLY,
        *,
        pictured: bool = False,
    ) -> bool:
        """Put a message in the place of another, or its text in that of a picture's caption; False where that one is
        gone, which is no error. Raises TelegramError; TimeoutError as `say`."""
        most = LONGEST_CAPTION if pictured else LONGEST_TEXT

        async def put(text: str, mode: ParseMode | None) -> None:
            await self._paced(to.chat_id, lane, begin, lambda: self._put(to, message_id, text, message, mode, pictured))

        try:
            await _somehow(put, message, most)
        except BadRequest as error:
            log.info("edit_refused", chat=to.chat_id, detail=error.message)
            if not is_unchanged(error) and not is_message_gone(error):
                raise
            return is_unchanged(error)
        return True

    async def change_buttons(self, to: Address, message_id: int, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Put these buttons in the place of a message's, which else stays; one that is gone is no error. Raises
        TelegramError."""
        keyboard = keyboard_of(Message("", buttons))

        def put() -> Awaitable[object]:
            return self._bot.edit_message_reply_markup(to.chat_id, message_id, reply_markup=keyboard)

        try:
            await self._paced(to.chat_id, Lane.REPLY, certainly, put)
        except BadRequest as error:
            log.info("edit_refused", chat=to.chat_id, detail=error.message)
            if not is_unchanged(error) and not is_message_gone(error):
                raise

    async def acknowledge(self, press_id: str, toast: str = "") -> None:
        """Tell Telegram that a press was heard; too late is no error."""
        try:
            await self._bot.answer_callback_query(press_id, text=toast or None)
        except BadRequest as error:
            log.info("press_too_old", detail=error.message)

    async def offer(self, inquiry_id: str, cards: Cards) -> None:
        """Answer an inquiry. That is no message and keeps no pace; an asker who is gone is no error.

        The cards are the asker's own: they speak their language and tell the time in their zone.
        """
        button = InlineQueryResultsButton(cards.way_in, start_parameter=WAY_IN) if cards.way_in else None
        try:
            await self._bot.answer_inline_query(
                inquiry_id,
                [result_of(card) for card in cards.cards],
                cache_time=CARDS_KEPT_SECONDS,
                is_personal=True,
                next_offset=cards.next_offset,
                button=button,
            )
        except BadRequest as error:
            if not is_too_old(error):
                raise
            log.info("inquiry_too_old")

    async def _say_somehow(self, to: Address, message: Message, lane: Lane, begin: Begin = certainly) -> Sent:
        """With its picture, where that is there and taken."""
        picture = self._pictures.to_send(message.picture, to.chat_id) if message.picture else None
        if message.picture and picture:
            try:
                return await self._show(to, message, picture, lane, begin)
            except BadRequest as error:
                self._do_without(message.picture, to.chat_id, error)

        put = self._hand_over if message.document else self._say

        async def say(text: str, mode: ParseMode | None) -> Sent:
            return await put(to, text, message, mode, lane, begin)

        return await _somehow(say, message, LONGEST_CAPTION if message.document else LONGEST_TEXT)

    def _do_without(self, picture: str, chat_id: int, error: BadRequest) -> None:
        """No picture costs a push: whatever is not the chat's fault may be this one's. Raises the error otherwise."""
        if is_chat_at_fault(error):
            raise error
        log.info("picture_refused", chat=chat_id, picture=picture, detail=error.message)
        if are_pictures_unwanted(error):
            self._pictures.unwanted(chat_id)
        elif is_picture_at_fault(error):
            self._pictures.failed(picture)

    async def _show(self, to: Address, message: Message, picture: str, lane: Lane, begin: Begin) -> Sent:
        sent = await self._paced(
            to.chat_id,
            lane,
            begin,
            lambda: self._bot.send_photo(
                to.chat_id,
                picture,
                caption=message.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=to.topic or None,
                reply_parameters=reply_of(message),
                reply_markup=keyboard_of(message),
                allow_paid_broadcast=self._pacer.pays(lane) or None,
                disable_notification=message.silent or None,
            ),
        )
        if sent.photo and message.picture:
            self._pictures.taken(message.picture, to.chat_id, sent.photo[-1].file_id)
        return Sent(sent.message_id, pictured=True)

    async def _say(
        self, to: Address, text: str, message: Message, mode: ParseMode | None, lane: Lane, begin: Begin
    ) -> Sent:
        sent = await self._paced(
            to.chat_id,
            lane,
            begin,
            lambda: self._bot.send_message(
                to.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=to.topic or None,
                reply_parameters=reply_of(message),
                reply_markup=keyboard_of(message) or picker_of(message),
                link_preview_options=preview_of(message),
                allow_paid_broadcast=self._pacer.pays(lane) or None,
                disable_notification=message.silent or None,
            ),
        )
        return Sent(sent.message_id)

    async def _hand_over(
        self, to: Address, text: str, message: Message, mode: ParseMode | None, lane: Lane, begin: Begin
    ) -> Sent:
        """A document with the text as its caption."""
        assert message.document is not None
        file = InputFile(message.document.content, filename=message.document.name)
        sent = await self._paced(
            to.chat_id,
            lane,
            begin,
            lambda: self._bot.send_document(
                to.chat_id,
                file,
                caption=text,
                parse_mode=mode,
                message_thread_id=to.topic or None,
                reply_parameters=reply_of(message),
                reply_markup=keyboard_of(message),
                disable_content_type_detection=True,
                disable_notification=message.silent or None,
            ),
        )
        return Sent(sent.message_id)

    def _put(
        self, to: Address, message_id: int, text: str, message: Message, mode: ParseMode | None, pictured: bool
    ) -> Awaitable[object]:
        keyboard = keyboard_of(message)
        if pictured:
            return self._bot.edit_message_caption(
                to.chat_id, message_id, caption=text, parse_mode=mode, reply_markup=keyboard
            )
        return self._bot.edit_message_text(
            text,
            chat_id=to.chat_id,
            message_id=message_id,
            parse_mode=mode,
            reply_markup=keyboard,
            link_preview_options=preview_of(message),
        )

    async def _paced(self, chat_id: int, lane: Lane, begin: Begin, call: Callable[[], Awaitable[T]]) -> T:
        patience = None if lane is Lane.REPLY else PATIENCE
        async with self._pacer.place(chat_id, lane, patience=patience):
            if not await begin():
                raise NotWanted
            try:
                return await call()
            except RetryAfter as error:
                self._pacer.refused(chat_id, wait_of(error))
                raise


async def _somehow(
    send: Callable[[str, ParseMode | None], Awaitable[T]], message: Message, most: int = LONGEST_TEXT
) -> T:
    """What Telegram won't take as HTML goes as plain text."""
    try:
        return await send(message.html, ParseMode.HTML)
    except BadRequest as error:
        if not is_text_at_fault(error):
            raise
        log.error("message_refused", detail=error.message)
        return await send(plain_text(message.html, most), None)
