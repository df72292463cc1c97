"""Inline mode: somebody types the bot's name and some words, chooses a result, and it is sent through the bot."""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.telegram.arrival import CannotAct, chat_of, deliver, heading, place, place_to_write
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Chat
from sandbox.telegram.previews import preview_extras
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_QUERY = 256


@dataclass(frozen=True, slots=True)
class Result:
    """One of the bot's results: `card` is what the list shows, `content` and `extras` the message it becomes."""

    id: str
    card: Json
    content: Json
    extras: Json = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the list calls it; empty for a picture without a title."""
        return str(self.card.get("title", ""))


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What answerInlineQuery said; `cache_seconds` is for how long it may serve others who ask the same."""

    results: tuple[Result, ...] = ()
    next_offset: str = ""
    personal: bool = False
    cache_seconds: int = 300
    button: Json | None = None


@dataclass(slots=True)
class InlineQuery:
    """Words typed after the bot's name; `asked_at` is in seconds of the server's clock."""

    id: str
    user_id: int
    query: str
    offset: str
    asked_at: float
    answer: InlineAnswer | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def results(self) -> tuple[Result, ...]:
        """What the bot offers, nothing before it has answered."""
        return self.answer.results if self.answer else ()

    def result(self, wanted: str) -> Result | None:
        """The result of this id or title."""
        return next((one for one in self.results if wanted in (one.id, one.title)), None)

    def settle(self, answer: InlineAnswer) -> None:
        """The bot has answered; the last answer counts."""
        self.answer = answer
        self.answered.set()


class InlineQueries:
    """The queries of the last `lifetime` seconds, and answers that may serve again."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self._queries: dict[str, InlineQuery] = {}
        self._cache: dict[tuple[str, str, int | None], tuple[float, InlineAnswer]] = {}

    def ask(self, user_id: int, query: str, offset: str, now: float) -> InlineQuery:
        """A new query, answered already if the same was answered lately."""
        self._forget_old(now)
        asked = InlineQuery(str(secrets.randbits(62)), user_id, query, offset, now)
        self._queries[asked.id] = asked
        for whose in (user_id, None):
            until, answer = self._cache.get((query, offset, whose), (now, None))
            if answer is not None and now < until:
                asked.settle(answer)
        return asked

    def get(self, query_id: str, now: float) -> InlineQuery | None:
        """The query, unless it is unknown or too old."""
        asked = self._queries.get(query_id)
        return asked if asked and now - asked.asked_at <= self._lifetime else None

    def settle(self, asked: InlineQuery, answer: InlineAnswer, now: float) -> None:
        """Take the bot's answer, and keep it for as long as it said."""
        key = (asked.query, asked.offset, asked.user_id if answer.personal else None)
        self._cache[key] = (now + answer.cache_seconds, answer)
        asked.settle(answer)

    def _forget_old(self, now: float) -> None:
        self._queries = {key: one for key, one in self._queries.items() if now - one.asked_at <= self._lifetime}
        self._cache = {key: kept for key, kept in self._cache.items() if kept[0] > now}


def ask(telegram: "Telegram", user_id: int, chat_id: int, query: str, offset: str = "") -> InlineQuery:
    """A user types words after the bot's name in a chat; the query waits for the bot's answer. Raises CannotAct."""
    chat = chat_of(telegram, user_id, chat_id)
    asked = telegram.inline.ask(user_id, query[:MAX_QUERY], offset, telegram.clock())
    if asked.answer is None:
        update = {
            "id": asked.id,
            "from": telegram.people[user_id].as_json(),
            "query": asked.query,
            "offset": offset,
            "chat_type": _chat_type(chat),
        }
        telegram.tell_bot("inline_query", update)
    return asked


def choose(
    telegram: "Telegram", user_id: int, chat_id: int, query_id: str, result_id: str, *, thread: int | None = None
) -> Message:
    """The user sends one of the results to the chat. Raises CannotAct."""
    asked = telegram.inline.get(query_id, telegram.clock())
    result = next((one for one in asked.results if one.id == result_id), None) if asked else None
    if result is None:
        raise CannotAct("There is no such result any more.")
    chat = place_to_write(telegram, user_id, chat_id, thread)
    body = heading(telegram, chat, user_id) | place(telegram, chat, None, thread) | result.content
    extras = result.extras | preview_extras(telegram, result.content)
    return deliver(telegram, chat, body | {"via_bot": telegram.bot.as_json()}, extras)


def _chat_type(chat: Chat) -> str:
    """ "sender" is the private chat with the bot itself, the only private chat there is here."""
    return "sender" if chat.private else chat.type
