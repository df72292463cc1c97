"""The channel that somebody manages from their private chat, or the sentence that says why not.

Whoever asks must be an administrator there who may post, and so must the bot: Telegram is asked each time (and its word
kept for a short while, see `handlers.administrators`).
"""

import re
from dataclasses import dataclass, replace

from handlers.hear import PLATFORM
from handlers.message import Question
from handlers.services import Services
from handlers.speech import Html, speech_for
from handlers.spot import Spot
from news.chat import Chat

# How a person names a channel before what a command is to do there.
NAME = re.compile(r"@[a-z][a-z0-9_]{3,31}|-100\d{1,13}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Managed:
    """A channel: its chat with the language and zone of whoever manages it, and how they name it in a command."""

    chat: Chat
    handle: str


def parted(text: str) -> tuple[str, str]:
    """The first word of a text, and what follows."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, rest[0].strip() if rest else ""


async def managed(name: str | int, question: Question, services: Services) -> Managed | Html:
    """The channel of this name (@name) or number, as ours; else why it can't be managed."""
    speech, administrators = speech_for(question.chat), services.administrators
    spot = await services.find_spot(name)
    if spot is None:
        return speech.say(
            "I find no channel {name}. Check its name, and let me in there as an administrator.", name=name
        )
    # What a closed channel is called is nothing for whoever guesses its number.
    shown = spot.title if spot.handle.startswith("@") else spot.handle
    if spot.kind != "channel":
        return speech.say("<b>{title}</b> is no channel. In a group, send the command there.", title=shown)
    if not await administrators.may_we_post(spot.address.chat_id):
        return speech.say(
            "I may not post in <b>{title}</b>. Make me an administrator there who may, and send this again.",
            title=shown,
        )
    if not await administrators.may_post(spot.address.chat_id, question.heard.user_id):
        return speech.say("Only administrators of <b>{title}</b> who may post there can do this.", title=shown)
    return Managed(await _meet(spot, question.chat, services), spot.handle)


async def _meet(spot: Spot, private: Chat, services: Services) -> Chat:
    chats = services.chats
    chat = await chats.meet(
        spot.address, kind=spot.kind, language=private.language, timezone=private.timezone, now=services.now()
    )
    if chat.title != spot.title:
        await chats.call(chat.id, spot.title, "")
    if chat.silenced:
        await chats.may_write(chat.address)
    return replace(chat, title=spot.title, language=private.language, timezone=private.timezone)


async def managed_by_id(chat_id: int, question: Question, services: Services) -> Managed | Html | None:
    """The same of the channel with this id of ours; None where there is none any more, or one that is not theirs:
    whoever guesses ids learns nothing of what is there."""
    channel = await services.chats.channel(chat_id)
    if channel is None or channel.address.platform != PLATFORM:
        return None
    if not await services.administrators.may_post(channel.address.chat_id, question.heard.user_id):
        return None
    return await managed(channel.address.chat_id, question, services)
