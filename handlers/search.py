"""/search: find articles by words in any form."""

import asyncio
from dataclasses import dataclass, replace

from handlers.message import Answer, Button, Message, Question
from handlers.number import number_of
from handlers.render import pager, results
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.misspelling import suggest
from news.query import Query, parse_query
from news.search import PER_PAGE, Page, find
from news.snippet import snippet

SEARCH = "find"
_NEWEST, _BEST, _MINE = "n", "b", "m"


@dataclass(frozen=True, slots=True)
class _View:
    """How the results are looked at: by what order (None: as the query says), and of which feeds."""

    newest: bool | None = None
    mine: bool = False
    page: int = 0

    @classmethod
    def of(cls, page: str, flags: str) -> "_View | None":
        """As a button carries it; None where it makes no sense."""
        number = number_of(page)
        newest = True if _NEWEST in flags else False if _BEST in flags else None
        return None if number is None else cls(newest, _MINE in flags, number)

    def press(self, note: int) -> str:
        """What a button carries that leads here."""
        return f"{SEARCH}:{note}:{self.page}:{self.flags}"

    @property
    def flags(self) -> str:
        order = "" if self.newest is None else _NEWEST if self.newest else _BEST
        return order + (_MINE if self.mine else "")


async def search(question: Question, services: Services) -> Answer:
    """The first page of what is found."""
    query = await _read(question.text, question, services)
    if query.is_empty:
        return Answer(Message(_hint(speech_for(question.chat))))
    return Answer(await _answer(query, _View(), question, services))


async def leaf(question: Question, services: Services) -> Answer:
    """Another page, order or choice of feeds, in place of the message whose button was pressed."""
    note, page, flags = (*question.text.split(":"), "", "")[:3]
    number, view = number_of(note), _View.of(page, flags)
    text = await services.articles.recall(question.chat.id, number) if number else None
    if text is None or view is None:
        return Answer(toast=speech_for(question.chat).plainly("This search is too old. Search again."))
    query = await _read(text, question, services)
    return Answer(await _answer(query, view, question, services), edit=True)


async def _read(text: str, question: Question, services: Services) -> Query:
    """In a thread: a language that is named may have to be loaded first."""
    zone = speech_for(question.chat).zone
    return await asyncio.to_thread(parse_query, text, now=services.now(), zone=zone)


async def _answer(query: Query, view: _View, question: Question, services: Services) -> Message:
    if view.newest is not None:
        query = replace(query, newest=view.newest)
    page = await find(
        services.articles, query, viewer=question.chat.id, page=view.page, now=services.now(), mine=view.mine
    )
    if not page.total and not view.mine:
        return await _nothing(query, question, services)
    note = await services.articles.remember(question.chat.id, query.asked, now=services.now())
    speech = speech_for(question.chat)
    rows = await _rows(page, query, speech, services)
    return Message(f"{_head(page, query, speech)}\n\n{rows}", buttons=_buttons(page, query, view, note, speech))


def _head(page: Page, query: Query, speech: Speech) -> Html:
    count = speech.count(
        "🔎 <b>{query}</b> · {number} article",
        "🔎 <b>{query}</b> · {number} articles",
        page.total,
        query=query.text,
    )
    if page.total < 2:
        return count
    order = speech.say("newest first") if query.newest else speech.say("best first")
    return Html(f"{count}, {order}")


async def _rows(page: Page, query: Query, speech: Speech, services: Services) -> Html:
    if not page.total:
        return speech.say("Nothing in your own sources. The button below searches all of them.")
    told = [await asyncio.to_thread(snippet, article, query.wants) for article in page.articles]
    first = page.number * PER_PAGE + 1
    return results(page.articles, page.others, told, speech, now=services.now(), first=first)


def _buttons(page: Page, query: Query, view: _View, note: int, speech: Speech) -> tuple[tuple[Button, ...], ...]:
    leaves = pager(f"{SEARCH}:{note}", page.number, page.pages, behind=f":{view.flags}")
    first = replace(view, page=0)
    order = speech.plainly("Best") if query.newest else speech.plainly("Newest")
    scope = speech.plainly("All sources") if view.mine else speech.plainly("My sources")
    turned = Button(order, replace(first, newest=not query.newest).press(note))
    changed = Button(scope, replace(first, mine=not view.mine).press(note))
    return (*leaves, (turned, changed) if page.total > 1 else (changed,))


async def _nothing(query: Query, question: Question, services: Services) -> Message:
    speech = speech_for(question.chat)
    meant = await suggest(services.articles, query, viewer=question.chat.id, now=services.now())
    if meant is None:
        return Message(_nothing_yet(query, speech))
    note = await services.articles.remember(question.chat.id, meant, now=services.now())
    asked = speech.say("Nothing in the news for “{query}”. Did you mean this?", query=query.text)
    return Message(asked, buttons=((Button(f"🔎 {meant}"[:60], _View().press(note)),),))


def _nothing_yet(query: Query, speech: Speech) -> Html:
    """A watch knows words alone."""
    if query.sources or query.languages or query.since or query.until or query.newest or not query.wants:
        return speech.say("Nothing in the news for “{query}”. Try another word, or fewer words.", query=query.text)
    return speech.say(
        "Nothing in the news for “{query}”. Try another word, or watch for it: <code>/watch {query}</code>",
        query=query.text,
    )


def _hint(speech: Speech) -> Html:
    return speech.say(
        "What should I look for? Send /search and some words, in any form: <code>/search budget</code>\n\n"
        "<code>budget 2027</code> – all of these words\n"
        '<code>"prime minister"</code> – in this order\n'
        "<code>budget -sport</code> – without a word\n"
        "<code>title:budget</code> – in the title\n"
        "<code>source:bbc</code>, <code>lang:uk</code> – from one source, in one language\n"
        "<code>since:3d</code>, <code>since:2026-11-01 until:2026-11-15</code> – by date\n"
        "<code>sort:new</code> – newest first"
    )
