"""/watch: words whose news comes from whatever source, past all filters; /watches and /unwatch end it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.once import found_once
from handlers.render import pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.urgent import LONGEST
from news.chat import Watch
from news.text import shortened
from news.wishes import read_wish

WATCH, WATCHES, UNWATCH = "watch", "watches", "unwatch"
MOST_WATCHES = 50
_ALL, _MINE, _END = "all", "mine", "end"
# So many rows of the longest words fit into one message, and their buttons into a row.
PER_PAGE = 7


async def watch(question: Question, services: Services) -> Answer:
    """Watch for the words that were typed; without any tell how, and what is watched for."""
    speech, typed = speech_for(question.chat), question.text.strip()
    if not typed:
        return Answer(await _page(0, question, services))
    if len(typed) > LONGEST:
        return Answer(Message(speech.say("The text is too long: at most {most} characters.", most=LONGEST)))
    wish = await asyncio.to_thread(read_wish, typed)
    if not wish.wanted:
        return Answer(Message(speech.say("Name at least one word: <code>/watch shelling, missile Kyiv, -drill</code>")))
    made = await services.chats.watch(question.chat.id, wish.text, now=services.now(), most=MOST_WATCHES)
    if made is None:
        full = speech.count(
            "{number} watch is as much as a chat has. End one first: /watches",
            "{number} watches are as many as a chat has. End one first: /watches",
            MOST_WATCHES,
        )
        return Answer(Message(full))
    return Answer(_told(made, speech))


async def press(question: Question, services: Services) -> Answer:
    """Watch all sources, or the chat's own, or end the watch, as the button says."""
    number, _, wish = question.text.partition(":")
    known = await services.chats.watches(question.chat.id)
    one = next((each for each in known if each.id == number_of(number)), None)
    speech = speech_for(question.chat)
    if one is None:
        return Answer(toast=speech.plainly("This is not watched for any more."))
    if wish == _END:
        await services.chats.unwatch(question.chat.id, one.id)
        return Answer(_ended(one, speech), edit=True)
    everywhere = wish == _ALL
    await services.chats.set_everywhere(question.chat.id, one.id, everywhere)
    return Answer(_told(replace(one, everywhere=everywhere), speech), edit=True)


async def watches(question: Question, services: Services) -> Answer:
    """The first page of what is watched for."""
    return Answer(await _page(0, question, services))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, in place of the one whose button was pressed."""
    return Answer(await _page(number_of(question.text) or 0, question, services), edit=True)


async def unwatch(question: Question, services: Services) -> Answer:
    """End the watch of this number or these words."""
    typed = question.text.strip()
    if not typed:
        return Answer(await _page(0, question, services))
    known = await services.chats.watches(question.chat.id)
    one, speech = await _meant(typed, known, question, services), speech_for(question.chat)
    if one is None and question.heard.meant is not None:
        return Answer(await _page(0, question, services))
    if one is None:
        text = shortened(" ".join(typed.split()), 60)
        return Answer(
            Message(speech.say("Nothing here watches for “{text}”. See /watches for the numbers.", text=text))
        )
    await services.chats.unwatch(question.chat.id, one.id)
    return Answer(_ended(one, speech))


async def end(question: Question, services: Services) -> Answer:
    """End a watch of the list, in which its button was pressed."""
    number, _, page = question.text.partition(":")
    watch_id = number_of(number)
    if watch_id is not None:
        await services.chats.unwatch(question.chat.id, watch_id)
    return Answer(await _page(number_of(page) or 0, question, services), edit=True)


async def _meant(typed: str, known: Sequence[Watch], question: Question, services: Services) -> Watch | None:
    async def find() -> int | None:
        one = await _named(typed, known)
        return one.id if one else None

    watch_id = await found_once(question, services, find)
    return next((one for one in known if one.id == watch_id), None)


async def _named(typed: str, known: Sequence[Watch]) -> Watch | None:
    number = number_of(typed) or 0
    if 0 < number <= len(known):
        return known[number - 1]
    words = (await asyncio.to_thread(read_wish, typed)).text
    return next((one for one in known if one.words == words), None)


def _told(one: Watch, speech: Speech) -> Message:
    if one.everywhere:
        state = speech.say(
            "Watched for here: <b>{words}</b>\n\nSuch news comes from all sources that the bot reads, whether you "
            "follow them or not, past all filters.",
            words=speech.quoted(one.words),
        )
    else:
        state = speech.say(
            "Watched for here: <b>{words}</b>\n\nSuch news from your sources comes past all their filters.",
            words=speech.quoted(one.words),
        )
    mine, everything = speech.plainly("My sources"), speech.plainly("All sources")
    scopes = (
        Button(mine if one.everywhere else f"✓ {mine}", f"{WATCH}:{one.id}:{_MINE}"),
        Button(f"✓ {everything}" if one.everywhere else everything, f"{WATCH}:{one.id}:{_ALL}"),
    )
    return Message(state, buttons=(scopes, (Button(speech.plainly("Stop watching"), f"{WATCH}:{one.id}:{_END}"),)))


def _ended(one: Watch, speech: Speech) -> Message:
    return Message(speech.say("No longer watched for: <b>{words}</b>", words=speech.quoted(one.words)))


# --- All of them ---


async def _page(number: int, question: Question, services: Services) -> Message:
    known, speech = await services.chats.watches(question.chat.id), speech_for(question.chat)
    if not known:
        return Message(_hint(speech))
    pages = -(-len(known) // PER_PAGE)
    number = min(number, pages - 1)
    head = speech.count("<b>{number} watch</b>", "<b>{number} watches</b>", len(known))
    first = number * PER_PAGE
    shown_here = list(enumerate(known[first : first + PER_PAGE], first + 1))
    rows = "\n".join(f"{place}. {_row(one, speech)}" for place, one in shown_here)
    hint = speech.say("A button below ends the watch of its number.")
    ends = tuple(Button(f"✕ {place}", f"{UNWATCH}:{one.id}:{number}") for place, one in shown_here)
    return Message(f"{head}\n\n{rows}\n\n{hint}", buttons=(ends, *pager(WATCHES, number, pages)))


def _row(one: Watch, speech: Speech) -> Html:
    words = Html(f"<b>{escape(speech.quoted(one.words), quote=False)}</b>")
    return speech.say("{words} – in all sources", words=words) if one.everywhere else words


def _hint(speech: Speech) -> Html:
    return speech.say(
        "Nothing is watched for here. Name some words, and news with them comes from all your sources, past their "
        "filters: <code>/watch shelling, missile Kyiv, -drill</code>\n\n"
        "<code>shelling</code> – the word, in any form\n"
        "<code>missile Kyiv</code> – both words\n"
        '<code>"air raid"</code> – in this order\n'
        "<code>title:shelling</code> – in the title\n"
        "<code>-drill</code> – nothing with this word"
    )
