"""What is set for a channel from the private chat: `/digest @channel 9:00`, and the buttons of such an answer.

A command is answered as it would be in the channel, but here; each button of the answer carries the channel, and is
heard only from whoever may post there.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.managed import NAME, Managed, managed, managed_by_id, parted
from handlers.measure import fits
from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.services import Services
from handlers.settings_page import SETTINGS
from handlers.speech import Html, speech_for
from news.chat import Chat

Handler = Callable[[Question, Services], Awaitable[Answer]]

ABOUT = "about"
_COMMANDS = frozenset(["summary", "reports", "digest", "quiet", "timezone", "pause", "resume"])
_OF_SOURCES = frozenset(["settings", "filter"])


def is_about_channel(command: str, text: str) -> bool:
    """Whether a command is about the channel that it names first. With some that may be a source's name, unless a
    number stands behind it."""
    first, rest = parted(text)
    if not NAME.fullmatch(first):
        return False
    is_numbered = number_of(rest.partition(" ")[0]) is not None
    return command in _COMMANDS or (command in _OF_SOURCES and is_numbered)


def about_channel(answer: Handler) -> Handler:
    """Who answers a command about the channel that it names first."""

    async def answered(question: Question, services: Services) -> Answer:
        name, rest = parted(question.text)
        return await _as_there(answer, await managed(name, question, services), rest, question, services)

    return answered


def press_about(buttons: Mapping[str, Handler]) -> Handler:
    """Who answers a press of one of these buttons that carries a channel."""

    async def pressed(question: Question, services: Services) -> Answer:
        number, _, press = question.text.partition(":")
        name, _, rest = press.partition(":")
        chat_id, answer, is_private = number_of(number), buttons.get(name), question.chat.kind == "private"
        found = await managed_by_id(chat_id, question, services) if chat_id and answer and is_private else None
        # Nothing of a channel is told to whoever may not post there.
        if not isinstance(found, Managed) or answer is None:
            return Answer(toast=speech_for(question.chat).plainly("This button no longer works."))
        return await _as_there(answer, found, rest, question, services)

    return pressed


def settings_button(channel: Chat, label: str, feed_id: int | None = None) -> Button:
    """The button that opens the settings of a channel, or of its subscription to a feed."""
    return Button(label, f"{ABOUT}:{channel.id}:{SETTINGS}:{feed_id or ''}")


async def _as_there(
    answer: Handler, found: Managed | Html, text: str, question: Question, services: Services
) -> Answer:
    if not isinstance(found, Managed):
        return Answer(Message(found))
    # The clock is the channel's; and a message replied to here is none of there.
    there = replace(found.chat, timezone=found.chat.hours.timezone)
    asked = replace(question, chat=there, text=text, heard=replace(question.heard, replied_to=None))
    given = await answer(asked, services)
    message = _carrying(given.message, found) if given.message else None
    return replace(given, message=message, menu=False, chat=None)


def _carrying(message: Message, found: Managed) -> Message:
    """The message, of a channel, with buttons that carry it."""
    head = speech_for(found.chat).say(
        "The channel <b>{title}</b>. In commands for it its name stands first: <code>/settings {channel} 1</code>",
        title=found.chat.title,
        channel=found.handle,
    )
    html = f"{head}\n\n{message.html}"
    rows = tuple(
        tuple(button._replace(press=f"{ABOUT}:{found.chat.id}:{button.press}") for button in row)
        for row in message.buttons
    )
    return replace(message, html=html if fits(html) else message.html, buttons=rows)
