"""/start: what this is, and what to do next; with what a link carried, the source that it leads to."""

from dataclasses import replace

from handlers.channels import channels
from handlers.in_private import GREETED, TO_CHANNELS, TO_SAVED
from handlers.lang import name_of, speaking
from handlers.message import Answer, Button, Message, Question
from handlers.popular import POPULAR
from handlers.preview import propose_feed
from handlers.saved import saved
from handlers.sender import WAY_IN
from handlers.services import Services
from handlers.share import mark_in
from handlers.speech import LANGUAGES, Speech, speech_for
from news.chat import Chat

ADD, SPEAK = "add", "speak"
_WAYS = {TO_SAVED: saved, TO_CHANNELS: channels}


async def start(question: Question, services: Services) -> Answer:
    """Greet in two sentences with what to press; a link's source is shown, and not followed before somebody presses."""
    payload = question.text.strip()
    if not payload or payload in (WAY_IN, GREETED):
        return Answer(_greeting(question.chat), menu=True)
    if payload in _WAYS and question.chat.kind == "private":
        return replace(await _WAYS[payload](replace(question, text=""), services), menu=True)
    mark = mark_in(payload)
    feed = await services.desk.feeds.shared(mark) if mark is not None else None
    if feed is None:
        told = speech_for(question.chat).say("This link leads to no source. Send the address of a site to follow it.")
        return Answer(Message(told), menu=True)
    return Answer(await propose_feed(feed, question, services), menu=True)


async def speak(question: Question, services: Services) -> Answer:
    """Greet in the language whose button was pressed, from now on the chat's."""
    chat = await speaking(question.chat, question.text, services)
    return Answer(_greeting(chat), edit=True, menu=True, chat=chat)


async def add(question: Question, services: Services) -> Answer:
    """Ask for an address."""
    speech = speech_for(question.chat)
    if question.chat.kind != "private":
        return Answer(Message(speech.say("Which source? Send /sub and its address: /sub example.com")))
    return Answer(
        Message(
            speech.say(
                "Send the address of a site, a feed or a public channel, such as example.com or @name. "
                "A forwarded post will do, too."
            )
        )
    )


def _greeting(chat: Chat) -> Message:
    speech = speech_for(chat)
    told = (
        speech.say("Visnyk follows the news and sends it here. Send the address of a site – or choose below.")
        if chat.kind == "private"
        else speech.say("Visnyk follows the news and sends it here. Send /sub and an address – or choose below.")
    )
    return Message(told, buttons=_doors(speech))


def _doors(speech: Speech) -> tuple[tuple[Button, ...], ...]:
    """What may be done first."""
    return (
        (Button(speech.plainly("➕ Add a source"), ADD),),
        (Button(speech.plainly("🔥 Popular here"), POPULAR),),
        tuple(Button(f"🌐 {name_of(code)}", f"{SPEAK}:{code}") for code in LANGUAGES if code != speech.language),
    )
