"""Inline mode: the bot's name and some words, in any chat, give articles as cards."""

import asyncio

from handlers.message import Cards, Inquiry
from handlers.number import number_of
from handlers.render import card
from handlers.services import Services
from handlers.speech import Speech, language_of, speech
from news.chat import Chat
from news.query import parse_query
from news.search import Page, find, find_newest

PER_PAGE = 20


async def answer_inquiry(inquiry: Inquiry, services: Services) -> Cards:
    """The best matches, or the newest articles while nothing is typed; with nothing to show, the way to the bot.

    Nobody is met: a question asked in passing leaves no trace.
    """
    own = await services.chats.find(inquiry.address)
    now, words = services.now(), _speech(inquiry, own, services)
    page = await _page(inquiry, own.id if own else None, services)
    if not page.articles:
        return Cards(way_in=words.plainly("Open Visnyk"))
    cards = tuple(card(article, words, now=now) for article in page.articles)
    return Cards(cards, next_offset=str(page.number + 1) if page.number + 1 < page.pages else "")


async def _page(inquiry: Inquiry, viewer: int | None, services: Services) -> Page:
    now, number = services.now(), number_of(inquiry.offset) or 0
    query = await asyncio.to_thread(parse_query, inquiry.words, now=now)
    if query.text:
        return await find(services.articles, query, viewer=viewer, page=number, now=now, per_page=PER_PAGE)
    return await find_newest(services.articles, viewer=viewer, page=number, per_page=PER_PAGE)


def _speech(inquiry: Inquiry, own: Chat | None, services: Services) -> Speech:
    """The asker's language; the zone of their private chat, if there is one."""
    zone = own.timezone if own else services.default_timezone
    return speech(language_of(inquiry.language, services.default_language), zone)
