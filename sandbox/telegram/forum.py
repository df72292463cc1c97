"""Topics of a forum: made, closed, opened again, deleted by people."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.telegram.arrival import ICON_COLOUR, CannotAct, chat_of, deliver, heading
from sandbox.telegram.people import ADMINS, Chat, Topic
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_NAME = 128


def open_topic(telegram: "Telegram", user_id: int, chat_id: int, name: str) -> Topic:
    """A new topic; its id is that of the message which says so. Raises CannotAct."""
    chat = _forum(telegram, user_id, chat_id)
    if not 1 <= len(name.strip()) <= MAX_NAME:
        raise CannotAct(f"A topic's name has 1 to {MAX_NAME} characters.")
    topic = Topic(telegram.history.next_id(chat.id), name.strip())
    _say(telegram, chat, user_id, topic.id, {"forum_topic_created": {"name": topic.name, "icon_color": ICON_COLOUR}})
    _put(telegram, chat, topic)
    return topic


def rename_topic(telegram: "Telegram", user_id: int, chat_id: int, thread: int, name: str) -> None:
    """A topic is called otherwise. Raises CannotAct."""
    chat = _forum(telegram, user_id, chat_id)
    chat = _put(telegram, chat, replace(_topic(chat, thread), name=name))
    _say(telegram, chat, user_id, thread, {"forum_topic_edited": {"name": name}})


def close_topic(telegram: "Telegram", user_id: int, chat_id: int, thread: int, *, closed: bool = True) -> None:
    """Nobody but admins writes there any more (or again). Raises CannotAct."""
    chat = _forum(telegram, user_id, chat_id)
    topic = _topic(chat, thread)
    if topic.closed != closed:
        chat = _put(telegram, chat, replace(topic, closed=closed))
        _say(telegram, chat, user_id, thread, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def delete_topic(telegram: "Telegram", user_id: int, chat_id: int, thread: int) -> None:
    """The topic goes, and all that was written there. Raises CannotAct."""
    chat = _forum(telegram, user_id, chat_id)
    _topic(chat, thread)
    for message in telegram.history.of(chat.id):
        if message.thread == thread:
            telegram.take_message(message)
    telegram.put_chat(replace(chat, topics={key: one for key, one in chat.topics.items() if key != thread}))


def _forum(telegram: "Telegram", user_id: int, chat_id: int) -> Chat:
    chat = chat_of(telegram, user_id, chat_id)
    if not chat.is_forum:
        raise CannotAct("This chat has no topics.")
    if chat.members[user_id] not in ADMINS:
        raise CannotAct("Only admins of the group change its topics.")
    return chat


def _topic(chat: Chat, thread: int) -> Topic:
    topic = chat.topics.get(thread)
    if topic is None:
        raise CannotAct(f"There is no topic {thread} in this chat.")
    return topic


def _put(telegram: "Telegram", chat: Chat, topic: Topic) -> Chat:
    return telegram.put_chat(replace(chat, topics={**chat.topics, topic.id: topic}))


def _say(telegram: "Telegram", chat: Chat, user_id: int, thread: int, news: Json) -> None:
    topic = {"message_thread_id": thread, "is_topic_message": True}
    deliver(telegram, chat, heading(telegram, chat, user_id) | topic | news)
