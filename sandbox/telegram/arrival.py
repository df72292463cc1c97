"""How what a person does comes into a chat: seen by everybody in it, and told to the bot if it may hear."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.telegram.formatted import cut, found
from sandbox.telegram.messages import Message
from sandbox.telegram.people import ADMINS, ANONYMOUS, Chat, member_json
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


# The colour of a topic's bubble that Telegram takes by default.
ICON_COLOUR = 7322096


class CannotAct(ValueError):
    """A person can't do that; the text says why in one sentence."""


def chat_of(telegram: "Telegram", user_id: int, chat_id: int) -> Chat:
    """The chat, if that user is in it; raises CannotAct."""
    chat = telegram.chats.get(chat_id)
    if chat is None or user_id not in chat.present:
        raise CannotAct(f"User {user_id} is in no chat {chat_id}.")
    return chat


def place_to_write(telegram: "Telegram", user_id: int, chat_id: int, thread: int | None) -> Chat:
    """The chat, if that user may write there now; whoever writes to the bot lets it write back. Raises CannotAct."""
    chat = chat_of(telegram, user_id, chat_id)
    admin = chat.members.get(user_id) in ADMINS
    if chat.type == "channel" and not admin:
        raise CannotAct("Only admins write to a channel.")
    if thread is not None and thread not in chat.topics:
        raise CannotAct(f"There is no topic {thread} in this chat.")
    if thread is not None and chat.topics[thread].closed and not admin:
        raise CannotAct("This topic is closed.")
    return _started(telegram, chat)


def heading(telegram: "Telegram", chat: Chat, user_id: int) -> Json:
    """What every message begins with: its id, its sender, its chat, its date."""
    person = telegram.people.get(user_id, telegram.bot)
    sender = {"sender_chat": chat.as_json()} if chat.type == "channel" else {"from": person.as_json()}
    return {
        "message_id": telegram.history.next_id(chat.id),
        **sender,
        "chat": chat.as_json(),
        "date": int(telegram.now()),
    }


def as_the_group(chat: Chat, user_id: int) -> Json:
    """Who a message is from when an admin writes it anonymously; raises CannotAct."""
    if chat.type not in ("group", "supergroup") or chat.members.get(user_id) not in ADMINS:
        raise CannotAct("Only admins of a group write in its name.")
    return {"from": ANONYMOUS.as_json(), "sender_chat": chat.as_json()}


def place(telegram: "Telegram", chat: Chat, reply_to: int | None, thread: int | None) -> Json:
    """The fields that say what a message answers and which topic it is in; raises CannotAct."""
    topic = {} if thread is None else {"message_thread_id": thread, "is_topic_message": True}
    if reply_to is None:
        return topic
    answered = telegram.history.get(chat.id, reply_to)
    if answered is None:
        raise CannotAct(f"There is no message {reply_to} to reply to.")
    return topic | {"reply_to_message": answered.quoted()}


def deliver(telegram: "Telegram", chat: Chat, body: Json, extras: Json | None = None) -> Message:
    """Put a person's message into the chat; the bot is told of it as Telegram would tell it."""
    message = telegram.put_message(Message(body, telegram.clock(), extras or {}))
    if _bot_hears(telegram, chat, message):
        told = _topics_first(telegram, chat, body) | body
        telegram.tell_bot("channel_post" if chat.type == "channel" else "message", told)
    return message


def _topics_first(telegram: "Telegram", chat: Chat, body: Json) -> Json:
    """A bot sees all that is said in a topic as answers to the message that made it, where they answer nothing else."""
    thread = body.get("message_thread_id")
    if thread is None or thread not in chat.topics or thread == body["message_id"]:
        return {}
    first = telegram.history.get(chat.id, thread)
    if first is not None:
        return {"reply_to_message": first.quoted()}
    made = {"forum_topic_created": {"name": chat.topics[thread].name, "icon_color": ICON_COLOUR}}
    head = {"message_id": thread, "chat": chat.as_json(), "date": int(telegram.now()), "message_thread_id": thread}
    return {"reply_to_message": head | {"is_topic_message": True} | made}


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


def _started(telegram: "Telegram", chat: Chat) -> Chat:
    if chat.private and chat.bot == "kicked":
        return change_standing(telegram, chat, chat.id, "member")
    if chat.private and chat.bot == "left":
        return telegram.put_chat(replace(chat, bot="member"))
    return chat


def _bot_hears(telegram: "Telegram", chat: Chat, message: Message) -> bool:
    """Telegram's privacy mode: in a group only what is meant for the bot, unless it is an admin there."""
    if chat.bot not in ("member", "administrator"):
        return False
    if chat.type not in ("group", "supergroup") or chat.bot == "administrator" or message.is_service:
        return True
    return _concerns_bot(telegram, message) or _names_bot(telegram, message)


def _concerns_bot(telegram: "Telegram", message: Message) -> bool:
    """Whether it answers the bot, or was sent through it."""
    answered = message.reply_to or {}
    through = message.body.get("via_bot", {})
    return telegram.bot.id in (answered.get("from", {}).get("id"), through.get("id"))


def _names_bot(telegram: "Telegram", message: Message) -> bool:
    own = f"@{telegram.bot.username}".lower()
    for entity in found(message.text):
        word = cut(message.text, entity).lower()
        if entity["type"] == "mention" and word == own:
            return True
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(own)):
            return True
    return False
