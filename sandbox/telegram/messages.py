"""Messages: one, and all of them by chat."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.refusal import Json

_CONTENT = frozenset({"text", "caption", "photo", "document", "location"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands; `body` is the Bot API's Message object.

    `accepted_at` is time.monotonic() of acceptance (of the edit, for an edited one), in seconds; `extras` is
    what only the web chat shows.
    """

    body: Json
    accepted_at: float
    extras: Json = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message's id, unique in its chat."""
        return int(self.body["message_id"])

    @property
    def chat_id(self) -> int:
        """Where it is."""
        return int(self.body["chat"]["id"])

    @property
    def sender_id(self) -> int | None:
        """Who wrote it; None for a channel's own posts."""
        return self.body["from"]["id"] if "from" in self.body else None

    @property
    def text(self) -> str:
        """The plain text, or the caption; empty without either."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The MessageEntity objects over the text or the caption."""
        return self.body.get("entities") or self.body.get("caption_entities") or []

    @property
    def reply_markup(self) -> Json | None:
        """The inline keyboard, if there is one."""
        return self.body.get("reply_markup")

    @property
    def reply_to(self) -> Json | None:
        """The Message object this one answers."""
        return self.body.get("reply_to_message")

    @property
    def thread(self) -> int | None:
        """The topic it is in."""
        return self.body.get("message_thread_id")

    @property
    def silent(self) -> bool:
        """Whether it came without a sound."""
        return bool(self.extras.get("silent"))

    @property
    def photo(self) -> list[Json] | None:
        """The sizes of its picture."""
        return self.body.get("photo")

    @property
    def via_bot(self) -> bool:
        """Whether a person sent it through the bot's inline mode."""
        return "via_bot" in self.body

    @property
    def is_service(self) -> bool:
        """Whether it only tells what happened in the chat."""
        return not _CONTENT & self.body.keys()

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons, row after row."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def button(self, wanted: str) -> Json | None:
        """The button whose visible text or callback data is `wanted`, or whose text contains it."""
        exact = (one for one in self.buttons if wanted in (one["text"], one.get("callback_data")))
        loose = (one for one in self.buttons if wanted in one["text"])
        return next(exact, None) or next(loose, None)

    def quoted(self) -> Json:
        """The Message object as it appears in answers to it: its own quote left out."""
        return {name: value for name, value in self.body.items() if name != "reply_to_message"}

    def shown(self) -> Json:
        """The Message object for the web chat."""
        return {**self.body, **self.extras}


class Messages:
    """All messages by chat, the newest `keep` of each (None keeps all)."""

    def __init__(self, keep: int | None = None) -> None:
        self._keep = keep
        self._chats: dict[int, OrderedDict[int, Message]] = {}
        self._last: dict[int, int] = {}

    def next_id(self, chat_id: int) -> int:
        """The id for one more message; ids only rise, whatever is deleted."""
        return self._last.get(chat_id, 0) + 1

    def put(self, message: Message) -> Message | None:
        """Keep a message, new or changed; the one that has to go for it, if there is one."""
        chat = self._chats.setdefault(message.chat_id, OrderedDict())
        chat[message.id] = message
        self._last[message.chat_id] = max(message.id, self._last.get(message.chat_id, 0))
        if self._keep is not None and len(chat) > self._keep:
            return chat.popitem(last=False)[1]
        return None

    def skip_to(self, chat_id: int, last: int) -> None:
        """Count on after `last` in that chat."""
        self._last[chat_id] = max(last, self._last.get(chat_id, 0))

    def get(self, chat_id: int, message_id: Any) -> Message | None:
        """One message, if it is there."""
        return self._chats.get(chat_id, {}).get(message_id)

    def pop(self, chat_id: int, message_id: int) -> Message | None:
        """Take a message away."""
        return self._chats.get(chat_id, OrderedDict()).pop(message_id, None)

    def of(self, chat_id: int) -> list[Message]:
        """A chat's messages, oldest first."""
        return list(self._chats.get(chat_id, {}).values())

    def last_ids(self) -> Iterator[tuple[int, int]]:
        """Every chat's id with the last message id it gave away."""
        return iter(self._last.items())
