"""Putting back what a journal kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.telegram.files import File
from sandbox.telegram.journal import Journal
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Person, chat_from_row
from sandbox.telegram.queries import Query
from sandbox.telegram.webhook import Webhook

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

# After a kill ids go on this far above those last saved: what was given away in the last moment is not given again.
LEAP = 1000


def restore(telegram: "Telegram", journal: Journal) -> None:
    """Fill `telegram` with what `journal` kept; ids go on rising."""
    rows = sorted(journal.load(), key=lambda row: (_ORDER.index(row[0]), _numbers(row[1])))
    for kind, key, body in rows:
        _READERS[kind](telegram, key, body)
    if journal.was_killed:
        _leap(telegram)


def _leap(telegram: "Telegram") -> None:
    telegram.updates.last_id += LEAP
    for chat_id, last in list(telegram.history.last_ids()):
        telegram.history.skip_to(chat_id, last + LEAP)


def _numbers(key: str) -> tuple[int, ...]:
    """Rows are read in the order of their numbers, so that messages and updates keep theirs."""
    return tuple(int(part) for part in key.split(":") if part.lstrip("-").isdecimal())


def _person(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.people[int(key)] = Person(**body)


def _chat(telegram: "Telegram", key: str, body: Any) -> None:
    chat = telegram.chats[int(key)] = chat_from_row(body)
    telegram.history.skip_to(chat.id, max(chat.topics, default=0))


def _message(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.history.put(Message(body["body"], telegram.clock(), body["extras"]))


def _last(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.history.skip_to(int(key), body["message_id"])


def _counter(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.updates.last_id = max(telegram.updates.last_id, body["last"])


def _update(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.updates.restore(body)


def _allowed(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.updates.allowed = tuple(body)


def _webhook(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.hook.webhook = Webhook(**body) if body else None


def _query(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.queries.restore(Query(id=key, asked_at=telegram.clock(), **body))


def _menu(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.commands.restore(key, body)


def _profile(telegram: "Telegram", key: str, body: Any) -> None:
    telegram.profile[key] = body["text"]


def _file(telegram: "Telegram", key: str, body: Any) -> None:
    read = {"content": bytes.fromhex(body["content"]), "dimensions": tuple(body.get("dimensions", (0, 0)))}
    telegram.files.put(File(**{**body, "id": key, **read}))


_READERS: dict[str, Callable[["Telegram", str, Any], None]] = {
    "person": _person,
    "chat": _chat,
    "file": _file,
    "message": _message,
    "last": _last,
    "counter": _counter,
    "update": _update,
    "allowed": _allowed,
    "webhook": _webhook,
    "query": _query,
    "menu": _menu,
    "profile": _profile,
}
_ORDER = list(_READERS)
