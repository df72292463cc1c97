"""Answering one update: read it, ask the route for the answer, hand it to Telegram, and only then let the row go."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from handlers import channels
from handlers.digest_page import is_leaf
from handlers.draft import Draft
from handlers.hear import GROUPS, PLATFORM, hear
from handlers.inline import answer_inquiry
from handlers.known_place import keep_what_is_told
from handlers.lanes import MOST_WAITING, tells_of_flood
from handlers.menu import set_menu_of
from handlers.message import Answer, Heard, Inquiry, Message, Question, Stray
from handlers.outcome import back_off, wait_of
from handlers.rights import refusal
from handlers.routes import Route, route
from handlers.sender import TelegramSender
from handlers.services import Services
from handlers.speech import language_of, speech, speech_for
from news.chat import Address, Chat
from news.ports import Received

# An update that fails so often for a fault of ours is given up.
MOST_ATTEMPTS = 3
log = structlog.get_logger(__name__)


class Answerer:
    """Deals with updates one at a time; `handlers.lanes` says in which order."""

    def __init__(self, bot: Bot, sender: TelegramSender, services: Services) -> None:
        self._bot = bot
        self._sender = sender
        self._services = services
        self._administrators = services.administrators
        self._menus: set[asyncio.Task[None]] = set()

    async def deal_with(self, update: Received) -> None:
        """Answer one update; its row goes once the answer was accepted, or when it is given up.

        Raises whatever kept it from being answered. A storage that is away counts no attempt, for it can't.
        """
        try:
            await self._answer(update)
        except Exception as error:
            attempts = await self._services.inbox.failed(update.update_id, reason=type(error).__name__)
            # None at all: its row is gone, as its chat was forgotten meanwhile.
            if 0 < attempts < MOST_ATTEMPTS:
                raise
            log.exception("update_given_up", update=update.update_id)
        await self._services.inbox.done(update.update_id)

    async def _answer(self, update: Received) -> None:
        match hear(Update.de_json(json.loads(update.payload), self._bot), self._bot.username):
            case Inquiry() as inquiry:
                await self._offer(inquiry)
            case Stray() as stray:
                await self._turn_away(stray)
            case Heard() as heard if tells_of_flood(update) and _wants_answer(heard):
                await self._tell_of_flood(heard)
            case Heard() as heard:
                await self._react(
                    replace(
                        heard,
                        update_id=update.update_id,
                        received_at=update.received_at,
                        draft=update.draft,
                        meant=update.meant,
                    )
                )

    async def _offer(self, inquiry: Inquiry) -> None:
        cards = await answer_inquiry(inquiry, self._services)
        await self._insist(inquiry.address, lambda _: self._sender.offer(inquiry.id, cards))

    async def _turn_away(self, stray: Stray) -> None:
        """Nobody is met for it."""
        language = language_of(stray.language, self._services.default_language)
        toast = speech(language, self._services.default_timezone).plainly("This button no longer works.")
        await self._insist(stray.address, lambda _: self._sender.acknowledge(stray.press_id, toast))

    async def _react(self, heard: Heard) -> None:
        chats, now = self._services.chats, self._services.now()
        if heard.migrated_from is not None:
            await chats.move(Address(PLATFORM, heard.migrated_from), heard.address)
        elif heard.lost:
            await chats.suspend(heard.address, reason="left", now=now)
        elif heard.rights_changed:
            self._administrators.forget(heard.address.chat_id)
        elif heard.topic_renamed:
            await chats.call_topic(heard.address, heard.topic_title)
        elif heard.silenced and not heard.let_in:
            # The next push learns of it, and then an administrator is told.
            self._administrators.forget(heard.address.chat_id)
        else:
            await self._reply(heard)

    async def _reply(self, heard: Heard) -> None:
        """Whoever writes or lets us in is met; a command, words, a post, a file or a press is answered."""
        chat = await self._meet(heard)
        if heard.let_in and chat.kind == "channel":
            await self._greet(chat, heard)
        if not _wants_answer(heard):
            return
        way = route(heard, admin=self._is_admin(heard))
        draft = self._draft(chat, heard)
        question = Question(chat, heard, way.text, draft.show)
        answer = await self._answer_to(question, way)
        await self._give(answer, question, draft)
        if answer.menu:
            self._set_menu(replace(question, chat=answer.chat or chat))

    async def _greet(self, channel: Chat, heard: Heard) -> None:
        """Nothing is said in a channel: whoever let us in is told what to do, if they have a chat with us."""
        private = await self._services.chats.find(Address(PLATFORM, heard.user_id))
        if private is not None and private.suspended_at is None:
            message = channels.greeting(channel, private)
            await self._insist(private.address, lambda to: self._sender.say(to, message))

    def _draft(self, chat: Chat, heard: Heard) -> Draft:
        reply_to = heard.message_id if chat.kind in GROUPS else None
        keep = partial(self._services.inbox.drafted, heard.update_id)
        return Draft(self._sender, chat.address, reply_to=reply_to, shown=heard.draft, keep=keep)

    async def _answer_to(self, question: Question, way: Route) -> Answer:
        """The answer, or why there is none."""
        try:
            if not await self._administrators.allow(way.need, question.chat, question.heard):
                return refusal(question, way.need)
            return _among_others(await way.answer(question, self._services), question)
        except Exception:
            log.exception("command_failed", command=question.heard.command or question.heard.press)
            return _apology(question)

    async def _tell_of_flood(self, heard: Heard) -> None:
        chat = await self._meet(heard)
        draft = Draft(self._sender, chat.address)
        await self._give(_too_many(chat), Question(chat, heard, "", draft.show), draft)

    async def _meet(self, heard: Heard) -> Chat:
        services = self._services
        chat = await services.chats.meet(
            heard.address,
            kind=heard.kind,
            language=language_of(heard.language, services.default_language),
            timezone=services.default_timezone,
            now=services.now(),
        )
        return await keep_what_is_told(chat, heard, services.chats)

    async def _give(self, answer: Answer, question: Question, draft: Draft) -> None:
        heard, message, there = question.heard, answer.message, question.chat.address
        if heard.press_id:
            await self._insist(there, lambda _: self._sender.acknowledge(heard.press_id, answer.toast))
        if answer.buttons and heard.message_id is not None:
            pressed = heard.message_id
            await self._insist(there, lambda to: self._sender.change_buttons(to, pressed, answer.buttons))
        if message is None:
            return
        if answer.edit and heard.message_id is not None:
            edited = heard.message_id
            await self._insist(there, lambda to: self._sender.change(to, edited, message))
        else:
            await self._insist(there, lambda to: draft.put(to, message))

    async def _insist(self, address: Address, call: Callable[[Address], Awaitable[object]]) -> None:
        """Repeat a call until Telegram takes it, or says that it never will. Only this lane waits meanwhile."""
        attempts = 0
        while True:
            try:
                await call(address)
                return
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error))
            except ChatMigrated as error:
                source, address = address, Address(PLATFORM, error.new_chat_id, address.topic)
                await self._services.chats.move(source, address)
            except (Forbidden, BadRequest) as error:
                await self._give_up(address, error)
                return
            except TelegramError as error:
                log.warning("reply_failed", error=type(error).__name__, detail=error.message)
                await asyncio.sleep(back_off(attempts).total_seconds())
                attempts += 1

    async def _give_up(self, address: Address, error: TelegramError) -> None:
        log.info("reply_refused", chat=address.chat_id, detail=error.message)
        if isinstance(error, Forbidden):
            await self._services.chats.suspend(address, reason=error.message, now=self._services.now())

    def _is_admin(self, heard: Heard) -> bool:
        return heard.user_id in self._services.admin_ids

    def _set_menu(self, question: Question) -> None:
        """Beside the answer, not before it: a menu is nothing to wait for."""
        admin = self._is_admin(question.heard) and question.chat.kind == "private"
        words = speech_for(question.chat)
        theirs = language_of(question.heard.language, self._services.default_language)
        usual = question.chat.language == theirs
        task = asyncio.create_task(set_menu_of(self._bot, question.chat, words, admin=admin, usual=usual))
        self._menus.add(task)
        task.add_done_callback(self._menus.discard)


def _wants_answer(heard: Heard) -> bool:
    said = heard.command or heard.text or heard.document or heard.forwarded_from is not None
    return bool(said or heard.press_id or heard.arrived or heard.location or heard.picked_chat)


def _among_others(answer: Answer, question: Question) -> Answer:
    """What is seen by others is changed by no press that nobody was offered: by another program than Telegram's, or
    under a message that somebody has just changed."""
    if question.chat.kind == "channel":
        return _in_a_channel(answer, question)
    changes = answer.edit or answer.buttons
    if question.chat.kind == "private" or question.heard.offered or not changes:
        return answer
    return Answer(toast=answer.toast or speech_for(question.chat).plainly("This button no longer works."))


def _in_a_channel(answer: Answer, question: Question) -> Answer:
    """Whoever reads a channel may press its buttons, and nothing is to be posted or changed there for all because of
    that; but a digest is leafed through."""
    heard = question.heard
    leaf = answer.edit and heard.offered and is_leaf(heard.press)
    if leaf or (answer.message is None and not answer.buttons):
        return answer
    return Answer(toast=answer.toast or speech_for(question.chat).plainly("Only news comes here. Ask me in private."))


def _too_many(chat: Chat) -> Answer:
    speech = speech_for(chat)
    told = speech.count(
        "Too much at once: {number} message waits for its answer, and what comes now is dropped. Please send it again "
        "a little later.",
        "Too much at once: {number} messages wait for their answers, and what comes now is dropped. Please send it "
        "again a little later.",
        MOST_WAITING,
    )
    return Answer(Message(told))


def _apology(question: Question) -> Answer:
    speech = speech_for(question.chat)
    return Answer(Message(speech.say("That did not work, and it is our fault. Please try again later.")))
