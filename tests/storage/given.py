"""What a test begins with: a moment, articles, chats, feeds that are followed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from news.article import Correction, NewArticle
from news.chat import Address, Chat
from news.delivery import Delivery
from news.feed import Feed, Validators
from news.secret import Secret
from storage.store import Store

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """A moment so many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def article(key: str = "guid", **changes: Any) -> NewArticle:
    """An article about to be saved."""
    plain = NewArticle(
        keys=(key,),
        fingerprint=f"print of {key}",
        title=f"Title {key}",
        summary="Summary.",
        text="Text.",
        link=f"https://outlet.example/{key}",
        image=None,
        author=None,
        language="uk",
        published_at=NOW,
        found_at=NOW,
        title_lemmas=("title", key),
        text_lemmas=("text",),
    )
    return replace(plain, **changes)


def telegram(chat_id: int, topic: int = 0) -> Address:
    """A Telegram chat's address."""
    return Address("telegram", chat_id, topic)


@dataclass(frozen=True)
class Given:
    """Short sentences about a store."""

    store: Store

    async def chat(self, chat_id: int, topic: int = 0) -> Chat:
        """A private chat that the bot has met."""
        return await self.store.chats.meet(
            telegram(chat_id, topic), kind="private", language="uk", timezone="Europe/Kyiv", now=NOW
        )

    async def feed(self, url: str, *followers: Chat) -> Feed:
        """A feed contacted before, with validators, that these chats follow."""
        made = await self.store.feeds.open(url, now=NOW)
        for chat in followers:
            await self.store.chats.follow(chat.id, made.id, now=NOW)
        feed = replace(
            made, title=f"Feed {url}", validators=Validators("etag", "yesterday"), checked_at=NOW, contacted_at=NOW
        )
        await self.store.feeds.save_check(feed)
        return feed

    async def private_feed(self, secret: Secret, *followers: Chat) -> Feed:
        """A private feed contacted before, that these chats follow."""
        made = await self.store.feeds.open_private(secret, now=NOW)
        for chat in followers:
            await self.store.chats.follow(chat.id, made.id, now=NOW)
        feed = replace(made, title="Private", checked_at=NOW, contacted_at=NOW)
        await self.store.feeds.save_check(feed)
        return feed

    async def published(self, feed: Feed, *articles: NewArticle) -> int:
        """A check of the feed found these; gives how many deliveries are owed."""
        return await self.store.feeds.save_check(feed, new=articles)

    async def corrected(self, feed: Feed, article_id: int, changed: NewArticle) -> int:
        """A check of the feed found an article changed."""
        return await self.store.feeds.save_check(feed, corrections=[Correction(article_id, changed)])

    async def owed(
        self, now: datetime = NOW, *, until: datetime | None = None, limit: int = 100, spare: Collection[int] = ()
    ) -> list[Delivery]:
        """Claim what may go, for a minute unless said otherwise."""
        lease = until or now + timedelta(seconds=60)
        return await self.store.outbox.claim(now=now, until=lease, limit=limit, spare=spare)

    async def titles(self, now: datetime = NOW, *, limit: int = 100) -> list[str]:
        """Claim what may go; gives the titles (a broadcast's text) in order."""
        claimed = await self.owed(now, limit=limit)
        return [one.text if one.article is None else one.article.title for one in claimed]
