"""Answering a search, and "related": candidates come from the index and are ranked here."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from news.article import Article
from news.ports import Articles
from news.query import Query, rank
from news.relate import anchor_terms, related

CANDIDATES = 500
PER_PAGE = 5
MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found: `number` counts from 0, `total` is over all pages."""

    number: int
    pages: int
    total: int
    articles: tuple[Article, ...]


async def find(articles: Articles, query: Query, *, page: int, now: datetime) -> Page:
    """The page of the best matches; a number beyond the last page gives the last."""
    hits = await articles.matches(query.terms, limit=CANDIDATES) if query.terms else []
    ranked = await asyncio.to_thread(rank, query, hits, now=now)
    pages = -(-len(ranked) // PER_PAGE)
    number = max(0, min(page, pages - 1))
    shown = ranked[number * PER_PAGE : (number + 1) * PER_PAGE]
    found = await articles.get([hit.id for hit in shown])
    return Page(number, pages, len(ranked), tuple(found))


async def find_related(articles: Articles, article_id: int) -> list[Article]:
    """Up to five articles about the same thing, best first; fewer, or none, when fewer are related."""
    subject = await articles.candidate(article_id)
    if subject is None:
        return []
    near = await articles.similar(anchor_terms(subject), limit=CANDIDATES)
    chosen = await asyncio.to_thread(related, subject, near, limit=MOST_RELATED)
    return await articles.get(chosen)
