"""What is said to a chat and what was heard from it: frozen records, no Telegram in them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from news.chat import Address, Chat


class Button(NamedTuple):
    """A button under a message: `press` is what comes back when it is pressed (1–64 bytes); with an `url` that is
    opened instead."""

    label: str
    press: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: its name and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `html` in Telegram's HTML, `preview` the one link shown large (none: no preview).

    `picture` is the address of a picture that the text is to be the caption of, if there can be one; of a `document`
    it is the caption in any case, at most 1024 units. `silent`: it comes without a sound. `reply_to` is the message it
    answers, for all to see; one that is gone by then is done without. `pick_channel` labels a button, in place of
    the letters to type with, by which a person chooses a channel of theirs; only where there are no other buttons.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str | None = None
    picture: str | None = None
    silent: bool = False
    document: Attachment | None = None
    reply_to: int | None = None
    pick_channel: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question is answered with.

    `edit`: `message` takes the place of the message whose button was pressed. `toast` is a plain line shown
    over the chat for a moment, for presses only. `buttons` take the place of those under the message whose button was
    pressed, which else stays. An answer without any of these is silence. `menu`: the chat's command menu is set as
    well, in the language of the `chat`, where that was changed.
    """

    message: Message | None = None
    edit: bool = False
    toast: str = ""
    menu: bool = False
    chat: Chat | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


SILENCE = Answer()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as the messenger names it; `size` in bytes, 0 where it doesn't say."""

    file_id: str
    name: str
    size: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, read: a command, words or a file from a person, a pressed button, or a change of membership.

    `as_the_chat`: written in the name of the chat itself, as its admins alone can. `arrived` in a group, or `lost` a
    chat: of ourselves. `rights_changed`: somebody became an admin there, or is none any more.
    `link` is the first link in its words; `addressed`: the command names this bot.
    `forwarded_from` is the name of the channel whose post a person forwarded in private; empty for one without. Of two
    updates the later one has the higher `update_id`. Where an answer was interrupted, `draft` is the message that shows
    how far it is, and `meant` the id of what it takes away; `received_at` is when the update came.

    `title` is the group's or channel's, `topic_title` what the topic was called at first, or is called now where it was
    `topic_renamed`. Of ourselves: just `let_in` by `user_id`, `may_write` there, or may not (`silenced`). `location` is
    north and east, in degrees, `picked_chat` the one that was chosen by the button for it. `offered`: a button with
    this press stands under its message now, for all that is told; what nobody was offered changes no message of others.
    """

    address: Address
    kind: str
    user_id: int
    language: str | None = None
    command: str = ""
    text: str = ""
    message_id: int | None = None
    replied_to: int | None = None
    replied_press: str = ""
    document: Document | None = None
    replied_document: Document | None = None
    forwarded_from: str | None = None
    press: str = ""
    press_id: str = ""
    offered: bool = True
    link: str = ""
    addressed: bool = False
    as_the_chat: bool = False
    arrived: bool = False
    lost: bool = False
    rights_changed: bool = False
    migrated_from: int | None = None
    update_id: int = 0
    received_at: datetime | None = None
    draft: int | None = None
    meant: int | None = None
    title: str = ""
    topic_title: str = ""
    topic_renamed: bool = False
    let_in: bool = False
    may_write: bool = False
    silenced: bool = False
    location: tuple[float, float] | None = None
    picked_chat: int | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """A press under a message that somebody sent through us elsewhere: we see no chat, and offer no buttons there."""

    press_id: str
    address: Address
    language: str | None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Words typed after the bot's name in whatever chat; `address` is where the asker's private chat would be,
    `offset` the page they have come to (empty at first)."""

    id: str
    address: Address
    language: str | None
    words: str
    offset: str


@dataclass(frozen=True, slots=True)
class Card:
    """One article among inline results, in plain text, and the `message` it becomes when it is chosen."""

    id: str
    title: str
    description: str
    link: str | None
    picture: str | None
    message: Message


@dataclass(frozen=True, slots=True)
class Cards:
    """What an inquiry is answered with; `way_in` labels a button that opens the private chat with the bot."""

    cards: tuple[Card, ...] = ()
    next_offset: str = ""
    way_in: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something heard that wants an answer, with the chat it came from; `text` is what follows the command or
    the button's name. `progress` shows how far the answer is; the answer takes that message's place."""

    chat: Chat
    heard: Heard
    text: str
    progress: Callable[[Message], Awaitable[None]]
