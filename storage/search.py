"""Candidates from the search index: the newest articles that hold certain terms, the same on both engines."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from news.query import Hit
from news.relate import Candidate
from storage import search_postgres, search_sqlite
from storage.tables import articles

_ENGINES = {"sqlite": search_sqlite.newest, "postgresql": search_postgres.newest}


async def matches(
    connection: AsyncConnection, terms: Sequence[frozenset[str]], limit: int, viewer: int | None
) -> list[Hit]:
    """Articles with a term of every set: the newest `limit`, and the newest `limit` by title."""
    groups = [_usable(group) for group in terms]
    if not groups or not all(groups):
        return []
    newest = _ENGINES[connection.dialect.name]
    anywhere, titled = (newest(groups, title=title, since=None, limit=limit, viewer=viewer) for title in (False, True))
    ids = union(select(anywhere.subquery().c.id), select(titled.subquery().c.id))
    c = articles.c
    query = select(c.id, c.title_lemmas, c.text_lemmas, c.published_at, c.page).where(c.id.in_(ids))
    rows = await connection.execute(query.order_by(c.published_at.desc(), c.id.desc()))
    return [Hit(row.id, row.title_lemmas, row.text_lemmas, row.published_at, row.page) for row in rows]


async def similar(
    connection: AsyncConnection, terms: Iterable[str], since: datetime | None, limit: int, viewer: int | None
) -> list[Candidate]:
    """The newest `limit` articles with any of the terms, published after `since`; newest first."""
    group = _usable(terms)
    if not group:
        return []
    newest = _ENGINES[connection.dialect.name]
    ids = newest([group], title=False, since=since, limit=limit, viewer=viewer).subquery()
    query = candidates().where(articles.c.id.in_(select(ids.c.id)))
    if since is not None:
        query = query.where(articles.c.published_at > since)
    rows = await connection.execute(query.order_by(articles.c.published_at.desc(), articles.c.id.desc()))
    return [candidate_of(row) for row in rows]


def candidates() -> Select[int, tuple[str, ...], tuple[str, ...], datetime, str]:
    """What `candidate_of` reads."""
    c = articles.c
    return select(c.id, c.title_lemmas, c.text_lemmas, c.published_at, c.title)


def candidate_of(row: Row[int, tuple[str, ...], tuple[str, ...], datetime, str]) -> Candidate:
    """The record of a row of `candidates`."""
    return Candidate(row.id, row.title_lemmas, row.text_lemmas, row.published_at, row.title)


def _usable(terms: Iterable[str]) -> list[str]:
    """The terms that can stand in an index: letters and digits throughout, as the lemmas are; others match nothing."""
    return sorted({term for term in terms if term.isalnum()})
