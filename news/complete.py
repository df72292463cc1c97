"""From an entry to an article: text, summary, language, lemmas, story."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import repeat

import structlog

from news.article import Article, Correction, NewArticle
from news.decide import Changed, Fresh
from news.desk import Desk
from news.errors import FeedError
from news.extract import PageText, extract_article
from news.identity import clean_link, with_page
from news.language import detect
from news.lemmas import lemmas
from news.relate import Candidate, anchor_terms, related
from news.story import StoryText, same_story
from news.summary import summarize
from news.text import plain

# An article without its page is better than a late one: all pages of one check together may take this long.
PAGES_SECONDS = 15.0
STORY_SPAN = timedelta(days=5)
LONGEST_TEXT = 20_000
log = structlog.get_logger(__name__)
NO_PAGE = PageText(title="", lead="", text="", image=None, published=None, language=None)


async def complete(desk: Desk, entries: Sequence[Fresh]) -> list[NewArticle]:
    """The articles these entries make, in the same order. Never raises for what a publisher sent.

    Stories are looked for where somebody waits for the article; the old ones of a first contact open their own.
    """
    if not entries:
        return []
    pages = await _pages(desk, entries)
    articles = await asyncio.to_thread(write_up, entries, pages)
    return [replace(one, story_id=await find_story(desk, one) if one.owed else None) for one in articles]


async def corrected(changes: Sequence[Changed]) -> list[Correction]:
    """What has changed of articles known before; their pages are not asked again."""
    if not changes:
        return []
    articles = await asyncio.to_thread(write_up, [change.entry for change in changes])
    return [Correction(change.article_id, article) for change, article in zip(changes, articles, strict=True)]


def write_up(entries: Sequence[Fresh], pages: Sequence[PageText] = ()) -> list[NewArticle]:
    """The articles that entries and their pages (none given: without) make: pure, and slow for many."""
    return [write_article(entry, page) for entry, page in zip(entries, pages or repeat(NO_PAGE), strict=False)]


async def find_story(desk: Desk, article: NewArticle) -> int | None:
    """The story of the last days that this article also reports, None where it opens its own."""
    subject = Candidate(0, article.title_lemmas, article.text_lemmas, article.published_at, article.title)
    near = await desk.articles.similar(anchor_terms(subject), since=article.published_at - STORY_SPAN, limit=100)
    likely = await desk.articles.get(await asyncio.to_thread(related, subject, near, limit=3))
    return await asyncio.to_thread(_first_same, article, likely)


def needs_page(candidate: Fresh) -> bool:
    """Whether the feed says too little of an entry that people wait for."""
    entry = candidate.entry
    return candidate.owed and entry.link is not None and not entry.whole and not _feed_summary(candidate)


def write_article(candidate: Fresh, page: PageText = NO_PAGE) -> NewArticle:
    """One entry, and what its page adds, as an article: pure."""
    entry = candidate.entry
    text = max(plain(entry.content), plain(entry.description), page.text, key=len)[:LONGEST_TEXT]
    title = entry.title or page.title
    language = detect(f"{title}\n{text}") or page.language
    return NewArticle(
        keys=with_page(candidate.keys, page.canonical),
        fingerprint=candidate.fingerprint,
        title=title,
        summary=_feed_summary(candidate) or summarize(title, page.lead) or summarize(title, page.text),
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
    )


def _first_same(article: NewArticle, others: Sequence[Article]) -> int | None:
    told = StoryText(article.title, article.text or article.summary, article.language)
    for other in others:
        if same_story(told, StoryText(other.title, other.text or other.summary, other.language)):
            return other.story_id
    return None


def _feed_summary(candidate: Fresh) -> str:
    entry = candidate.entry
    return summarize(entry.title, plain(entry.description)) or summarize(entry.title, plain(entry.content))


async def _pages(desk: Desk, entries: Sequence[Fresh]) -> list[PageText]:
    """The pages that are needed, side by side; whatever fails or is late is done without."""
    fetching = {
        place: asyncio.create_task(_page(desk, entry)) for place, entry in enumerate(entries) if needs_page(entry)
    }
    try:
        if fetching:
            await asyncio.wait(fetching.values(), timeout=PAGES_SECONDS)
    finally:
        for task in fetching.values():
            task.cancel()
    return [_result(fetching[place]) if place in fetching else NO_PAGE for place in range(len(entries))]


def _result(task: "asyncio.Task[PageText]") -> PageText:
    if not task.done() or task.cancelled():
        return NO_PAGE
    if error := task.exception():
        log.error("page_failed", exc_info=error)
        return NO_PAGE
    return task.result()


async def _page(desk: Desk, candidate: Fresh) -> PageText:
    try:
        fetched = await desk.fetcher.fetch_page(candidate.entry.link or "")
    except FeedError:
        return NO_PAGE
    return await asyncio.to_thread(extract_article, fetched.body, url=fetched.url)
