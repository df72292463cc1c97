"""/filter: what of a source is wanted here, tried on what it published last."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handlers.dry_run import dry_run
from handlers.followed import name_of, not_followed
from handlers.measure import first_fitting
from handlers.message import Answer, Button, Message, Question
from handlers.named import feed_named
from handlers.number import number_of
from handlers.related import replied_to
from handlers.render import pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from handlers.urgent import LONGEST, OFF
from news.chat import Subscription
from news.feed import Feed
from news.wishes import read_wish

FILTER, FILTERS = "filter", "filters"
_OFF = "off"
# Of twenty headlines, each as long as there is room for.
LONGEST_HEADLINES = (100, 50, 20)
# So many filters of the longest words and titles fit into one message.
PER_PAGE = 6


@dataclass(frozen=True, slots=True)
class _Aimed:
    """A feed that the chat follows, what it is called there, its number in /list, and the words that were typed."""

    feed: Feed
    name: str
    number: int
    words: str


async def filter_(question: Question, services: Services) -> Answer:
    """Take the words for the source that was named, if there are any, and tell how things stand."""
    followed, speech = await services.chats.subscriptions(question.chat.id), speech_for(question.chat)
    article, typed = await replied_to(question, services), question.text.strip()
    if article is not None:
        aimed = _aimed(article.feed_id, followed, typed)
        return Answer(await _taken(aimed, question, services) if aimed else not_followed(article.outlet, speech))
    if not typed:
        return Answer(await _list(followed, 0, question, services))
    named, *words = typed.split(None, 1)
    feed = await feed_named(named, followed, services.desk)
    aimed = _aimed(feed.id, followed, "".join(words)) if feed else None
    return Answer(await _taken(aimed, question, services) if aimed else _unknown(named, speech))


async def press(question: Question, services: Services) -> Answer:
    """Show a source's filter, or remove it, as the button says."""
    number, _, wish = question.text.partition(":")
    followed = await services.chats.subscriptions(question.chat.id)
    aimed = _aimed(number_of(number) or 0, followed, _OFF if wish == _OFF else "")
    if aimed is None:
        return Answer(toast=speech_for(question.chat).plainly("You do not follow this source any more."))
    return Answer(await _taken(aimed, question, services), edit=wish == _OFF)


async def leaf(question: Question, services: Services) -> Answer:
    """Another page of the filters, in place of the one whose button was pressed."""
    followed = await services.chats.subscriptions(question.chat.id)
    return Answer(await _list(followed, number_of(question.text) or 0, question, services), edit=True)


def _aimed(feed_id: int, followed: Sequence[Subscription], words: str) -> _Aimed | None:
    found = ((number, one) for number, one in enumerate(followed, 1) if one.feed.id == feed_id)
    return next((_Aimed(one.feed, name_of(one), number, words) for number, one in found), None)


async def _taken(aimed: _Aimed, question: Question, services: Services) -> Message:
    """Set what was typed, and tell; without words only tell."""
    chat, speech = question.chat, speech_for(question.chat)
    if not aimed.words:
        words = (await services.chats.filters(chat.id)).get(aimed.feed.id, "")
        return await _told(aimed, words, speech, services)
    if aimed.words.casefold() in OFF:
        await services.chats.set_filter(chat.id, aimed.feed.id, None)
        return await _told(aimed, "", speech, services)
    if len(aimed.words) > LONGEST:
        return Message(speech.say("The text is too long: at most {most} characters.", most=LONGEST))
    wish = await asyncio.to_thread(read_wish, aimed.words)
    if not wish.wants:
        return Message(speech.say("Name at least one word: <code>/filter 2 elections, -football</code>"))
    await services.chats.set_filter(chat.id, aimed.feed.id, wish.text)
    return await _told(aimed, wish.text, speech, services)


async def _told(aimed: _Aimed, words: str, speech: Speech, services: Services) -> Message:
    name = aimed.name
    if not words:
        return Message(
            speech.say(
                "All of <b>{name}</b> comes here, unfiltered. To filter it: "
                "<code>/filter {number} elections, -football</code>",
                name=name,
                number=aimed.number,
            )
        )
    state = speech.say(
        "Of <b>{name}</b> comes what passes this filter: <b>{words}</b>", name=name, words=speech.quoted(words)
    )
    tried = await dry_run(aimed.feed.id, await asyncio.to_thread(read_wish, words), services)
    hint = speech.say("To change it, send /filter {number} and all the words anew.", number=aimed.number)
    button = Button(speech.plainly("Remove the filter"), f"{FILTER}:{aimed.feed.id}:{_OFF}")
    versions = (f"{state}\n\n{tried.told(speech, longest=longest)}\n\n{hint}" for longest in LONGEST_HEADLINES)
    return Message(first_fitting(versions), buttons=((button,),))


def _unknown(named: str, speech: Speech) -> Message:
    """What was named may be an address, or the first of the words."""
    if number_of(named) is not None or "." in named:
        return not_followed(named, speech)
    return Message(
        speech.say(
            "Of which source? Its number in /list goes before the words: <code>/filter 2 elections, -football</code>"
        )
    )


# --- All of them ---


async def _list(followed: Sequence[Subscription], number: int, question: Question, services: Services) -> Message:
    speech, words = speech_for(question.chat), await services.chats.filters(question.chat.id)
    rows = _rows(followed, {feed_id: speech.quoted(one) for feed_id, one in words.items()})
    if not rows:
        return Message(_hint(speech))
    pages = -(-len(rows) // PER_PAGE)
    number = min(number, pages - 1)
    head = speech.count("<b>{number} filter</b>", "<b>{number} filters</b>", len(rows))
    here = "\n".join(rows[number * PER_PAGE : (number + 1) * PER_PAGE])
    hint = speech.say("To see what one lets through, send /filter and its number.")
    return Message(f"{head}\n\n{here}\n\n{hint}", buttons=pager(FILTERS, number, pages))


def _rows(followed: Sequence[Subscription], words: Mapping[int, str]) -> list[str]:
    """The filtered ones, with their numbers in /list."""
    each = ((number, one) for number, one in enumerate(followed, 1) if one.feed.id in words)
    return [
        f"{number}. <b>{escape(name_of(one), quote=False)}</b>: {escape(words[one.feed.id], quote=False)}"
        for number, one in each
    ]


def _hint(speech: Speech) -> Html:
    return speech.say(
        "No source is filtered here: all of each comes. Send /filter, a source's number in /list, and words; then only "
        "what has one of them comes: <code>/filter 2 elections, missile Kyiv, -football</code>\n\n"
        "<code>elections</code> – the word, in any form\n"
        "<code>missile Kyiv</code> – both words\n"
        '<code>"prime minister"</code> – in this order\n'
        "<code>title:elections</code> – in the title\n"
        "<code>-football</code> – nothing with this word\n\n"
        "In reply to a message with news /filter needs no number."
    )
