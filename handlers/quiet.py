"""/quiet: between which hours nothing comes by itself."""

from contextlib import suppress

from handlers.hours import choice, clock_told, hours_told, in_pairs, not_understood, set_hours
from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.chat import Chat
from news.errors import BadHours, SameHours
from news.hours import Timetable
from news.hours_words import with_quiet

QUIET = "quiet"
# What a button says in place of a person, and what stands on it.
NIGHTS = {"22-7": "22:00–07:00", "23-8": "23:00–08:00"}
OFF = "off"


async def quiet(question: Question, services: Services) -> Answer:
    """Take the hours that were typed, if any, and tell how things stand."""
    chat, speech = question.chat, speech_for(question.chat)
    if question.text.strip():
        try:
            hours = with_quiet(chat.hours, question.text)
        except BadHours as error:
            return Answer(Message(_refusal(error, speech)))
        chat = await set_hours(chat, hours, services)
    return Answer(_told(chat, speech))


async def choose(question: Question, services: Services) -> Answer:
    """Take the hours of the button that was pressed."""
    chat = question.chat
    with suppress(BadHours):
        chat = await set_hours(chat, with_quiet(chat.hours, question.text), services)
    return Answer(_told(chat, speech_for(chat)), edit=True)


def _told(chat: Chat, speech: Speech) -> Message:
    return Message(_state(chat, speech), buttons=_buttons(chat.hours, speech))


def _state(chat: Chat, speech: Speech) -> Html:
    if chat.hours.quiet is None:
        return speech.say("News may come at any hour. For quiet nights: /quiet 22:00-7:00")
    since, until = (hours_told([hour], speech) for hour in chat.hours.quiet)
    state = speech.say(
        "From {since} until {until} it is quiet: news of these hours comes afterwards as a digest.",
        since=since,
        until=until,
    )
    if chat.hours.digest:
        state = speech.say(
            "From {since} until {until} it is quiet, but for your digests: they come at their hours.",
            since=since,
            until=until,
        )
    return Html(f"{state}\n{clock_told(chat, speech)}")


def _buttons(hours: Timetable, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    labels = NIGHTS | {OFF: speech.plainly("No quiet hours")}
    return in_pairs(
        [choice(label, f"{QUIET}:{words}", chosen=with_quiet(hours, words) == hours) for words, label in labels.items()]
    )


def _refusal(error: BadHours, speech: Speech) -> Html:
    if isinstance(error, SameHours):
        return speech.say("Quiet hours can't end as they begin. Send, say, /quiet 22:00-7:00")
    example = speech.say("From when until when? Send, say, /quiet 22:00-7:00, or /quiet off")
    return Html(f"{not_understood(error.word, speech)} {example}") if error.word else example
