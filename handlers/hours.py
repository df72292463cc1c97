"""Hours, days and choices of a timetable, as handlers of several commands put them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time

from babel.dates import format_time, get_day_names
from babel.lists import format_list

from handlers.message import Button
from handlers.services import Services
from handlers.speech import Html, Speech
from news.chat import Chat
from news.hours import Timetable
from news.text import shortened
from news.timezones import place_of

_MOST_OF_A_WORD = 40


def hours_told(hours: Iterable[time], speech: Speech) -> str:
    """«09:00 і 18:30»."""
    told = [format_time(hour, "HH:mm", locale=speech.language) for hour in hours]
    return format_list(told, locale=speech.language)


def days_told(days: Iterable[int], speech: Speech) -> str:
    """«пн, ср і пт»."""
    names = get_day_names("abbreviated", "format", locale=speech.language)
    return format_list([names[day] for day in sorted(days)], locale=speech.language)


def clock_told(chat: Chat, speech: Speech) -> Html:
    """Whose hours these are."""
    place = place_of(chat.timezone, speech.language)
    return speech.say("By the clock of {place}; /timezone changes it.", place=place)


def not_understood(word: str, speech: Speech) -> Html:
    """What is said of a word that says nothing here; an example is to follow."""
    return speech.say("I don't understand “{word}”.", word=shortened(word, _MOST_OF_A_WORD))


def choice(label: str, press: str, *, chosen: bool = False) -> Button:
    """A button for a usual choice."""
    return Button(f"{'✓ ' if chosen else ''}{label}", press)


def in_pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Rows of two, that no label is cut on a phone."""
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))


async def set_hours(chat: Chat, hours: Timetable, services: Services) -> Chat:
    """Give a chat other hours, and have sent what no longer waits."""
    if hours != chat.hours:
        await services.chats.set_hours(chat.id, hours, now=services.now())
        services.wake_courier()
    return replace(chat, hours=hours)
