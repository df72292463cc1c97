"""What an update tells of the place it comes from, kept where it is news."""

from dataclasses import replace

from handlers.message import Heard
from news.chat import Chat
from news.ports import Chats


async def keep_what_is_told(chat: Chat, heard: Heard, chats: Chats) -> Chat:
    """Keep what the place is called, who let the bot in, and that it may write; gives the chat with that."""
    title = heard.title or chat.title
    # What a topic was called at first is said again and again; what it is called now is said once.
    topic_title = chat.topic_title or heard.topic_title
    if (title, topic_title) != (chat.title, chat.topic_title):
        await chats.call(chat.id, title, topic_title)
    if heard.let_in and chat.kind != "private":
        await chats.let_in(chat.id, by=heard.user_id)
    if heard.may_write and chat.silenced:
        await chats.may_write(chat.address)
    return replace(chat, title=title, topic_title=topic_title, silenced=chat.silenced and not heard.may_write)
