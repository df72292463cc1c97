"""Where somebody is, sent in private: which time zone that may be."""

import asyncio
from dataclasses import replace

from handlers.hours import choice, in_pairs
from handlers.message import SILENCE, Answer, Message, Question
from handlers.services import Services
from handlers.speech import speech_for
from handlers.timezone import TIMEZONE
from news.nearest_zones import zones_near
from news.timezones import place_of


async def located(question: Question, services: Services) -> Answer:
    """Propose the zones of the nearest places; whose button is pressed is taken. Where it was is not kept."""
    chat, where, now = question.chat, question.heard.location, services.now()
    if chat.kind != "private" or where is None:
        return SILENCE
    # Where zones are is read from a file the first time.
    zones = await asyncio.to_thread(zones_near, *where, now)
    clocks = {zone: speech_for(replace(chat, timezone=zone)).clock(now) for zone in zones}
    buttons = [
        choice(f"{place_of(zone, chat.language)}, {clock}", f"{TIMEZONE}:{zone}", chosen=zone == chat.timezone)
        for zone, clock in clocks.items()
    ]
    told = speech_for(chat).say("Which clock is yours? Where you are is not kept.")
    return Answer(Message(told, buttons=in_pairs(buttons)))
