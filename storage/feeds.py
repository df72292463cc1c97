"""The feeds: `news.ports.Feeds` on the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from news.address import host_of
from news.article import Correction, Known, NewArticle, Renamed
from news.feed import Feed
from news.notice import Event
from news.popular import Popular
from news.secret import Secret
from news.short_name import digest
from news.worth import PageRule
from storage.database import Database
from storage.due import claim_feeds, due_feeds, earliest_due
from storage.insert import insert_new
from storage.keys import asked, joined_to_asked
from storage.lock import Lock, serialise
from storage.openings import KnownWishes
from storage.popular import popular_feeds, public_feed, shared_feed
from storage.rows import feed_of
from storage.saving import KEYS_AT_ONCE, Check, save_checks
from storage.tables import addresses, articles, feeds, identities, secrets
from storage.together import Together
from storage.whole import whole

# A batch of checks takes some hundredths of a second, so that nobody waits long for the next.
_MOST_TOGETHER = 200


# A feed's id, and keys of it by their digests.
Keys = tuple[int, Mapping[str, str]]


class SqlFeeds:
    """The feeds, and the one transaction in which a check of one is saved."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wishes = KnownWishes()
        self._checks = Together(self._save, name=lambda check: check.feed.id, weight=_weight, most=_MOST_TOGETHER)
        self._questions = Together(self._known, name=id, weight=lambda asked: len(asked[1]), most=KEYS_AT_ONCE)

    async def find(self, url: str) -> Feed | None:
        """The feed known by this address, or by a secret's name; None where no feed is."""
        async with self._database.reading() as connection:
            return await _find(connection, url)

    async def secret(self, feed_id: int) -> Secret | None:
        """Where a private feed is, and what opens it; None for a feed that has no secret."""
        query = select(secrets.c.address, secrets.c.authorization).where(secrets.c.feed_id == feed_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
            return None if row is None else Secret(row.address, row.authorization)

    @whole
    async def open_private(self, secret: Secret, *, now: datetime) -> Feed:
        """The feed that this secret opens, made if unknown."""
        async with self._database.writing() as connection:
            await serialise(connection, Lock.OPEN_FEED)
            return await _find(connection, secret.name) or await _make_private(connection, secret, now)

    @whole
    async def open(self, url: str, *, now: datetime, also: Collection[str] = ()) -> Feed:
        """The feed at this address, made if unknown; what another feed is known by stays with that one."""
        async with self._database.writing() as connection:
            await serialise(connection, Lock.OPEN_FEED)
            feed = await _find(connection, url) or await _make(connection, url, now, name=url)
            names = [name for name in also if name != url]
            if names:
                rows = [{"digest": digest(name), "url": name, "feed_id": feed.id} for name in names]
                await connection.execute(insert_new(connection, addresses), rows)
            return feed

    @whole
    async def claim_due(
        self, *, now: datetime, until: datetime, limit: int, per_host: int, spare: Collection[str] = ()
    ) -> list[Feed]:
        """Take due feeds, most overdue first, so that nobody else takes them before `until`.

        At most `per_host` of one host, none of the hosts in `spare`.
        """
        # Looked for while reading: most ticks find nothing, and need not wait for the writer to know it.
        async with self._database.reading() as connection:
            ids = await due_feeds(connection, now, limit=limit, per_host=per_host, spare=spare)
        if not ids:
            return []
        async with self._database.writing() as connection:
            return await claim_feeds(connection, ids, now, until)

    @whole
    async def rule_pages(self, feed_id: int, rule: PageRule) -> Feed | None:
        """Take an admin's word on a feed's pages; gives the feed, None where it is gone."""
        ruled = update(feeds).where(feeds.c.id == feed_id).values(page_rule=rule.value).returning(feeds)
        async with self._database.writing() as connection:
            row = (await connection.execute(ruled)).mappings().one_or_none()
            return None if row is None else feed_of(row)

    async def next_due(self) -> datetime | None:
        """When the next feed will be due (a claimed one: when its claim ends), None with no feed followed."""
        async with self._database.reading() as connection:
            return await earliest_due(connection)

    @whole
    async def release_claims(self) -> None:
        """Give back all claims."""
        async with self._database.writing() as connection:
            claimed = feeds.c.claimed_until.is_not(null())
            await connection.execute(update(feeds).where(claimed).values(claimed_until=None))

    async def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, Known]:
        """What is known in this feed under each of these keys; asked together with others that ask meanwhile."""
        return await self._questions.do((feed_id, {digest(key): key for key in keys}))

    async def _known(self, questions: Sequence[Keys]) -> Sequence[Mapping[str, Known]]:
        keys = [(feed_id, name) for feed_id, names in questions for name in names]
        found: dict[tuple[int, str], Known] = {}
        dialect = self._database.dialect
        async with self._database.reading() as connection:
            for start in range(0, len(keys), KEYS_AT_ONCE):
                some = asked(dialect, keys[start : start + KEYS_AT_ONCE])
                for row in await connection.execute(_known(dialect), some):
                    found[row.feed_id, row.digest] = Known(row.article_id, row.fingerprint or "", row.gone_at)
        return [
            {key: found[feed_id, name] for name, key in names.items() if (feed_id, name) in found}
            for feed_id, names in questions
        ]

    async def save_check(
        self,
        feed: Feed,
        *,
        new: Sequence[NewArticle] = (),
        corrections: Sequence[Correction] = (),
        renamed: Sequence[Renamed] = (),
        shown: Collection[str] = (),
        tell: Event | None = None,
    ) -> int:
        """Save a check whole or not at all, together with others that end at the same time (see `storage.saving`).

        Returns how many deliveries are owed.
        """
        return await self._checks.do(Check(feed, new, corrections, renamed, shown, tell))

    async def public(self, feed_id: int) -> Feed | None:
        """The feed of this id, None for a private one as for one that there isn't."""
        async with self._database.reading() as connection:
            return await public_feed(connection, feed_id)

    async def shared(self, mark: str) -> Feed | None:
        """The public feed of whose address, today's or a former one, this is the digest."""
        async with self._database.reading() as connection:
            return await shared_feed(connection, mark)

    async def popular(self, *, limit: int) -> list[Popular]:
        """The public feeds that most chats follow, at least two, those that most follow first."""
        async with self._database.reading() as connection:
            return await popular_feeds(connection, limit)

    async def _save(self, checks: Sequence[Check]) -> Sequence[int]:
        if self._wishes.is_stale:
            async with self._database.reading() as connection:
                await self._wishes.learn(connection)
        async with self._database.writing() as connection:
            return await save_checks(connection, self._wishes, checks)


