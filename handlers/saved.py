"""/saved: what somebody saved, newest first; searched, taken out one by one, given out as a file of bookmarks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.in_private import TO_SAVED, in_private
from handlers.message import Answer, Attachment, Button, Message, Question
from handlers.number import number_of
from handlers.render import articles, pager
from handlers.services import Services
from handlers.speech import Html, Speech, speech_for
from news.article import Article, Saved
from news.bookmarks import Bookmark, write_bookmarks
from news.query import Query, parse_query

SAVED = "saved"
PER_PAGE = 5
_FILE, _NAME = "file", "saved.html"
# So many are given out, and read at once.
MOST_GIVEN_OUT, _AT_ONCE = 5_000, 100


@dataclass(frozen=True, slots=True)
class _View:
    """A page (counted from 0), of all or of what is found by the words of a note."""

    note: int | None = None
    page: int = 0

    @property
    def name(self) -> str:
        """What its buttons begin with."""
        return f"{SAVED}:{self.note or ''}"


async def saved(question: Question, services: Services) -> Answer:
    """The first page: of all that is saved, or of what has the words typed."""
    if question.chat.kind != "private":
        told = speech_for(question.chat).say("What you save is in your private chat. Send /saved there.")
        return in_private(told, question, services, TO_SAVED)
    query = await _read(question.text, question, services)
    if query.is_empty:
        return Answer(await _answer(None, _View(), question, services))
    note = await services.articles.remember(question.chat.id, query.asked, now=services.now())
    return Answer(await _answer(query, _View(note), question, services))


async def press(question: Question, services: Services) -> Answer:
    """Another page; without an article where the button names one; or the file."""
    if question.text == _FILE:
        return await _export(question, services)
    speech = speech_for(question.chat)
    note, page, out = (number_of(part) for part in (*question.text.split(":"), "", "")[:3])
    text = await services.articles.recall(question.chat.id, note) if note else ""
    if text is None:
        return Answer(toast=speech.plainly("This search is too old. Search again."))
    gone = await services.articles.unsave(question.chat.id, out) if out else False
    query = await _read(text, question, services) if text else None
    toast = speech.plainly("It is saved no longer.") if gone else ""
    return Answer(await _answer(query, _View(note, page or 0), question, services), edit=True, toast=toast)


async def _read(text: str, question: Question, services: Services) -> Query:
    """In a thread, as for a search."""
    return await asyncio.to_thread(parse_query, text, now=services.now(), zone=speech_for(question.chat).zone)


async def _answer(query: Query | None, view: _View, question: Question, services: Services) -> Message:
    speech, viewer = speech_for(question.chat), question.chat.id
    found = await services.articles.saved(viewer, query)
    if not found:
        return Message(_nothing(query, speech))
    pages = -(-len(found) // PER_PAGE)
    number = min(view.page, pages - 1)
    first = number * PER_PAGE
    shown = await services.articles.get([one.article_id for one in found[first : first + PER_PAGE]], viewer=viewer)
    rows = articles(shown, speech, now=services.now(), first=first + 1)
    hint = speech.say("The button with its number takes one out.")
    html = f"{_head(query, len(found), speech)}\n\n{rows}\n\n{hint}"
    leaves = pager(view.name, number, pages)
    return Message(html, buttons=(*leaves, _outs(shown, view, number, first), _give_out(speech)))


def _head(query: Query | None, number: int, speech: Speech) -> Html:
    if query is not None:
        return speech.count(
            "🔖 <b>{query}</b> · {number} saved article",
            "🔖 <b>{query}</b> · {number} saved articles",
            number,
            query=query.text,
        )
    return speech.count("🔖 <b>{number} saved article</b>", "🔖 <b>{number} saved articles</b>", number)


def _nothing(query: Query | None, speech: Speech) -> Html:
    if query is not None:
        return speech.say("Nothing saved has “{query}”. All of it: /saved", query=query.text)
    return speech.say("Nothing is saved yet. Press 🔖 under an article, and it stays here for as long as you like.")


def _outs(shown: Sequence[Article], view: _View, page: int, first: int) -> tuple[Button, ...]:
    numbered = enumerate(shown, first + 1)
    return tuple(Button(f"✕ {number}", f"{view.name}:{page}:{article.id}") for number, article in numbered)


def _give_out(speech: Speech) -> tuple[Button, ...]:
    return (Button(speech.plainly("All as a file"), f"{SAVED}:{_FILE}"),)


# --- The file ---


async def _export(question: Question, services: Services) -> Answer:
    speech = speech_for(question.chat)
    found = (await services.articles.saved(question.chat.id))[:MOST_GIVEN_OUT]
    bookmarks = [mark for some in _portions(found) for mark in await _bookmarks(some, question, services)]
    if not bookmarks:
        return Answer(toast=speech.plainly("Nothing of what is saved has a link."))
    content = await asyncio.to_thread(write_bookmarks, speech.plainly("Saved in Visnyk"), bookmarks)
    told = speech.count(
        "{number} article. Browsers and services for reading later import this file as bookmarks.",
        "{number} articles. Browsers and services for reading later import this file as bookmarks.",
        len(bookmarks),
    )
    return Answer(Message(told, document=Attachment(_NAME, content)))


def _portions(found: Sequence[Saved]) -> list[Sequence[Saved]]:
    return [found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)]


async def _bookmarks(some: Sequence[Saved], question: Question, services: Services) -> list[Bookmark]:
    since = {one.article_id: one.saved_at for one in some}
    known = await services.articles.get(list(since), viewer=question.chat.id)
    return [Bookmark(one.link, one.title, one.outlet, since[one.id]) for one in known if one.link]
