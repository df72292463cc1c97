"""Presses of inline buttons that wait for the bot's answer."""

import asyncio
import secrets
from dataclasses import dataclass, field

from sandbox.telegram.refusal import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery said."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Query:
    """One press; `asked_at` is in seconds of the server's clock, `answers` holds the bot's (the first counts)."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    asked_at: float
    answers: list[Answer] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, answer: Answer) -> None:
        """Settle the press."""
        self.answers.append(answer)
        self.answered.set()

    def as_row(self) -> Json:
        """What of it survives a restart."""
        return {"user_id": self.user_id, "chat_id": self.chat_id, "message_id": self.message_id}


class Queries:
    """The presses of the last `lifetime` seconds; older ones are too old to answer."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self._queries: dict[str, Query] = {}

    def ask(self, user_id: int, chat_id: int, message_id: int, now: float) -> Query:
        """A new press."""
        query = Query(str(secrets.randbits(62)), user_id, chat_id, message_id, now)
        self._queries[query.id] = query
        return query

    def restore(self, query: Query) -> None:
        """Put back a press that was saved."""
        self._queries[query.id] = query

    def get(self, query_id: str, now: float) -> Query | None:
        """The press, unless it is unknown or too old."""
        query = self._queries.get(query_id)
        return query if query and now - query.asked_at <= self._lifetime else None

    def forget_old(self, now: float) -> list[str]:
        """Drop what nobody may answer any more; gives the ids dropped."""
        old = [key for key, query in self._queries.items() if now - query.asked_at > self._lifetime]
        for key in old:
            del self._queries[key]
        return old