@cache
def _known(dialect: str) -> Select[*tuple[Any, ...]]:
    known = select(identities.c.feed_id, identities.c.digest, identities.c.article_id, identities.c.gone_at)
    known = known.add_columns(articles.c.fingerprint)
    return known.select_from(joined_to_asked(dialect).outerjoin(articles, articles.c.id == identities.c.article_id))


def _weight(check: Check) -> int:
    """How much there is to write, in rows more or less."""
    return 1 + 4 * len(check.new) + len(check.corrections) + len(check.renamed)


async def _find(connection: AsyncConnection, url: str) -> Feed | None:
    query = select(feeds).join_from(feeds, addresses).where(addresses.c.digest == digest(url))
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else feed_of(row)


async def _make(connection: AsyncConnection, url: str, now: datetime, *, name: str) -> Feed:
    row = {"url": url, "host": host_of(url), "title": "", "next_check_at": now, "private": name != url}
    made = insert(feeds).values(row).returning(feeds)
    feed = feed_of((await connection.execute(made)).mappings().one())
    await connection.execute(insert(addresses).values(digest=digest(name), url=url, feed_id=feed.id))
    return feed


async def _make_private(connection: AsyncConnection, secret: Secret, now: datetime) -> Feed:
    """Of the secret nothing is written but in its own table, and a digest by which it is found again."""
    feed = await _make(connection, secret.origin, now, name=secret.name)
    row = {"feed_id": feed.id, "address": secret.address, "authorization": secret.authorization}
    await connection.execute(insert(secrets).values(row))
    return feed
