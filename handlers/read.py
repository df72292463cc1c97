"""*Read*: the article in a message of its own, which its buttons page through.

A button carries the article and the page, and the text is the storage's: it works after a restart, and as long as the
article is kept.
"""

from datetime import datetime
from html import escape

from handlers.measure import first_fitting
from handlers.message import Answer, Message, Question
from handlers.number import number_of
from handlers.pressed import article_pressed, gone
from handlers.render import LONGEST_ALONE, LONGEST_LINK, READ, headline, outlet, pager, related_button, save_button
from handlers.services import Services
from handlers.sheets import sheets
from handlers.speech import Html, Speech, speech_for
from news.address import host_of
from news.article import Article
from news.complete import LONGEST_TEXT
from news.summary import resized
from news.text import letters, sentences, shortened

# What a headline may take of a message; the rest is for a page and the line below it.
_HEAD_UNITS = 800
# How an article begins, in characters: as much as the longest summary tells.
_LEAD = 600


async def press(question: Question, services: Services) -> Answer:
    """The article as a new message without a sound; another page of it in the place of the one shown."""
    article = await article_pressed(question, services)
    if article is None:
        return gone(question)
    page = number_of(question.text.partition(":")[2])
    whole = services.reading_full or not article.from_page
    message = reading(article, speech_for(question.chat), now=services.now(), page=page or 0, whole=whole)
    return Answer(message, edit=page is not None)


def reading(article: Article, speech: Speech, *, now: datetime, page: int = 0, whole: bool = True) -> Message:
    """A page (counted from 0) of an article; with `whole` all of its text, else only how it begins."""
    pages = sheets(_text(article, whole=whole))
    number = min(page, len(pages) - 1)
    is_all = whole and len(article.text) < LONGEST_TEXT
    foot = _foot(article, speech, is_all=is_all) if number == len(pages) - 1 else ""
    parts = (_head(article, speech, now), escape(pages[number], quote=False), foot)
    leaves = pager(f"{READ}:{article.id}", number, len(pages))
    buttons = (*leaves, (related_button(article, speech), save_button(article, speech)))
    return Message("\n\n".join(filter(None, parts)), buttons=buttons, silent=True)


def _head(article: Article, speech: Speech, now: datetime) -> Html:
    when = speech.moment(article.published_at, now=now)
    heads = (Html(f"<b>{headline(article, limit)}</b>\n{outlet(article)} · {when}") for limit in LONGEST_ALONE)
    return first_fitting(heads, _HEAD_UNITS)


def _text(article: Article, *, whole: bool) -> str:
    """A paragraph a line; a first line that only says the headline again is left out."""
    if not whole or not article.text:
        return resized(article, _LEAD)
    first, _, rest = article.text.partition("\n")
    text = rest if letters(first) == letters(article.title) else article.text
    # Some pages set their lead apart from the text.
    lead = next(iter(sentences(article.summary)), "")
    return f"{article.summary}\n{text}" if article.from_page and letters(lead) not in letters(text) else text


def _foot(article: Article, speech: Speech, *, is_all: bool) -> Html:
    """Where it is from; where that has more, it says so."""
    link = article.link or ""
    href = escape(link)
    if not link or len(href.encode("utf-8", "replace")) > LONGEST_LINK:
        return Html("")
    host = escape(shortened(host_of(link).rpartition("@")[2].removeprefix("www."), 80), quote=False)
    source = Html(f'<a href="{href}">{host}</a>')
    return speech.say("Source: {link}", link=source) if is_all else speech.say("In full: {link}", link=source)
