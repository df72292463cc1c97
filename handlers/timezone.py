"""/timezone: whose clock is meant by hours, and tells the time of news."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from handlers.hours import choice, in_pairs
from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.chat import Chat
from news.text import shortened
from news.timezones import is_fixed, place_of, zones_called

TIMEZONE = "zone"
USUAL = ("Europe/Kyiv", "Europe/Warsaw", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles")
_MOST_OF_A_NAME = 60


async def timezone(question: Question, services: Services) -> Answer:
    """Take the zone that was named, if any, and tell how things stand; ask where several may be meant."""
    chat, speech = question.chat, speech_for(question.chat)
    if not question.text.strip():
        return Answer(_told(chat, services))
    # Names of zones are gathered from files the first time.
    found = await asyncio.to_thread(zones_called, question.text, services.now())
    if len(found) == 1:
        return Answer(_told(await _set(chat, found[0], services), services))
    if found:
        return Answer(Message(speech.say("Which one?"), buttons=_buttons(found, chat, services)))
    return Answer(Message(_not_found(question.text, speech)))


async def choose(question: Question, services: Services) -> Answer:
    """Take the zone of the button that was pressed."""
    found = await asyncio.to_thread(zones_called, question.text, services.now())
    chat = await _set(question.chat, found[0], services) if len(found) == 1 else question.chat
    return Answer(_told(chat, services), edit=True)


async def _set(chat: Chat, name: str, services: Services) -> Chat:
    if name != chat.timezone:
        await services.chats.set_timezone(chat.id, name, now=services.now())
        services.wake_courier()
    return replace(chat, timezone=name, hours=replace(chat.hours, timezone=name))


def _told(chat: Chat, services: Services) -> Message:
    speech = speech_for(chat)
    place, clock = place_of(chat.timezone, speech.language), speech.clock(services.now())
    state = speech.say("Your time zone: {place}, where it is {clock} now.", place=place, clock=clock)
    if is_fixed(chat.timezone):
        hint = speech.say("Its clock is never changed for summer; if yours is, name a city.")
    else:
        hint = speech.say("For another one send a large city, a country or hours from UTC: /timezone Warsaw")
    return Message(Html(f"{state}\n{hint}"), buttons=_buttons(USUAL, chat, services))


def _buttons(zones: Iterable[str], chat: Chat, services: Services) -> tuple[tuple[Button, ...], ...]:
    """The zones with what their clocks show."""
    now = services.now()
    there = {zone: speech_for(replace(chat, timezone=zone)) for zone in zones}
    return in_pairs(
        [
            choice(
                f"{place_of(zone, speech.language)}, {speech.clock(now)}",
                f"{TIMEZONE}:{zone}",
                chosen=zone == chat.timezone,
            )
            for zone, speech in there.items()
        ]
    )


def _not_found(text: str, speech: Speech) -> Html:
    name = shortened(text.strip(), _MOST_OF_A_NAME)
    return speech.say(
        "I know no place “{name}”. Send a large city, a country or hours from UTC: /timezone Warsaw, /timezone +2",
        name=name,
    )
