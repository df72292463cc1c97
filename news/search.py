"""Answering a search, and "related": candidates come from the index and are ranked here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from news.article import Article
from news.desk import Desk
from news.ports import Articles
from news.query import Query, once_each
from news.rank import rank
from news.relate import anchor_terms, related

CANDIDATES = 500
PER_PAGE = 5
MOST_RELATED = 5
# Of these each story is shown once.
_LOOKED_AT = 25


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found: `number` counts from 0, `total` is over all pages.

    `others` says for each of the articles how many more were found of its story.
    """

    number: int
    pages: int
    total: int
    articles: tuple[Article, ...]
    others: tuple[int, ...] = ()


async def find(
    articles: Articles,
    query: Query,
    *,
    viewer: int | None,
    page: int,
    now: datetime,
    per_page: int = PER_PAGE,
    mine: bool = False,
) -> Page:
    """The page of the best matches, each story once; a number beyond the last page gives the last.

    The viewer is the id of the chat that asks, None for one that nobody knows: see `news.ports.Articles`. `mine`: only
    of the feeds that it follows.
    """
    hits = await articles.matches(query, limit=CANDIDATES, viewer=viewer, mine=mine)
    ranked = await asyncio.to_thread(rank, query, hits, now=now)
    found = await _page(articles, [one.id for one in ranked], viewer, page, per_page)
    others = {one.id: len(one.others) for one in ranked}
    return replace(found, others=tuple(others[article.id] for article in found.articles))


async def find_newest(articles: Articles, *, viewer: int | None, page: int, per_page: int = PER_PAGE) -> Page:
    """The page of the newest articles of all feeds; a number beyond the last page gives the last."""
    return await _page(articles, await articles.newest(CANDIDATES, viewer=viewer), viewer, page, per_page)


async def find_related(desk: Desk, article_id: int, *, viewer: int | None, most: int = MOST_RELATED) -> list[Article]:
    """Up to `most` articles about the same event or its background, best first, each story once; fewer, or none, when
    fewer are related."""
    articles = desk.articles
    subject = await articles.candidate(article_id, viewer=viewer)
    if subject is None:
        return []
    near = await articles.similar(anchor_terms(subject, rarity=desk.recent.rarity), limit=CANDIDATES, viewer=viewer)
    chosen = await asyncio.to_thread(related, subject, near, limit=_LOOKED_AT)
    found = await articles.get(chosen, viewer=viewer)
    return list(once_each(found, lambda article: article.story_id))[:most]


async def _page(articles: Articles, found: Sequence[int], viewer: int | None, page: int, per_page: int) -> Page:
    pages = -(-len(found) // per_page)
    number = max(0, min(page, pages - 1))
    shown = found[number * per_page : (number + 1) * per_page]
    return Page(number, pages, len(found), tuple(await articles.get(shown, viewer=viewer)))
