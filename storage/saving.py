"""Checks of feeds, saved: each feed's state, new articles, corrections, and the deliveries owed.

Checks that end at the same time are saved together, in one transaction of the caller. It happens in steps, each step
for all of them:

    the feeds' rows first (they hold off other checks of the same feeds until the end)
    → the articles that are really new → their stories, rows and keys
    → the corrections, the further keys of what is known, and the tombstones that are still needed
    → one INSERT … SELECT that owes each new article to each reachable follower (`storage.owing`)
    → the feeds' addresses, which may be other feeds' by now (`storage.merging`)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import Correction, NewArticle, Renamed
from news.feed import Feed
from news.notice import Event
from news.short_name import digest
from storage.changing import owe_changes_of
from storage.insert import insert_new
from storage.keys import Key, asked, joined_to_asked
from storage.merging import adopt_address
from storage.noticing import owe_notice
from storage.numbering import take_numbers
from storage.openings import KnownWishes
from storage.owing import owe_articles
from storage.rows import content_values, feed_values
from storage.stories import stories_of
from storage.tables import addresses, articles, feeds, identities
from storage.tombstones import keep_tombstones

# Keys in one statement: a long one holds up the event loop.
KEYS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of a feed came to; see `news.ports.Feeds.save_check`."""

    feed: Feed
    new: Sequence[NewArticle] = ()
    corrections: Sequence[Correction] = ()
    renamed: Sequence[Renamed] = ()
    shown: Collection[str] = ()
    tell: Event | None = None


async def save_checks(connection: AsyncConnection, wishes: KnownWishes, checks: Sequence[Check]) -> list[int]:
    """Save all of these checks, of as many feeds; gives for each how many deliveries are owed.

    A feed gone meanwhile takes nothing.
    """
    moved = await _save_feeds(connection, [check.feed for check in checks])
    there = [check for check in checks if check.feed.id in moved]
    owed = await _add(connection, there)
    changes = {check.feed.id: await _mend(connection, check) for check in there}
    counts = await owe_articles(connection, wishes, owed)
    counts.update(changes)
    for check in there:
        if check.tell and check.feed.checked_at:
            counts[check.feed.id] += await owe_notice(connection, check.feed, check.tell, check.feed.checked_at)
        if moved[check.feed.id]:
            counts[check.feed.id] += await _move(connection, wishes, check.feed, owed.get(check.feed.id, {}))
    return [counts[check.feed.id] for check in checks]


async def _save_feeds(connection: AsyncConnection, checked: Sequence[Feed]) -> dict[int, bool]:
    """Save the feeds' states; says of each that is still there whether its address is another than before."""
    held = {"ids": [feed.id for feed in checked], "digests": [digest(feed.url) for feed in checked]}
    rows = {row.id: row for row in await connection.execute(_HELD, held)}
    there = [feed for feed in checked if feed.id in rows]
    states = [
        _state(feed, slept=rows[feed.id].slept_in_claim and rows[feed.id].claimed_until is not None) for feed in there
    ]
    if states:
        await connection.execute(_SAVE_STATE, states)
    return {feed.id: feed.url != rows[feed.id].url for feed in there}


def _state(feed: Feed, *, slept: bool) -> dict[str, Any]:
    """A feed's values to save; `slept`: its last follower left meanwhile, and it shall remember nothing."""
    forgotten = {"contacted_at": None, "etag": None, "last_modified": None} if slept else {}
    return {"its_id": feed.id, **feed_values(feed), **forgotten}


# The feeds that go by the addresses of these are others where one has moved to them, and is to be merged.
_OWNERS = select(addresses.c.feed_id).where(addresses.c.digest.in_(bindparam("digests", expanding=True)))
_HELD = (
    select(feeds.c.id, feeds.c.url, feeds.c.slept_in_claim, feeds.c.claimed_until)
    .where(feeds.c.id.in_(bindparam("ids", expanding=True)) | feeds.c.id.in_(_OWNERS))
    .order_by(feeds.c.id)
    .with_for_update()
)
_SAVE_STATE = update(feeds).where(feeds.c.id == bindparam("its_id")).values(claimed_until=None, slept_in_claim=False)


# --- What is new ---

_ADD_ARTICLES = insert(articles)


