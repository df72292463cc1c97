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
        return Answer(_asked(found, chat, services))
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
        hint = speech.say(
            "For another one send a large city, a country or hours from UTC: <code>/timezone Warsaw</code>."
        )
    if chat.kind == "private":
        by_place = speech.say("Your location will do, too: where you are is not kept.")
        hint = Html(f"{hint} {by_place}")
    usual = [_button(zone, chat, place_of(zone, speech.language)) for zone in USUAL]
    return Message(Html(f"{state}\n{hint}"), buttons=in_pairs(usual))


def _asked(zones: Iterable[str], chat: Chat, services: Services) -> Message:
    """Which of these is meant: what their clocks show now tells them apart."""
    now, language = services.now(), chat.language
    clocks = {zone: speech_for(replace(chat, timezone=zone)).clock(now) for zone in zones}
    buttons = [_button(zone, chat, f"{place_of(zone, language)}, {clock}") for zone, clock in clocks.items()]
    return Message(speech_for(chat).say("Which one?"), buttons=in_pairs(buttons))


def _button(zone: str, chat: Chat, label: str) -> Button:
    return choice(label, f"{TIMEZONE}:{zone}", chosen=zone == chat.timezone)


def _not_found(text: str, speech: Speech) -> Html:
    name = shortened(text.strip(), _MOST_OF_A_NAME)
    return speech.say(
        "I know no place “{name}”. Send a large city, a country or hours from UTC: /timezone Warsaw, /timezone +2",
        name=name,
    )
