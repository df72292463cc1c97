"""Candidates from the search index: the newest articles that hold certain terms, the same on both engines."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Text, any_, bindparam, func, not_, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from news.query import Query, is_source
from news.rank import Hit
from news.relate import Candidate
from storage import search_postgres, search_sqlite
from storage.tables import articles, feeds, subscriptions
from storage.visibility import hidden_from
from storage.wanted import Wanted, all_terms, conditions, holds, title_terms, usable, within

TITLED = 60
"""So many of the newest that have all in the title are candidates too, where newer ones would crowd them out."""
_NEWEST = {"sqlite": search_sqlite.newest, "postgresql": search_postgres.newest}
_PLACE = {"sqlite": func.instr, "postgresql": func.strpos}


async def matches(
    connection: AsyncConnection, query: Query, limit: int, viewer: int | None, *, mine: bool = False
) -> list[Hit]:
    """The newest `limit` of what the query wants, and the newest `TITLED` that have it in the title, newest first.

    `mine`: only of the feeds that the viewer follows.
    """
    wanted = await _wanted(connection, query, limit, viewer, mine=mine)
    if wanted is None:
        return []
    ids = await _newest(connection, wanted)
    if wanted.words and len(ids) >= limit:
        titled = wanted.words + wanted.titled
        ids += await _newest(connection, replace(wanted, limit=min(TITLED, limit), words=(), titled=titled))
    return await _hits(connection, set(ids), viewer)


async def sought(connection: AsyncConnection, query: Query, viewer: int | None) -> list[ColumnElement[bool]] | None:
    """What articles have to be that the query wants, for a few of them that are gone through one by one; None where
    there can be none."""
    wanted = await _wanted(connection, query, 0, viewer)
    if wanted is None:
        return None
    place = _PLACE[connection.dialect.name]
    words = [holds(pattern, all_terms(), place=place) for pattern in wanted.words]
    titled = [holds(pattern, title_terms(), place=place) for pattern in wanted.titled]
    without = [not_(holds(pattern, all_terms(), place=place)) for pattern in wanted.without]
    return [*conditions(wanted), *within(wanted), *words, *titled, *without]


async def _wanted(
    connection: AsyncConnection, query: Query, limit: int, viewer: int | None, *, mine: bool = False
) -> Wanted | None:
    """The query with all names resolved; None where nothing can be found by it."""
    wanted = Wanted(
        limit,
        viewer,
        words=usable(query.words),
        titled=usable(query.titled),
        without=tuple(filter(None, usable(query.without))),
        feeds=await _feeds(connection, query.sources, viewer, mine=mine),
        languages=frozenset(filter(str.isalnum, query.languages)),
        since=query.since,
        until=query.until,
    )
    hopeless = query.is_empty or wanted.is_hopeless or bool(query.languages) > bool(wanted.languages)
    return None if hopeless else wanted


async def similar(
    connection: AsyncConnection, terms: Iterable[str], since: datetime | None, limit: int, viewer: int | None
) -> list[Candidate]:
    """The newest `limit` articles with any of the terms, published after `since`; newest first."""
    (group,) = usable([frozenset((term,) for term in terms)])
    if not group:
        return []
    ids = await _newest(connection, Wanted(limit, viewer, words=(group,), since=since))
    query = candidates().where(_among(connection, ids))
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


async def _newest(connection: AsyncConnection, wanted: Wanted) -> list[int]:
    found = await _NEWEST[connection.dialect.name](connection, wanted)
    return await _walk(connection, wanted) if found is None else found


async def _walk(connection: AsyncConnection, wanted: Wanted) -> list[int]:
    """By date alone, where no word is wanted that an index could know."""
    c, place = articles.c, _PLACE[connection.dialect.name]
    without = [not_(holds(pattern, all_terms(), place=place)) for pattern in wanted.without]
    rows = select(c.id).where(*conditions(wanted), *within(wanted), *without)
    newest = rows.order_by(c.published_at.desc(), c.id.desc()).limit(wanted.limit)
    return list((await connection.scalars(newest)).all())


async def _hits(connection: AsyncConnection, ids: Iterable[int], viewer: int | None) -> list[Hit]:
    """The terms as they are kept, for taking apart what is long costs more than finding it."""
    c = articles.c
    own = await _followed(connection, viewer)
    terms = (type_coerce(c.title_lemmas, Text), type_coerce(c.text_lemmas, Text))
    query = select(c.id, c.story_id, *terms, c.published_at, c.page, c.feed_id).where(_among(connection, ids))
    rows = await connection.execute(query.order_by(c.published_at.desc(), c.id.desc()))
    return [
        Hit(id_, story_id, title, told, published, page, own=feed_id in own)
        for id_, story_id, title, told, published, page, feed_id in rows.all()
    ]


def _among(connection: AsyncConnection, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether an article is one of these, hundreds of them as one value."""
    if connection.dialect.name == "sqlite":
        given = func.json_each(json.dumps(list(ids))).table_valued("value")
        return articles.c.id.in_(select(given.c.value))
    return articles.c.id == any_(bindparam(None, list(ids), type_=ARRAY(BigInteger)))


# --- Feeds ---


async def _feeds(
    connection: AsyncConnection, sources: Iterable[str], viewer: int | None, *, mine: bool
) -> frozenset[int] | None:
    """The feeds that may be meant, None for all."""
    if not sources and not mine:
        return None
    followed = await _followed(connection, viewer) if mine else None
    if not sources:
        return followed
    c = feeds.c
    known = await connection.execute(select(c.id, c.title, c.host).where(c.id.not_in(hidden_from(viewer))))
    named = (row.id for row in known if any(is_source(name, title=row.title, host=row.host) for name in sources))
    return frozenset(named) if followed is None else followed.intersection(named)


async def _followed(connection: AsyncConnection, viewer: int | None) -> frozenset[int]:
    if viewer is None:
        return frozenset()
    return frozenset(await connection.scalars(select(subscriptions.c.feed_id).where(subscriptions.c.chat_id == viewer)))