async def _add(connection: AsyncConnection, checks: Sequence[Check]) -> dict[int, dict[int, NewArticle]]:
    """Save what is really new with its stories and keys; gives by feed, by their ids, the articles that are owed."""
    fresh = await _unknown(connection, [(check.feed.id, article) for check in checks for article in check.new])
    if not fresh:
        return {}
    story_ids = await stories_of(connection, [article for _, article in fresh])
    ids = await take_numbers(connection, articles, len(fresh))
    rows = [
        content_values(article)
        | {"id": id_, "feed_id": feed_id, "story_id": story_id}
        | {"published_at": article.published_at, "found_at": article.found_at}
        for id_, (feed_id, article), story_id in zip(ids, fresh, story_ids, strict=True)
    ]
    await connection.execute(_ADD_ARTICLES, rows)
    named = [(feed_id, id_, article.keys) for (feed_id, article), id_ in zip(fresh, ids, strict=True)]
    await _name(connection, named)
    owed: dict[int, dict[int, NewArticle]] = {}
    for (feed_id, article), id_ in zip(fresh, ids, strict=True):
        if article.owed:
            owed.setdefault(feed_id, {})[id_] = article
    return owed


async def _unknown(connection: AsyncConnection, new: Sequence[tuple[int, NewArticle]]) -> list[tuple[int, NewArticle]]:
    """The articles (each with its feed's id) with at least one key that neither the feed nor an earlier one has."""
    taken = await _taken(connection, {(feed_id, digest(key)) for feed_id, article in new for key in article.keys})
    fresh = []
    for feed_id, article in new:
        keys = {(feed_id, digest(key)) for key in article.keys}
        if not keys <= taken:
            fresh.append((feed_id, article))
        taken |= keys
    return fresh


async def _taken(connection: AsyncConnection, keys: Collection[Key]) -> set[Key]:
    dialect, wanted, taken = connection.dialect.name, sorted(keys), set[Key]()
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        some = asked(dialect, wanted[start : start + KEYS_AT_ONCE])
        taken |= {(row.feed_id, row.digest) for row in await connection.execute(_known(dialect), some)}
    return taken


@cache
def _known(dialect: str) -> Select[int, str]:
    return select(identities.c.feed_id, identities.c.digest).select_from(joined_to_asked(dialect))


async def _name(connection: AsyncConnection, named: Iterable[tuple[int, int | None, Collection[str]]]) -> None:
    """Let keys of a feed mean this article (none: a tombstone); a key that means something already keeps it."""
    rows = [
        {"feed_id": feed_id, "digest": digest(key), "article_id": article_id}
        for feed_id, article_id, keys in named
        for key in set(keys)
    ]
    if rows:
        await connection.execute(insert_new(connection, identities), rows)


# --- What was known ---


async def _mend(connection: AsyncConnection, check: Check) -> int:
    """Correct what has changed, and know by further keys what goes by them now; counts changes of messages owed."""
    owed = sum([await _correct(connection, check.feed.id, correction) for correction in check.corrections])
    if check.renamed:
        await _rename(connection, check.feed.id, check.renamed)
    if check.shown and check.feed.checked_at:
        await keep_tombstones(connection, check.feed.id, check.shown, check.feed.checked_at)
    return owed


async def _rename(connection: AsyncConnection, feed_id: int, renamed: Sequence[Renamed]) -> None:
    """Add further keys; those of an article that is gone meanwhile are tombstones as the others are."""
    wanted = [one.article_id for one in renamed if one.article_id is not None]
    # Held until the end: housekeeping deletes none of them meanwhile.
    held = select(articles.c.id).where(articles.c.id.in_(wanted)).with_for_update(read=True, key_share=True)
    kept = set(await connection.scalars(held)) if wanted else set()
    meant = [(feed_id, one.article_id if one.article_id in kept else None, one.keys) for one in renamed]
    await _name(connection, meant)


async def _correct(connection: AsyncConnection, feed_id: int, correction: Correction) -> int:
    mine = (articles.c.id == correction.article_id, articles.c.feed_id == feed_id)
    values = _corrected(correction.article)
    reads_otherwise = or_(*(articles.c[name] != values[name] for name in ("title", "summary") if name in values))
    shows = await connection.scalar(select(articles.c.id).where(*mine, reads_otherwise))
    if (await connection.execute(update(articles).where(*mine).values(values))).rowcount:
        await _name(connection, [(feed_id, correction.article_id, correction.article.keys)])
    return await owe_changes_of(connection, [shows], correction.article.found_at) if shows is not None else 0


def _corrected(article: NewArticle) -> dict[str, Any]:
    """What a correction changes: not what came from the article's page, which isn't fetched again for it."""
    kept = () if article.summary else ("summary", "text", "text_lemmas", "from_page")
    kept = kept if article.image else (*kept, "image")
    return {name: value for name, value in content_values(article).items() if name not in kept}


async def _move(connection: AsyncConnection, wishes: KnownWishes, feed: Feed, owed: Mapping[int, NewArticle]) -> int:
    """Know a feed by its new address; those who followed another feed there have not seen what this check found."""
    home = await adopt_address(connection, feed)
    if home == feed.id:
        return 0
    return (await owe_articles(connection, wishes, {home: owed}, again=True))[home]
