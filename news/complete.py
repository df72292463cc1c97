"""From an entry to an article: text, summary, language, lemmas, story."""

import asyncio
from collections.abc import Sequence
from itertools import repeat

from news.article import Correction, NewArticle
from news.decide import Changed, Fresh
from news.desk import Desk
from news.extract import PageText
from news.feed import Feed
from news.identity import clean_link, with_page
from news.language import detect
from news.lemmas import is_warm, lemmas
from news.pages import NO_PAGE, feed_summary, page_summary, read_pages
from news.place import place
from news.text import plain
from news.worth import Tried

LONGEST_TEXT = 20_000
# Characters written up on the spot: a millisecond or two, even if no word of them was met before.
LITTLE = 1_000


async def complete(desk: Desk, feed: Feed, entries: Sequence[Fresh]) -> tuple[list[NewArticle], tuple[Tried, ...]]:
    """The articles these entries make, in the same order, and the pages tried for them. Never raises for what a
    publisher sent."""
    if not entries:
        return [], ()
    pages, tried = await read_pages(desk, feed, entries)
    articles = await _written_up(entries, pages)
    return await place(desk, feed, articles), tried


async def corrected(changes: Sequence[Changed]) -> list[Correction]:
    """What has changed of articles known before; their pages are not asked again."""
    if not changes:
        return []
    articles = await _written_up([change.entry for change in changes])
    return [Correction(change.article_id, article) for change, article in zip(changes, articles, strict=True)]


async def _written_up(entries: Sequence[Fresh], pages: Sequence[PageText] = ()) -> list[NewArticle]:
    """The articles; in a thread where writing them takes longer than a thread may hold the interpreter anyway."""
    if is_warm() and sum(map(_length, entries)) + sum(len(page.text) for page in pages) <= LITTLE:
        return write_up(entries, pages)
    return await asyncio.to_thread(write_up, entries, pages)


def _length(candidate: Fresh) -> int:
    entry = candidate.entry
    return len(entry.title) + len(entry.description) + len(entry.content)


def write_up(entries: Sequence[Fresh], pages: Sequence[PageText] = ()) -> list[NewArticle]:
    """The articles that entries and their pages (none given: without) make: pure, and slow for many."""
    return [write_article(entry, page) for entry, page in zip(entries, pages or repeat(NO_PAGE), strict=False)]


def write_article(candidate: Fresh, page: PageText = NO_PAGE) -> NewArticle:
    """One entry, and what its page adds, as an article: pure."""
    entry = candidate.entry
    own = max(plain(entry.content), plain(entry.description), key=len)
    text = max(own, page.text, key=len)[:LONGEST_TEXT]
    title = entry.title or page.title
    language = detect(f"{title}\n{text}") or page.language
    return NewArticle(
        keys=with_page(candidate.keys, page.canonical),
        fingerprint=candidate.fingerprint,
        title=title,
        summary=feed_summary(candidate) or page_summary(title, page),
        text=text,
        link=clean_link(entry.link) if entry.link else None,
        image=entry.image or page.image,
        author=entry.author,
        language=language,
        published_at=candidate.published,
        found_at=candidate.published,
        title_lemmas=tuple(lemmas(title, language)),
        text_lemmas=tuple(lemmas(text, language)),
        owed=candidate.owed,
        from_page=len(page.text) > len(own),
    )
