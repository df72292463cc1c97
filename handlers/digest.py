"""/digest: at which hours of which days what is new comes together."""

from contextlib import suppress

from handlers.hours import choice, clock_told, days_told, hours_told, in_pairs, not_understood, set_hours
from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, sentence, speech_for
from news.chat import Chat
from news.errors import BadHours, TooManyHours
from news.hours import EVERY_DAY, Timetable, opening
from news.hours_words import with_digest

DIGEST = "digest"
# What a button says in place of a person, and what stands on it.
HOURS = {"8:00": "08:00", "20:00": "20:00", "8:00 20:00": "08:00, 20:00"}
DAYS = {"daily": sentence("Every day"), "weekdays": sentence("Weekdays")}
OFF = "off"
WEEKDAYS, WEEKENDS = frozenset(range(5)), frozenset([5, 6])
STATES = {
    EVERY_DAY: sentence("News comes as a digest, every day at {hours}."),
    WEEKDAYS: sentence("News comes as a digest, on weekdays at {hours}."),
    WEEKENDS: sentence("News comes as a digest, on weekends at {hours}."),
}


async def digest(question: Question, services: Services) -> Answer:
    """Take the hours and days that were typed, if any, and tell how things stand."""
    chat, speech = question.chat, speech_for(question.chat)
    if question.text.strip():
        try:
            hours = with_digest(chat.hours, question.text)
        except BadHours as error:
            return Answer(Message(_refusal(error, speech)))
        chat = await set_hours(chat, hours, services)
    return Answer(_told(chat, speech, services))


async def choose(question: Question, services: Services) -> Answer:
    """Take the hours or days of the button that was pressed."""
    chat = question.chat
    # Days say nothing where the digest was called off meanwhile.
    with suppress(BadHours):
        chat = await set_hours(chat, with_digest(chat.hours, question.text), services)
    return Answer(_told(chat, speech_for(chat), services), edit=True)


def _told(chat: Chat, speech: Speech, services: Services) -> Message:
    return Message(_state(chat, speech, services), buttons=_buttons(chat.hours, speech))


def _state(chat: Chat, speech: Speech, services: Services) -> Html:
    hours, now = chat.hours, services.now()
    comes = opening(hours, now)
    if not hours.digest or comes is None:
        return speech.say("News comes at once. To gather it, send hours: /digest 9:00 18:30 weekdays")
    other = sentence("News comes as a digest, at {hours} ({days}).")
    told, days = hours_told(hours.digest, speech), days_told(hours.days, speech)
    state = speech.say(STATES.get(hours.days, other), hours=told, days=days)
    then = speech.say("The next one: {when}.", when=speech.moment(comes, now=now))
    return Html(f"{state} {then}\n{clock_told(chat, speech)}")


def _buttons(hours: Timetable, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    labels = HOURS | {OFF: speech.plainly("At once")}
    if hours.digest:
        labels |= {words: speech.plainly(label) for words, label in DAYS.items()}
    return in_pairs(
        [
            choice(label, f"{DIGEST}:{words}", chosen=with_digest(hours, words) == hours)
            for words, label in labels.items()
        ]
    )


def _refusal(error: BadHours, speech: Speech) -> Html:
    if isinstance(error, TooManyHours):
        return speech.say("At most six digests a day. Send, say, /digest 9:00 18:30")
    example = speech.say("Send hours, and days if you like: /digest 9:00 18:30 weekdays")
    return Html(f"{not_understood(error.word, speech)} {example}") if error.word else example
