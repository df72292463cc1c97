"""A user to play in tests and demos: says, presses, expects."""

import asyncio
import re
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from sandbox.telegram import acts, forum, inline, membership
from sandbox.telegram.inline import InlineAnswer, InlineQuery
from sandbox.telegram.messages import Message
from sandbox.telegram.parameters import Upload
from sandbox.telegram.people import Chat, Person, Topic
from sandbox.telegram.queries import Answer

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

PATIENCE = 10.0
Wanted = str | re.Pattern[str]
_SHOWN = 8


class Player:
    """One user. Where no chat is named, it is the private chat with the bot.

    Waits end with the event they wait for; `timeout` (seconds) only guards against waiting for ever.
    """

    def __init__(self, telegram: "Telegram", user_id: int) -> None:
        self.id = user_id
        self._telegram = telegram
        # The messages themselves are held, so that no later one gets the same id().
        self._expected: dict[int, Message] = {}
        self._asked: InlineQuery | None = None

    @property
    def person(self) -> Person:
        """Name and language."""
        return self._telegram.people[self.id]

    def messages(self, chat: Chat | int | None = None) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return self._telegram.messages(self._chat(chat))

    async def says(
        self,
        text: str,
        chat: Chat | int | None = None,
        *,
        reply_to: Message | int | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """Write a message, `anonymous` in the name of the group; gives it as the bot is told it."""
        answered = reply_to.id if isinstance(reply_to, Message) else reply_to
        return acts.say(
            self._telegram, self.id, self._chat(chat), text, reply_to=answered, thread=thread, anonymous=anonymous
        )

    async def forwards(self, channel: str, text: str, chat: Chat | int | None = None) -> Message:
        """Forward a post of a channel, given by its username (empty: a closed one); gives the message."""
        return acts.forward(self._telegram, self.id, self._chat(chat), channel, text)

    async def sends_file(
        self, name: str, content: bytes, chat: Chat | int | None = None, *, caption: str = "", thread: int | None = None
    ) -> Message:
        """Send a file as a document; gives the message as the bot is told it."""
        upload = Upload(name, "application/octet-stream", content)
        return acts.send_file(self._telegram, self.id, self._chat(chat), upload, caption, thread=thread)

    async def sends_location(self, north: float, east: float, chat: Chat | int | None = None) -> Message:
        """Send where one is, in degrees; gives the message as the bot is told it."""
        return acts.send_location(self._telegram, self.id, self._chat(chat), north, east)

    async def picks(self, chat: Chat) -> Message:
        """Choose a chat by the button that the bot offers for it; gives the message as the bot is told it."""
        return acts.pick_chat(self._telegram, self.id, self._telegram.chats[chat.id])

    def presses(
        self,
        button: str,
        message: Message | None = None,
        *,
        chat: Chat | int | None = None,
        timeout: float = PATIENCE,
    ) -> Coroutine[Any, Any, Answer]:
        """Press a button by its text or callback data and wait for the bot's answer.

        Without a `message` it is the newest one that has such a button.
        """
        return self._press(button, message, self._chat(chat), timeout)

    def asks_inline(
        self, query: str, chat: Chat | int | None = None, *, offset: str = "", timeout: float = PATIENCE
    ) -> Coroutine[Any, Any, InlineAnswer]:
        """Type words after the bot's name and wait for its results."""
        return self._ask_inline(query, self._chat(chat), offset, timeout)

    async def chooses(self, result: str, chat: Chat | int | None = None) -> Message:
        """Send one of the results of the last inline query, by its title or id."""
        asked = self._asked
        assert asked is not None, "Nothing was asked inline."
        found = asked.result(result)
        assert found is not None, f"No result {result!r} among {[one.title for one in asked.results]}."
        return inline.choose(self._telegram, self.id, self._chat(chat), asked.id, found.id)

    def expects(
        self, wanted: Wanted, *, chat: Chat | int | None = None, timeout: float = PATIENCE
    ) -> Coroutine[Any, Any, Message]:
        """The next message or edit by the bot, not expected before, whose text contains `wanted`."""
        return self._expect(wanted, self._chat(chat), timeout)

    def blocks_bot(self) -> None:
        """Block the bot."""
        membership.block(self._telegram, self.id)

    def unblocks_bot(self) -> None:
        """Let the bot write again."""
        membership.unblock(self._telegram, self.id)

    def adds_bot(self, chat: Chat, status: str = "member") -> Chat:
        """Let the bot into a group or channel, as "member" or "administrator"."""
        return membership.let_in(self._telegram, self._telegram.chats[chat.id], self.id, status)

    def removes_bot(self, chat: Chat, status: str = "kicked") -> Chat:
        """Put the bot out of a group or channel."""
        return membership.put_out(self._telegram, self._telegram.chats[chat.id], self.id, status)

    def promotes(self, user: "Player", chat: Chat, status: str = "administrator") -> Chat:
        """Give a user of a group another standing: "administrator", "member", "kicked"."""
        return membership.promote(self._telegram, self._telegram.chats[chat.id], self.id, user.id, status)

    def opens_topic(self, chat: Chat, name: str) -> Topic:
        """Make a topic in a forum."""
        return forum.open_topic(self._telegram, self.id, chat.id, name)

    def renames_topic(self, chat: Chat, topic: Topic, name: str) -> None:
        """Call a topic otherwise."""
        forum.rename_topic(self._telegram, self.id, chat.id, topic.id, name)

    def closes_topic(self, chat: Chat, topic: Topic) -> None:
        """Close a topic to all but admins."""
        forum.close_topic(self._telegram, self.id, chat.id, topic.id)

    def deletes_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with all that was written there."""
        forum.delete_topic(self._telegram, self.id, chat.id, topic.id)

    async def _ask_inline(self, query: str, chat_id: int, offset: str, patience: float) -> InlineAnswer:
        self._asked = inline.ask(self._telegram, self.id, chat_id, query, offset)
        try:
            await asyncio.wait_for(self._asked.answered.wait(), patience)
        except TimeoutError:
            raise AssertionError(f"The bot did not answer the inline query {query!r} in {patience} s.") from None
        assert self._asked.answer is not None
        return self._asked.answer

    async def _press(self, button: str, message: Message | None, chat_id: int, patience: float) -> Answer:
        pressed = self._current(message) if message else self._newest_with(button, chat_id)
        found = pressed.button(button) if pressed else None
        assert pressed is not None, f"No message has the button {button!r}."
        assert found is not None, f"No button {button!r} among {[one['text'] for one in pressed.buttons]}."
        assert "callback_data" in found, f"The button {button!r} doesn't ask the bot anything."
        query = acts.press(self._telegram, self.id, pressed, found["callback_data"])
        try:
            await asyncio.wait_for(query.answered.wait(), patience)
        except TimeoutError:
            raise AssertionError(f"The bot did not answer the button {button!r} in {patience} s.") from None
        return query.answers[0]

    async def _expect(self, wanted: Wanted, chat_id: int, patience: float) -> Message:
        try:
            async with asyncio.timeout(patience):
                while (message := self._unexpected(wanted, chat_id)) is None:
                    await self._telegram.changed.rung()
        except TimeoutError:
            raise AssertionError(self._disappointment(wanted, chat_id, patience)) from None
        self._expected[id(message)] = message
        return message

    def _chat(self, chat: Chat | int | None) -> int:
        if chat is None:
            return self.id
        return chat if isinstance(chat, int) else chat.id

    def _current(self, message: Message) -> Message:
        return self._telegram.history.get(message.chat_id, message.id) or message

    def _newest_with(self, button: str, chat_id: int) -> Message | None:
        return next((one for one in reversed(self.messages(chat_id)) if one.button(button)), None)

    def _unexpected(self, wanted: Wanted, chat_id: int) -> Message | None:
        news = (one for one in self._telegram.said(chat_id) if id(one) not in self._expected)
        return next((one for one in news if acts.matches(wanted, one.text)), None)

    def _disappointment(self, wanted: Wanted, chat_id: int, patience: float) -> str:
        came = [one.text for one in self._telegram.said(chat_id) if id(one) not in self._expected]
        listed = "\n".join(f"  - {text!r}" for text in came[-_SHOWN:]) or "  nothing"
        return f"No message with {wanted!r} in {patience} s; what came instead:\n{listed}"
