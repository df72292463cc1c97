"""What is said to a chat and what was heard from it: frozen records, no Telegram in them."""

from dataclasses import dataclass
from typing import NamedTuple

from news.chat import Address, Chat


class Button(NamedTuple):
    """A button under a message: `press` is what comes back when it is pressed (1–64 bytes)."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `html` in Telegram's HTML, `preview` the one link shown large (none: no preview)."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question is answered with.

    `edit`: `message` takes the place of the message whose button was pressed. `toast` is a plain line shown
    over the chat for a moment, for presses only. An answer without both is silence. `menu`: the chat's command
    menu is set as well.
    """

    message: Message | None = None
    edit: bool = False
    toast: str = ""
    menu: bool = False


SILENCE = Answer()


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, read: a command or words from a person, a pressed button, or a change of membership."""

    address: Address
    kind: str
    user_id: int
    language: str | None = None
    command: str = ""
    text: str = ""
    message_id: int | None = None
    replied_to: int | None = None
    replied_press: str = ""
    press: str = ""
    press_id: str = ""
    lost: bool = False
    migrated_from: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something heard that wants an answer, with the chat it came from; `text` is what follows the command or
    the button's name."""

    chat: Chat
    heard: Heard
    text: str
