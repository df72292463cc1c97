"""Feeds, and how a check of one is saved."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from news.article import Correction, Known, NewArticle, Renamed
from news.feed import Feed
from news.notice import Event
from news.popular import Popular
from news.secret import Secret
from news.worth import PageRule


class Feeds(Protocol):
    """The feeds, and the one transaction in which a check of one is saved."""

    async def find(self, url: str) -> Feed | None:
        """The feed known by this address: its own, one it moved from, a page that named it; or by a secret's name."""

    async def secret(self, feed_id: int) -> Secret | None:
        """Where a private feed is, and what opens it; None for a feed that has no secret."""

    async def open_private(self, secret: Secret, *, now: datetime) -> Feed:
        """The feed that this secret opens, made if unknown (due at `now`)."""

    async def open(self, url: str, *, now: datetime, also: Collection[str] = ()) -> Feed:
        """The feed at this address, made if unknown (due at `now`); `also` are further addresses of it."""

    async def claim_due(
        self, *, now: datetime, until: datetime, limit: int, per_host: int, spare: Collection[str] = ()
    ) -> list[Feed]:
        """Take due feeds, most overdue first, so that nobody else takes them before `until`.

        At most `per_host` of one host, none of the hosts in `spare`.

        Only feeds that a reachable chat follows, that are not stopped, and whose claim is free.
        """

    async def rule_pages(self, feed_id: int, rule: PageRule) -> Feed | None:
        """Take an admin's word on a feed's pages, which no check changes; gives the feed, None where it is gone."""

    async def next_due(self) -> datetime | None:
        """When the next feed will be due (a claimed one: when its claim ends), None with no feed followed."""

    async def release_claims(self) -> None:
        """Give back all claims: called at start, when no other instance can hold one."""

    async def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, Known]:
        """What is known in this feed under each of these keys."""

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
        """Save a check whole or not at all: the feed's new state, its articles, the deliveries they owe.

        The feed's claim ends with it. Articles go in in the order given. Tombstones of the keys in `shown` are kept on.
        Followers are told of the event once in each time that the feed fails. Returns how many deliveries are owed.
        """

    async def public(self, feed_id: int) -> Feed | None:
        """The feed of this id, None for a private one as for one that there isn't."""

    async def shared(self, mark: str) -> Feed | None:
        """The public feed of whose address, today's or a former one, this is the digest (see `news.short_name`), None
        where there is none: so nobody who was given no link goes through all feeds by their numbers."""

    async def popular(self, *, limit: int) -> list[Popular]:
        """The public feeds that most chats follow, at least two, those that most follow first."""
