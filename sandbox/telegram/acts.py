"""What a person does to the bot: writes, forwards, hands over a file, presses a button."""

import re
from typing import TYPE_CHECKING
from zlib import crc32

from sandbox.telegram.arrival import CannotAct, as_the_group, chat_of, deliver, heading, place, place_to_write
from sandbox.telegram.files import document_json, keep_file, shown_url
from sandbox.telegram.formatted import Formatted, tidy, utf16_length
from sandbox.telegram.inline_messages import inline_id
from sandbox.telegram.membership import let_in
from sandbox.telegram.messages import Message
from sandbox.telegram.parameters import Upload
from sandbox.telegram.people import ADMINS, Chat
from sandbox.telegram.previews import preview_extras
from sandbox.telegram.queries import Query
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_TEXT, MAX_CAPTION = 4096, 1024


def say(
    telegram: "Telegram",
    user_id: int,
    chat_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
    anonymous: bool = False,
) -> Message:
    """A user writes to a chat, `anonymous` as the group itself; the bot learns of it as Telegram would tell it.

    Raises CannotAct.
    """
    formatted = _written(text, MAX_TEXT)
    if not formatted.text:
        raise CannotAct("The message is empty.")
    chat = place_to_write(telegram, user_id, chat_id, thread)
    fields = place(telegram, chat, reply_to, thread) | _fields(formatted, "text", "entities")
    head = heading(telegram, chat, user_id) | (as_the_group(chat, user_id) if anonymous else {})
    return deliver(telegram, chat, head | fields, preview_extras(telegram, fields))


def forward(telegram: "Telegram", user_id: int, chat_id: int, username: str, text: str) -> Message:
    """A user forwards a post of a channel, from here or from elsewhere. Raises CannotAct."""
    chat = place_to_write(telegram, user_id, chat_id, None)
    origin = {"type": "channel", "date": int(telegram.now()), "chat": _channel(telegram, username), "message_id": 1}
    fields = {"forward_origin": origin} | _fields(_written(text, MAX_TEXT), "text", "entities")
    return deliver(telegram, chat, heading(telegram, chat, user_id) | fields)


def send_file(
    telegram: "Telegram",
    user_id: int,
    chat_id: int,
    upload: Upload,
    caption: str = "",
    *,
    thread: int | None = None,
) -> Message:
    """A user sends a file as a document. Raises CannotAct."""
    written = _written(caption, MAX_CAPTION)
    chat = place_to_write(telegram, user_id, chat_id, thread)
    file = keep_file(telegram, telegram.files.add(upload))
    fields = {"document": document_json(file)} | _fields(written, "caption", "caption_entities")
    body = heading(telegram, chat, user_id) | place(telegram, chat, None, thread) | fields
    return deliver(telegram, chat, body, {"url": shown_url(file)})


def send_location(telegram: "Telegram", user_id: int, chat_id: int, north: float, east: float) -> Message:
    """A user sends where they are. Raises CannotAct."""
    chat = place_to_write(telegram, user_id, chat_id, None)
    where = {"location": {"latitude": north, "longitude": east}}
    return deliver(telegram, chat, heading(telegram, chat, user_id) | where)


def pick_chat(telegram: "Telegram", user_id: int, picked: Chat) -> Message:
    """A user chooses a chat by the button that the bot offers for it; with the rights that it asks for, the bot is let
    in there. Raises CannotAct."""
    offered = (wish for message in reversed(telegram.messages(user_id)) for wish in message.extras.get("pickers", ()))
    wish = next((one for one in offered if one["chat_is_channel"] == (picked.type == "channel")), None)
    if wish is None:
        raise CannotAct("The bot asks for no such chat.")
    if wish.get("user_administrator_rights") and picked.members.get(user_id) not in ADMINS:
        raise CannotAct("Only chats where you are an administrator can be chosen.")
    if wish.get("bot_administrator_rights") and picked.bot not in ADMINS:
        let_in(telegram, picked, user_id, "administrator")
    chat = place_to_write(telegram, user_id, user_id, None)
    shared = {"chat_shared": {"request_id": wish["request_id"], "chat_id": picked.id}}
    return deliver(telegram, chat, heading(telegram, chat, user_id) | shared)


def press(telegram: "Telegram", user_id: int, message: Message, data: str) -> Query:
    """A user presses a button that carries `data`; the query waits for the bot's answer. Raises CannotAct."""
    chat = chat_of(telegram, user_id, message.chat_id)
    now = telegram.clock()
    for old in telegram.queries.forget_old(now):
        telegram.journal.drop("query", old)
    query = telegram.queries.ask(user_id, chat.id, message.id, now)
    telegram.journal.put("query", query.id, query.as_row())
    update = {
        "id": query.id,
        "from": telegram.people[user_id].as_json(),
        **_pressed(message),
        "chat_instance": str(chat.id),
        "data": data,
    }
    telegram.tell_bot("callback_query", update)
    return query


def matches(wanted: str | re.Pattern[str], text: str) -> bool:
    """Whether a text contains what is wanted: a part of it, or a pattern."""
    return wanted in text if isinstance(wanted, str) else wanted.search(text) is not None


def _channel(telegram: "Telegram", username: str) -> Json:
    """The channel of this name; one that isn't here has an id of its own all the same, none a closed one's name."""
    known = telegram.find_chat(f"@{username}") if username else None
    if known:
        return known.as_json()
    elsewhere: Json = {"id": -1_009_000_000_000 - crc32(username.encode()), "type": "channel", "title": username or "?"}
    return elsewhere | ({"username": username} if username else {})


def _pressed(message: Message) -> Json:
    """A bot sees its own message, but of one sent through it only an id."""
    return {"inline_message_id": inline_id(message)} if message.via_bot else {"message": message.body}


def _written(text: str, most: int) -> Formatted:
    # What a page sends may hold half a surrogate pair, which no message can.
    formatted = tidy(Formatted(text.encode("utf-8", "replace").decode()))
    if utf16_length(formatted.text) > most:
        raise CannotAct(f"A message has at most {most} characters here.")
    return formatted


def _fields(formatted: Formatted, text: str, entities: str) -> Json:
    fields: Json = {text: formatted.text} if formatted.text else {}
    return fields | ({entities: list(formatted.entities)} if formatted.entities else {})
