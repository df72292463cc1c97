"""Updates as Telegram writes them, for tests that need one it would be long to bring about."""

from typing import Any

from telegram import Update

Json = dict[str, Any]

ANNA: Json = {"id": 7, "is_bot": False, "first_name": "Анна", "language_code": "uk"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Анна"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Редакція"}
VISNYK: Json = {"id": 1000, "is_bot": True, "first_name": "Вісник", "username": "visnyk_bot"}


def message(text: str = "", *, chat: Json = PRIVATE, **fields: Any) -> Json:
    """A Message by Anna; a command at its beginning is marked as Telegram does."""
    body: Json = {"message_id": 11, "date": 1_764_000_000, "chat": chat, "from": ANNA}
    if text:
        body |= {"text": text, "entities": command_in(text)}
    return body | fields


def command_in(text: str) -> list[Json]:
    """The entity of the command that the text begins with."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return [{"type": "bot_command", "offset": 0, "length": len(word)}] if text.startswith("/") else []


def member(status: str, **fields: Any) -> Json:
    """A ChatMember for the bot."""
    return {"user": VISNYK, "status": status} | fields


def membership(status: str, *, chat: Json = PRIVATE, **fields: Any) -> Json:
    """An update's my_chat_member."""
    change = {"chat": chat, "from": ANNA, "date": 1_764_000_000}
    members = {"old_chat_member": member("member"), "new_chat_member": member(status, **fields)}
    return {"update_id": 1, "my_chat_member": change | members}


def press(data: str | None = "rel:5", *, under: Json | None = None) -> Json:
    """An update with a pressed button under a message of the bot's."""
    query: Json = {"id": "900", "from": ANNA, "chat_instance": "1"}
    query |= {"data": data} if data is not None else {"game_short_name": "chess"}
    return {"update_id": 1, "callback_query": query | ({"message": under} if under else {})}


def read(update: Json) -> Update:
    """The update as python-telegram-bot reads it."""
    return Update.de_json({"update_id": 1, **update})
