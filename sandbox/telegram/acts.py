"""What people do: write, press buttons, block the bot, let it into a group or put it out."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.telegram.formatted import Formatted, cut, found, tidy
from sandbox.telegram.messages import Message
from sandbox.telegram.people import ADMINS, PRESENT, Chat, member_json
from sandbox.telegram.queries import Query
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


class CannotAct(ValueError):
    """A person can't do that; the text says why in one sentence."""


def say(
    telegram: "Telegram",
    user_id: int,
    chat_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
) -> Message:
    """A user writes to a chat; the bot learns of it as Telegram would tell it. Raises CannotAct."""
    chat = _chat_of(telegram, user_id, chat_id)
    if chat.type == "channel" and chat.members[user_id] not in ADMINS:
        raise CannotAct("Only admins write to a channel.")
    # What a page sends may hold half a surrogate pair, which no message can.
    formatted = tidy(Formatted(text.encode("utf-8", "replace").decode()))
    if not formatted.text:
        raise CannotAct("The message is empty.")
    chat = _started(telegram, chat)
    body = _heading(telegram, chat, user_id) | {"text": formatted.text}
    if formatted.entities:
        body["entities"] = list(formatted.entities)
    return _deliver(telegram, chat, body | _reply(telegram, chat, reply_to) | _thread(chat, thread))


def press(telegram: "Telegram", user_id: int, message: Message, data: str) -> Query:
    """A user presses a button that carries `data`; the query waits for the bot's answer."""
    chat = _chat_of(telegram, user_id, message.chat_id)
    now = telegram.clock()
    for old in telegram.queries.forget_old(now):
        telegram.journal.drop("query", old)
    query = telegram.queries.ask(user_id, chat.id, message.id, now)
    telegram.journal.put("query", query.id, query.as_row())
    update = {
        "id": query.id,
        "from": telegram.people[user_id].as_json(),
        "message": message.body,
        "chat_instance": str(chat.id),
        "data": data,
    }
    telegram.tell_bot("callback_query", update)
    return query


def block(telegram: "Telegram", user_id: int) -> None:
    """A user blocks the bot."""
    change_standing(telegram, telegram.chats[user_id], user_id, "kicked")


def unblock(telegram: "Telegram", user_id: int) -> None:
    """A user lets the bot write again."""
    change_standing(telegram, telegram.chats[user_id], user_id, "member")


def change_standing(telegram: "Telegram", chat: Chat, by: int, status: str) -> Chat:
    """The bot's standing in a chat changes, by that user's hand; the bot is told (my_chat_member)."""
    if chat.bot == status:
        return chat
    changed = telegram.put_chat(replace(chat, bot=status))
    update = {
        "chat": chat.as_json(),
        "from": telegram.people[by].as_json(),
        "date": int(telegram.now()),
        "old_chat_member": member_json(telegram.bot, chat.bot),
        "new_chat_member": member_json(telegram.bot, status),
    }
    telegram.tell_bot("my_chat_member", update)
    return changed


def let_in(telegram: "Telegram", chat: Chat, by: int, status: str) -> Chat:
    """The bot is let into a group or channel by that user; a group says so to all in it."""
    changed = change_standing(telegram, chat, by, status)
    if chat.type != "channel" and chat.bot not in PRESENT:
        _deliver(telegram, changed, _heading(telegram, changed, by) | {"new_chat_members": [telegram.bot.as_json()]})
    return changed


def upgrade(telegram: "Telegram", chat: Chat, to: int) -> Chat:
    """A group becomes a supergroup under the id `to`; both chats tell the bot so."""
    telegram.put_chat(replace(chat, migrated_to=to))
    successor = telegram.put_chat(replace(chat, id=to, type="supergroup"))
    by = next(iter(chat.present), telegram.bot.id)
    for there, news in ((chat, {"migrate_to_chat_id": to}), (successor, {"migrate_from_chat_id": chat.id})):
        _deliver(telegram, there, _heading(telegram, there, by) | news)
    return successor


def _chat_of(telegram: "Telegram", user_id: int, chat_id: int) -> Chat:
    chat = telegram.chats.get(chat_id)
    if chat is None or user_id not in chat.present:
        raise CannotAct(f"User {user_id} is in no chat {chat_id}.")
    return chat


def _started(telegram: "Telegram", chat: Chat) -> Chat:
    """The chat after somebody wrote there: whoever writes to the bot lets it write back."""
    if chat.private and chat.bot == "kicked":
        return change_standing(telegram, chat, chat.id, "member")
    if chat.private and chat.bot == "left":
        return telegram.put_chat(replace(chat, bot="member"))
    return chat


def _heading(telegram: "Telegram", chat: Chat, user_id: int) -> Json:
    person = telegram.people.get(user_id, telegram.bot)
    sender = {"sender_chat": chat.as_json()} if chat.type == "channel" else {"from": person.as_json()}
    return {
        "message_id": telegram.history.next_id(chat.id),
        **sender,
        "chat": chat.as_json(),
        "date": int(telegram.now()),
    }


def _reply(telegram: "Telegram", chat: Chat, reply_to: int | None) -> Json:
    if reply_to is None:
        return {}
    answered = telegram.history.get(chat.id, reply_to)
    if answered is None:
        raise CannotAct(f"There is no message {reply_to} to reply to.")
    return {"reply_to_message": answered.quoted()}


def _thread(chat: Chat, thread: int | None) -> Json:
    if thread is None:
        return {}
    if thread not in chat.topics:
        raise CannotAct(f"There is no topic {thread} in this chat.")
    return {"message_thread_id": thread, "is_topic_message": True}


def _deliver(telegram: "Telegram", chat: Chat, body: Json) -> Message:
    message = telegram.put_message(Message(body, telegram.clock()))
    if _bot_hears(telegram, chat, message):
        telegram.tell_bot("channel_post" if chat.type == "channel" else "message", body)
    return message


def _bot_hears(telegram: "Telegram", chat: Chat, message: Message) -> bool:
    """Telegram's privacy mode: in a group only what is meant for the bot, unless it is an admin there."""
    if chat.bot not in ("member", "administrator"):
        return False
    if chat.type not in ("group", "supergroup") or chat.bot == "administrator" or not message.text:
        return True
    return _answers_bot(telegram, message) or _names_bot(telegram, message)


def _answers_bot(telegram: "Telegram", message: Message) -> bool:
    answered = message.reply_to or {}
    return bool(answered.get("from", {}).get("id") == telegram.bot.id)


def _names_bot(telegram: "Telegram", message: Message) -> bool:
    own = f"@{telegram.bot.username}".lower()
    for entity in found(message.text):
        word = cut(message.text, entity).lower()
        if entity["type"] == "mention" and word == own:
            return True
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(own)):
            return True
    return False


def matches(wanted: str | re.Pattern[str], text: str) -> bool:
    """Whether a text contains what is wanted: a part of it, or a pattern."""
    return wanted in text if isinstance(wanted, str) else wanted.search(text) is not None
