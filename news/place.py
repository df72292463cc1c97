"""Which story an article belongs to."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from news.article import NewArticle, new_story_id
from news.desk import Desk
from news.feed import Feed
from news.reading import report_of
from news.recent import MOST, SPAN, Told

log = structlog.get_logger(__name__)


async def place(desk: Desk, feed: Feed, articles: Sequence[NewArticle]) -> list[NewArticle]:
    """The articles, each in its story. What a private feed tells is nobody else's story."""
    if feed.private:
        return list(articles)
    placed = []
    for article in articles:
        placed.append(replace(article, story_id=await _story_of(desk, feed, article)))
        await asyncio.sleep(0)  # many of them would hold up others
    return placed


async def _story_of(desk: Desk, feed: Feed, article: NewArticle) -> int | None:
    now = desk.clock()
    if now - article.published_at > SPAN:
        return None
    joined = desk.recent.join(Told(new_story_id(now), feed.id, article.published_at, report_of(article)))
    if joined.merged:
        log.info("stories_merged", story=joined.story_id, merged=joined.merged, by=article.title)
        await desk.articles.merge_stories(joined.merged, joined.story_id, now=now)
    return joined.story_id


async def recall(desk: Desk) -> None:
    """Learn anew what was told in the last days, before the first article is placed."""
    async for told in desk.articles.told(since=desk.clock() - SPAN, limit=MOST):
        await asyncio.to_thread(desk.recent.add, told)
