"""The article pages of new entries: which are asked for, what they say, and whether that is more than the feed does."""

import asyncio
from collections.abc import Sequence

import structlog

from news.decide import Fresh
from news.desk import Desk
from news.errors import FeedError, Passing
from news.extract import PageText, extract_article
from news.feed import Feed
from news.fetch import Fetched
from news.summary import first_whole
from news.text import plain
from news.worth import PageRule, Tried, allowance, worth_after

# An article without its page is better than a late one: all pages of one check together may take this long.
PAGES_SECONDS = 15.0
# A text longer than the feed's by less than this says the same with a caption more.
MUCH_LONGER = 1.5
NO_PAGE = PageText()
log = structlog.get_logger(__name__)

# None: it was too late to be known.
_Answer = tuple[PageText, Tried] | None


async def read_pages(desk: Desk, feed: Feed, entries: Sequence[Fresh]) -> tuple[list[PageText], tuple[Tried, ...]]:
    """The page of each entry, an empty one where none was needed or came, and what was tried. Raises nothing.

    A few are asked for side by side, then the next few, as long as they are worth it and there is time.
    """
    clock, now = asyncio.get_running_loop().time, desk.clock()
    until = clock() + PAGES_SECONDS
    waiting = [place for place, entry in enumerate(entries) if needs_page(entry, feed.page_rule)]
    found, tried = dict[int, PageText](), list[Tried]()
    while clock() < until:
        worth = worth_after(feed.page_worth, tried, now=now)
        some = waiting[: allowance(feed.page_rule, worth, now=now)]
        if not some:
            break
        answers = await _side_by_side(desk, [entries[place] for place in some], until - clock())
        for place, (page, outcome) in _in_time(some, answers):
            found[place] = page
            tried.append(outcome)
        waiting = waiting[len(some) :]
    if tried:
        log.info("pages_tried", feed=feed.url, id=feed.id, pages=len(tried), gave=sum(page.gave for page in tried))
    return [found.get(place, NO_PAGE) for place in range(len(entries))], tuple(tried)


def needs_page(candidate: Fresh, rule: PageRule = PageRule.AUTO) -> bool:
    """Whether the feed says too little of an entry that people wait for, or an admin wants all its pages."""
    entry = candidate.entry
    if not candidate.owed or entry.link is None or entry.whole:
        return False
    return rule is PageRule.ALWAYS or (rule is PageRule.AUTO and not feed_summary(candidate))


def feed_summary(candidate: Fresh) -> str:
    """The summary that the feed itself gives, empty where it says too little."""
    entry = candidate.entry
    return first_whole(entry.title, plain(entry.description), plain(entry.content))


def page_summary(title: str, page: PageText) -> str:
    """The summary that a page gives of an article with this title."""
    return first_whole(title, page.lead, page.text)


def adds(candidate: Fresh, page: PageText) -> bool:
    """Whether a page gives what the feed left out: a summary, a picture, or a much longer text."""
    entry = candidate.entry
    if page.image and not entry.image:
        return True
    if not page_summary(entry.title, page):
        return False
    own = max(len(plain(entry.description)), len(plain(entry.content)))
    return not feed_summary(candidate) or len(page.text) > MUCH_LONGER * own


def _in_time(places: Sequence[int], answers: Sequence[_Answer]) -> list[tuple[int, tuple[PageText, Tried]]]:
    return [(place, answer) for place, answer in zip(places, answers, strict=True) if answer]


async def _side_by_side(desk: Desk, entries: Sequence[Fresh], seconds: float) -> list[_Answer]:
    tasks = [asyncio.create_task(_read(desk, entry)) for entry in entries]
    try:
        await asyncio.wait(tasks, timeout=seconds)
    finally:
        for task in tasks:
            task.cancel()
    return [_result(task) for task in tasks]


def _result(task: "asyncio.Task[tuple[PageText, Tried]]") -> _Answer:
    if not task.done() or task.cancelled():
        return None
    if error := task.exception():
        log.error("page_failed", exc_info=error)
        return NO_PAGE, Tried(gave=False)
    return task.result()


async def _read(desk: Desk, candidate: Fresh) -> tuple[PageText, Tried]:
    try:
        fetched = await desk.fetcher.fetch_page(candidate.entry.link or "")
    except FeedError as error:
        return NO_PAGE, Tried(gave=False, retry_after=error.retry_after if isinstance(error, Passing) else None)
    return await asyncio.to_thread(_extracted, candidate, fetched)


def _extracted(candidate: Fresh, fetched: Fetched) -> tuple[PageText, Tried]:
    page = extract_article(fetched.body, url=fetched.url)
    return page, Tried(gave=adds(candidate, page))
