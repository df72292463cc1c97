"""/lang: the language of this chat."""

from dataclasses import replace
from functools import cache

from babel import Locale

from handlers.hours import choice, in_pairs
from handlers.message import Answer, Message, Question
from handlers.services import Services
from handlers.speech import LANGUAGES, speech_for
from news.chat import Chat

LANGUAGE = "lang"


async def lang(question: Question, services: Services) -> Answer:
    """Take the language that was typed, if it is one of ours, and tell how things stand."""
    code = _typed().get(question.text.strip().casefold())
    return _answer(question.chat) if code is None else await _set(question.chat, code, services)


async def choose(question: Question, services: Services) -> Answer:
    """Take the language of the button that was pressed; one without a language asks in a message of its own."""
    if not question.text:
        return _answer(question.chat)
    known = question.text in LANGUAGES
    answer = await _set(question.chat, question.text, services) if known else _answer(question.chat)
    return replace(answer, edit=True)


async def speaking(chat: Chat, code: str, services: Services) -> Chat:
    """The chat that from now on is spoken to in this language, as it was if that is none of ours."""
    if code not in LANGUAGES or code == chat.language:
        return chat
    await services.chats.set_language(chat.id, code)
    return replace(chat, language=code)


async def _set(chat: Chat, code: str, services: Services) -> Answer:
    changed = await speaking(chat, code, services)
    return replace(_answer(changed), menu=True, chat=changed)


def _answer(chat: Chat) -> Answer:
    state = speech_for(chat).say("The language here: {name}.", name=name_of(chat.language))
    buttons = [choice(name_of(code), f"{LANGUAGE}:{code}", chosen=code == chat.language) for code in LANGUAGES]
    return Answer(Message(state, buttons=in_pairs(buttons)))


def name_of(code: str, language: str | None = None) -> str:
    """What a language is called in another, or in itself."""
    name = Locale(code).get_display_name(language or code) or code
    return name[0].upper() + name[1:]


@cache
def _typed() -> dict[str, str]:
    """What may be typed for a language: its code, and what it is called in any of ours."""
    names = {name_of(code, language).casefold(): code for code in LANGUAGES for language in LANGUAGES}
    return names | {code: code for code in LANGUAGES}
