"""/urgent: words whose news comes at once, whatever the hours of this chat."""

import asyncio
from dataclasses import replace

from handlers.message import Answer, Button, Message, Question
from handlers.services import Services
from handlers.speech import speech_for
from news.chat import Chat
from news.wishes import MAX_READ, MOST_WANTS, read_wish

URGENT = "urgent"
_OFF = "off"
# What is kept has a space more for each want.
LONGEST = MAX_READ - MOST_WANTS
# What may be typed in place of words.
OFF = frozenset([_OFF, "no", "вимкнути", "ні"])


async def urgent(question: Question, services: Services) -> Answer:
    """Take the words that were typed, if any, and tell how things stand."""
    typed = question.text.strip()
    if not typed:
        return Answer(_told(question.chat))
    if typed.casefold() in OFF:
        return Answer(_told(await _set(question.chat, "", services)))
    speech, wish = speech_for(question.chat), await asyncio.to_thread(read_wish, typed)
    if len(typed) > LONGEST:
        return Answer(Message(speech.say("The text is too long: at most {most} characters.", most=LONGEST)))
    if not wish.wanted:
        return Answer(Message(speech.say("Name at least one word: <code>/urgent shelling, missile, -drill</code>")))
    return Answer(_told(await _set(question.chat, wish.text, services)))


async def press(question: Question, services: Services) -> Answer:
    """Let no words be urgent any more, at the press of the button."""
    chat = await _set(question.chat, "", services) if question.text == _OFF else question.chat
    return Answer(_told(chat), edit=True)


async def _set(chat: Chat, words: str, services: Services) -> Chat:
    await services.chats.set_urgent(chat.id, words or None)
    return replace(chat, urgent=words)


def _told(chat: Chat) -> Message:
    speech = speech_for(chat)
    if not chat.urgent:
        return Message(
            speech.say(
                "Nothing is urgent here: in quiet hours and between digests all news waits. "
                "Name some words, and what has one of them comes at once: "
                "<code>/urgent shelling, missile Kyiv, -drill</code>\n\n"
                "<code>shelling</code> – the word, in any form\n"
                "<code>missile Kyiv</code> – both words\n"
                '<code>"air raid"</code> – in this order\n'
                "<code>title:shelling</code> – in the title\n"
                "<code>-drill</code> – nothing with this word"
            )
        )
    state = speech.say(
        "Urgent here: <b>{words}</b>\n\nSuch news comes at once, in quiet hours and between digests too. "
        "To change the words, send /urgent and all of them anew.",
        words=speech.quoted(chat.urgent),
    )
    return Message(state, buttons=((Button(speech.plainly("Switch off"), f"{URGENT}:{_OFF}"),),))
