"""A check of a feed, saved: the feed's state, new articles, corrections, and the deliveries owed.

All of it happens in one transaction of the caller:

    the feed's row first (it holds off another check of the same feed until the end)
    → the articles that are really new → their stories, rows and keys
    → the corrections, and the further keys of what is known
    → one INSERT … SELECT that owes each new article to each reachable follower (`storage.owing`)
    → the feed's address, which may be another feed's by now (`storage.merging`)
"""

from collections.abc import Collection, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.article import Correction, NewArticle, Renamed
from news.feed import Feed
from news.notice import Event
from storage.digest import digest
from storage.insert import insert_new
from storage.merging import adopt_address
from storage.owing import owe_articles, owe_notice
from storage.rows import content_values, feed_values
from storage.tables import articles, feeds, identities, stories

# Both engines take at most 32,767 values in one statement.
_AT_ONCE = 10_000


async def save_check(
    connection: AsyncConnection,
    feed: Feed,
    new: Sequence[NewArticle],
    corrections: Sequence[Correction],
    renamed: Sequence[Renamed],
    tell: Event | None,
) -> int:
    """Save all of a check; gives how many deliveries are owed. A feed gone meanwhile takes nothing."""
    if not await _save_feed(connection, feed):
        return 0
    fresh = await _unknown(connection, feed.id, new)
    ids = await _add(connection, feed.id, fresh)
    for correction in corrections:
        await _correct(connection, feed.id, correction)
    await _rename(connection, feed.id, renamed)
    owed = [id_ for id_, article in zip(ids, fresh, strict=True) if article.owed]
    count = await owe_articles(connection, feed.id, owed)
    if tell and feed.checked_at:
        count += await owe_notice(connection, feed, tell, feed.checked_at)
    home = await adopt_address(connection, feed)
    # Those who followed the other feed before have not seen what this check found there.
    return count if home == feed.id else count + await owe_articles(connection, home, owed)


async def _save_feed(connection: AsyncConnection, feed: Feed) -> bool:
    mine = feeds.c.id == feed.id
    values = feed_values(feed)
    claimed_and_slept = select(feeds.c.slept_in_claim, feeds.c.claimed_until).where(mine).with_for_update()
    row = (await connection.execute(claimed_and_slept)).one_or_none()
    if row is None:
        return False
    if row.slept_in_claim and row.claimed_until is not None:
        values |= {"contacted_at": None, "etag": None, "last_modified": None}
    await connection.execute(update(feeds).where(mine).values(**values, claimed_until=None, slept_in_claim=False))
    return True


async def _unknown(connection: AsyncConnection, feed_id: int, new: Sequence[NewArticle]) -> list[NewArticle]:
    """The articles with at least one key that neither the feed nor an earlier one of them has."""
    taken = await _taken(connection, feed_id, {digest(key) for article in new for key in article.keys})
    fresh = []
    for article in new:
        keys = {digest(key) for key in article.keys}
        if not keys <= taken:
            fresh.append(article)
        taken |= keys
    return fresh


async def _taken(connection: AsyncConnection, feed_id: int, digests: Collection[str]) -> set[str]:
    wanted, taken = sorted(digests), set[str]()
    query = select(identities.c.digest).where(identities.c.feed_id == feed_id)
    for start in range(0, len(wanted), _AT_ONCE):
        some = identities.c.digest.in_(wanted[start : start + _AT_ONCE])
        taken |= set(await connection.scalars(query.where(some)))
    return taken


async def _add(connection: AsyncConnection, feed_id: int, fresh: Sequence[NewArticle]) -> list[int]:
    """Save the articles with their stories and keys; gives their ids in the order of the articles."""
    if not fresh:
        return []
    story_ids = await _stories(connection, fresh)
    rows = [
        content_values(article)
        | {"feed_id": feed_id, "story_id": story_id}
        | {"published_at": article.published_at, "found_at": article.found_at}
        for article, story_id in zip(fresh, story_ids, strict=True)
    ]
    save = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
    ids = list(await connection.scalars(save, rows))
    for id_, article in zip(ids, fresh, strict=True):
        await _name(connection, feed_id, id_, article.keys)
    return ids


async def _stories(connection: AsyncConnection, fresh: Sequence[NewArticle]) -> list[int]:
    """The story of each article: the one it joins, or one that it opens."""
    openers = [article for article in fresh if article.story_id is None]
    opened: list[int] = []
    if openers:
        rows = [{"opened_at": one.published_at, "newest_at": one.published_at} for one in openers]
        save = insert(stories).returning(stories.c.id, sort_by_parameter_order=True)
        opened = list(await connection.scalars(save, rows))
    for article in fresh:
        if article.story_id is not None:
            await _join(connection, article.story_id, article)
    rest = iter(opened)
    return [next(rest) if article.story_id is None else article.story_id for article in fresh]


async def _join(connection: AsyncConnection, story_id: int, article: NewArticle) -> None:
    older = (stories.c.id == story_id, stories.c.newest_at < article.published_at)
    await connection.execute(update(stories).where(*older).values(newest_at=article.published_at))


async def _name(connection: AsyncConnection, feed_id: int, article_id: int | None, keys: Collection[str]) -> None:
    """Let the feed's keys mean this article (none: a tombstone); a key that means something already keeps it."""
    rows = [{"feed_id": feed_id, "digest": digest(key), "article_id": article_id} for key in set(keys)]
    if rows:
        await connection.execute(insert_new(connection, identities), rows)


async def _rename(connection: AsyncConnection, feed_id: int, renamed: Sequence[Renamed]) -> None:
    """Add further keys; those of an article that is gone meanwhile are tombstones as the others are."""
    wanted = [one.article_id for one in renamed if one.article_id is not None]
    kept = set(await connection.scalars(select(articles.c.id).where(articles.c.id.in_(wanted)))) if wanted else set()
    for one in renamed:
        await _name(connection, feed_id, one.article_id if one.article_id in kept else None, one.keys)


async def _correct(connection: AsyncConnection, feed_id: int, correction: Correction) -> None:
    mine = (articles.c.id == correction.article_id, articles.c.feed_id == feed_id)
    values = content_values(correction.article)
    if not correction.article.summary:
        # The summary may have come from the article's page, which isn't fetched again for a correction.
        values = {name: value for name, value in values.items() if name not in ("summary", "text", "text_lemmas")}
    changed = update(articles).where(*mine).values(values)
    if (await connection.execute(changed)).rowcount:
        await _name(connection, feed_id, correction.article_id, correction.article.keys)
