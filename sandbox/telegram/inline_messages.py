"""Messages that people sent through the bot's inline mode: the bot knows them by an id of their own."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from sandbox.telegram.messages import Message

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


def inline_id(message: Message) -> str:
    """The inline_message_id that stands for a message; it says where the message is, to nobody but us."""
    return urlsafe_b64encode(f"{message.chat_id}:{message.id}".encode()).decode()


def inline_message(telegram: "Telegram", name: str) -> Message | None:
    """The message that was sent through the bot under this inline_message_id."""
    try:
        chat_id, message_id = (int(part) for part in urlsafe_b64decode(name).decode().split(":"))
    except ValueError:
        return None
    message = telegram.history.get(chat_id, message_id)
    return message if message is not None and message.via_bot else None
