"""/pause and /resume: silence for a while."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from handlers.hours import choice, in_pairs, not_understood
from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import Html, Speech, sentence, speech_for
from news.chat import Chat
from news.clock_words import is_off
from news.errors import BadHours, PastMoment
from news.hours import FOREVER
from news.pause_words import Pause, pause_in

PAUSE = "pause"
# What a button says in place of a person, and what stands on it.
LENGTHS = {
    "1h": sentence("For an hour"),
    "until morning": sentence("Until 8 in the morning"),
    "forever": sentence("Until I say so"),
}
OFF, KEEP, DROP = "off", "keep", "drop"


async def pause(question: Question, services: Services) -> Answer:
    """Begin the pause that was typed, if any, and tell how things stand."""
    speech = speech_for(question.chat)
    try:
        chat = await _take(question.text.strip(), question.chat, services)
    except BadHours as error:
        return Answer(Message(_refusal(error, speech)))
    return Answer(_told(chat, speech, services.now()))


async def choose(question: Question, services: Services) -> Answer:
    """Begin the pause of the button that was pressed, end it, or keep what comes meanwhile after all."""
    chat, now = question.chat, services.now()
    if question.text not in (KEEP, DROP):
        with suppress(BadHours):
            chat = await _take(question.text, chat, services)
    elif _is_paused(chat, now):
        chat = await _pause(chat, Pause(chat.paused_until, keep=question.text == KEEP), services)
    return Answer(_told(chat, speech_for(chat), now), edit=True)


async def resume(question: Question, services: Services) -> Answer:
    """End the pause."""
    speech = speech_for(question.chat)
    if not _is_paused(question.chat, services.now()):
        return Answer(Message(speech.say("There is no pause: news comes as usual.")))
    await _resume(question.chat, services)
    return Answer(Message(speech.say("The pause is over: news comes as usual.")))


async def _take(words: str, chat: Chat, services: Services) -> Chat:
    """The chat as these words want it; raises BadHours for others."""
    if not words:
        return chat
    if is_off(words):
        return await _resume(chat, services)
    return await _pause(chat, pause_in(words, now=services.now(), timezone=chat.timezone), services)


async def _pause(chat: Chat, wished: Pause, services: Services) -> Chat:
    endless = wished.until is None or wished.until >= FOREVER
    await services.chats.pause(chat.id, None if endless else wished.until, keep=wished.keep, now=services.now())
    return replace(chat, paused_until=FOREVER if endless else wished.until, pause_keeps=wished.keep)


async def _resume(chat: Chat, services: Services) -> Chat:
    if _is_paused(chat, services.now()):
        await services.chats.resume(chat.id, now=services.now())
        services.wake_courier()
    return replace(chat, paused_until=None)


def _is_paused(chat: Chat, now: datetime) -> bool:
    return chat.paused_until is not None and chat.paused_until > now


# --- In words ---


def _told(chat: Chat, speech: Speech, now: datetime) -> Message:
    if chat.paused_until is None or not _is_paused(chat, now):
        buttons = in_pairs([choice(speech.plainly(label), f"{PAUSE}:{words}") for words, label in LENGTHS.items()])
        return Message(speech.say("News comes as usual. For how long should I be silent?"), buttons=buttons)
    if chat.paused_until >= FOREVER:
        state = speech.say("I am silent until you send /resume.")
    else:
        when = speech.moment(chat.paused_until, now=now)
        state = speech.say("I am silent until {when}; /resume ends it earlier.", when=when)
    meanwhile = sentence("News of this time is not sent.")
    if chat.pause_keeps:
        meanwhile = sentence("News of this time comes afterwards as a digest.")
    return Message(Html(f"{state} {speech.say(meanwhile)}"), buttons=((_other_way(chat, speech), _end(speech)),))


def _other_way(chat: Chat, speech: Speech) -> Button:
    if chat.pause_keeps:
        return choice(speech.plainly("Don't send it"), f"{PAUSE}:{DROP}")
    return choice(speech.plainly("Digest afterwards"), f"{PAUSE}:{KEEP}")


def _end(speech: Speech) -> Button:
    return choice(speech.plainly("End the pause"), f"{PAUSE}:{OFF}")


def _refusal(error: BadHours, speech: Speech) -> Html:
    if isinstance(error, PastMoment):
        return speech.say("That is over already. Send, say, /pause 2h or /pause until 8:00")
    example = speech.say("For how long? Send, say, /pause 2h or /pause until 8:00")
    return Html(f"{not_understood(error.word, speech)} {example}") if error.word else example
