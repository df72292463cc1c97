"""Feeds that fall asleep with their last reachable follower, and wake with their next one."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select

from news.chat import Chat
from news.feed import Feed
from news.secret import Secret
from storage.database import Database
from storage.dormancy import followed
from storage.due import claim_feeds
from storage.store import Store
from storage.tables import feeds
from tests.storage.given import NOW, Given, after, article, telegram

DAYS = 86_400


async def due(store: Store) -> list[str]:
    """Claim what is due and take the claims back; gives the addresses. When that is, next_due says too."""
    claimed = await store.feeds.claim_due(now=NOW, until=after(60), limit=99, per_host=9)
    await store.feeds.release_claims()
    assert await store.feeds.next_due() == min((feed.next_check_at for feed in claimed), default=None)
    return sorted(feed.url for feed in claimed)


# --- Falling asleep ---


async def test_a_feed_that_was_opened_and_never_followed_sleeps(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    assert await due(store) == []
    await given.published(feed, article())
    assert await due(store) == []


async def test_a_feed_sleeps_once_its_last_follower_has_left(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    await store.chats.unfollow(first.id, feed.id)
    assert await due(store) == [feed.url]
    await store.chats.unfollow(second.id, feed.id)
    assert await due(store) == []


async def test_a_feed_sleeps_once_its_last_reachable_follower_is_suspended(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    await store.chats.suspend(first.address, reason="blocked", now=NOW)
    assert await due(store) == [feed.url]
    await store.chats.suspend(second.address, reason="blocked", now=NOW)
    assert await due(store) == []


async def test_a_check_under_way_does_not_wake_a_feed_that_fell_asleep(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await given.feed("https://a.example/", chat)
    [claimed] = await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    await store.chats.unfollow(chat.id, claimed.id)
    await given.published(claimed, article())
    assert await due(store) == []


async def test_a_feed_that_falls_asleep_before_it_is_taken_is_not_taken(
    given: Given, store: Store, database: Database
) -> None:
    chat = await given.chat(1)
    leaving, staying = [await given.feed(f"https://{name}.example/", chat) for name in ("leaving", "staying")]
    await store.chats.unfollow(chat.id, leaving.id)
    async with database.writing() as connection:
        taken = await claim_feeds(connection, [leaving.id, staying.id], NOW, after(60))
    assert [feed.id for feed in taken] == [staying.id]


async def test_what_another_has_taken_or_checked_meanwhile_is_not_taken(
    given: Given, store: Store, database: Database
) -> None:
    chat = await given.chat(1)
    checked, held = [await given.feed(f"https://{name}.example/", chat) for name in ("checked", "held")]
    await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    await store.feeds.save_check(replace(checked, next_check_at=after(30)))
    async with database.writing() as connection:
        assert await claim_feeds(connection, [checked.id, held.id], NOW, after(60)) == []


async def test_a_tick_that_finds_nothing_waits_for_no_writer(given: Given, store: Store, database: Database) -> None:
    async def tick() -> tuple[list[Feed], datetime | None]:
        found = await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
        return found, await store.feeds.next_due()

    await given.feed("https://a.example/")
    async with database.writing():
        # Of its own context: it is somebody else who writes.
        assert await asyncio.create_task(tick(), context=Context()) == ([], None)


async def test_what_is_left_of_a_feed_that_became_another_sleeps(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    old, new = [await given.feed(f"https://{name}.example/", chat) for name in ("old", "new")]
    for feed in (old, new):
        await given.published(feed, article("both"))
    await store.feeds.save_check(replace(old, url=new.url))
    assert (await store.keeper.overview(now=NOW)).feeds == 2
    assert await due(store) == [new.url]


# --- Waking ---


async def test_a_sleeping_feed_wakes_when_it_is_followed(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first)
    await store.chats.unfollow(first.id, feed.id)
    await store.chats.follow(second.id, feed.id, now=after(5))
    assert await due(store) == [feed.url]


async def test_a_feed_that_a_suspended_chat_follows_wakes_when_another_follows_it(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first)
    await store.chats.suspend(first.address, reason="blocked", now=NOW)
    await store.chats.follow(second.id, feed.id, now=NOW)
    assert await due(store) == [feed.url]


async def test_a_suspended_chat_that_follows_wakes_nothing(given: Given, store: Store) -> None:
    chat, feed = await given.chat(1), await given.feed("https://a.example/")
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    await store.chats.follow(chat.id, feed.id, now=NOW)
    assert await due(store) == []


async def test_feeds_wake_when_their_follower_comes_back_in_any_topic(given: Given, store: Store) -> None:
    chat, topic = await given.chat(-1), await given.chat(-1, topic=7)
    urls = [(await given.feed(f"https://{one.id}.example/", one)).url for one in (chat, topic)]
    await store.chats.suspend(chat.address, reason="kicked", now=NOW)
    assert await due(store) == []
    await given.chat(-1, topic=9)
    assert await due(store) == sorted(urls)


async def test_a_private_feed_wakes_when_its_follower_comes_back(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await given.private_feed(Secret("https://a.example/rss?token=hush"), chat)
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    assert await due(store) == []
    await given.chat(1)
    assert await due(store) == ["https://a.example/"]


async def test_feeds_wake_when_their_suspended_follower_has_moved(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(-1))
    await store.chats.suspend(telegram(-1), reason="kicked", now=NOW)
    await store.chats.move(telegram(-1), telegram(-100))
    assert await due(store) == [feed.url]


@pytest.mark.parametrize("suspended", [-1, -100])
async def test_feeds_of_both_are_awake_when_a_chat_has_moved_to_another_one(
    given: Given, store: Store, suspended: int
) -> None:
    urls = [(await given.feed(f"https://{-number}.example/", await given.chat(number))).url for number in (-1, -100)]
    await store.chats.suspend(telegram(suspended), reason="kicked", now=NOW)
    await store.chats.move(telegram(-1), telegram(-100))
    assert await due(store) == sorted(urls)


async def test_a_sleeping_feed_wakes_when_one_that_is_followed_becomes_it(given: Given, store: Store) -> None:
    old, new = await given.feed("https://a.example/", await given.chat(1)), await given.feed("https://b.example/")
    await store.feeds.save_check(replace(old, url=new.url))
    assert await due(store) == [new.url]


async def test_a_sleeping_feed_sleeps_on_when_one_without_reachable_followers_becomes_it(
    given: Given, store: Store
) -> None:
    chat = await given.chat(1)
    old, new = await given.feed("https://a.example/", chat), await given.feed("https://b.example/")
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    await store.feeds.save_check(replace(old, url=new.url))
    assert await due(store) == []
    await given.chat(1)
    assert await due(store) == [new.url]


# --- All of it, in any order ---


class Life:
    """Chats and feeds to which things happen by chance."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._chance = random.Random(seed)
        self._addresses = [telegram(number, topic) for number in (-1, -2, -3) for topic in (0, 7)]
        self._urls = [f"https://{number}.example/" for number in range(4)]

    async def step(self) -> None:
        """Let something happen."""
        happenings: list[Callable[[], Awaitable[object]]] = [
            *[self._follow] * 4,
            self._unfollow,
            self._suspend,
            self._meet,
            self._move,
            self._become_another,
            partial(self._store.keeper.tidy, now=after(31 * DAYS)),
        ]
        await self._chance.choice(happenings)()

    async def _chat(self) -> Chat:
        address = self._chance.choice(self._addresses)
        known = await self._store.chats.find(address)
        return known or await self._meet()

    async def _meet(self) -> Chat:
        address = self._chance.choice(self._addresses)
        return await self._store.chats.meet(address, kind="group", language="uk", timezone="UTC", now=NOW)

    async def _feed(self) -> Feed:
        return await self._store.feeds.open(self._chance.choice(self._urls), now=NOW)

    async def _follow(self) -> None:
        await self._store.chats.follow((await self._chat()).id, (await self._feed()).id, now=NOW)

    async def _unfollow(self) -> None:
        await self._store.chats.unfollow((await self._chat()).id, (await self._feed()).id)

    async def _suspend(self) -> None:
        await self._store.chats.suspend((await self._chat()).address, reason="kicked", now=NOW)

    async def _move(self) -> None:
        await self._store.chats.move(*self._chance.sample(self._addresses, 2))

    async def _become_another(self) -> None:
        await self._store.feeds.save_check(replace(await self._feed(), url=self._chance.choice(self._urls)))


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_awake_are_the_feeds_that_a_reachable_chat_follows(
    store: Store, database: Database, seed: int
) -> None:
    life, seen = Life(store, seed), set[bool]()
    for _ in range(80):
        await life.step()
        async with database.reading() as connection:
            rows = (await connection.execute(select(feeds.c.awake, followed().label("followed")))).all()
        assert [row.awake for row in rows] == [bool(row.followed) for row in rows]
        seen |= {row.awake for row in rows}
    assert seen == {True, False}


@pytest.mark.parametrize("ends_reachable", [True, False])
async def test_chats_that_come_and_go_at_once_leave_a_feed_as_the_last_of_them_does(
    given: Given, store: Store, database: Database, ends_reachable: bool
) -> None:
    first = await given.chat(1)
    feeds_ = [await given.feed(f"https://{name}.example/", first) for name in ("a", "b")]

    async def come_and_go(number: int) -> None:
        chat = await given.chat(number)
        for feed in feeds_:
            await store.chats.follow(chat.id, feed.id, now=NOW)
        await store.chats.suspend(chat.address, reason="blocked", now=NOW)
        await given.chat(number)
        for feed in feeds_:
            await given.published(feed, article(f"{number}"))
            await store.chats.unfollow(chat.id, feed.id)
        if ends_reachable and number == 5:
            await store.chats.follow(chat.id, feeds_[0].id, now=NOW)

    await store.chats.suspend(first.address, reason="blocked", now=NOW)
    await asyncio.gather(*(come_and_go(number) for number in range(2, 9)))
    assert await due(store) == [feeds_[0].url] * ends_reachable
