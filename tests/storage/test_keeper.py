"""Figures and housekeeping."""

from dataclasses import replace

import pytest

from news.delivery import Refused, Sent
from news.ports import Overview, Received
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram

DAYS = 86_400


async def test_an_empty_storage_is_all_zeros(store: Store) -> None:
    assert await store.keeper.overview(now=NOW) == Overview(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 0.0)


async def test_the_overview_counts_what_is_there(given: Given, store: Store) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3, 4)]
    feed = await given.feed("https://a.example/", *chats)
    failing = await given.feed("https://b.example/", chats[0])
    await store.feeds.save_check(replace(failing, failures=2, checked_at=after(5)))
    await given.published(replace(feed, next_check_at=after(90)), article())
    first, second, *_ = await given.owed()
    await store.outbox.settle(first, Sent(1), now=NOW)
    await store.outbox.settle(second, Refused("no"), now=NOW)
    await store.chats.suspend(telegram(4), reason="blocked", now=NOW)
    await store.inbox.store([Received(1, "lane", "{}")], now=NOW)
    assert await store.keeper.overview(now=after(30)) == Overview(
        feeds=2,
        failing=1,
        articles=1,
        chats=4,
        suspended=1,
        subscriptions=5,
        owed=1,
        sent=1,
        failed=1,
        waiting_updates=1,
        last_poll_at=after(5),
        lag=30.0,
    )


async def test_a_chat_suspended_for_thirty_days_goes_with_all_it_had(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", chat, other)
    await given.published(feed, article())
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    assert await store.keeper.tidy(now=after(30 * DAYS)) == 0
    assert await store.keeper.tidy(now=after(30 * DAYS + 1)) == 1
    overview = await store.keeper.overview(now=NOW)
    assert (overview.chats, overview.subscriptions, overview.owed) == (1, 1, 1)


@pytest.mark.parametrize(("days", "kept"), [(30, True), (31, False)])
async def test_a_group_that_lets_us_in_again_within_thirty_days_finds_all_as_it_was(
    given: Given, store: Store, days: int, kept: bool
) -> None:
    group = await given.chat(-1)
    feed = await given.feed("https://a.example/", group)
    await store.chats.set_summary(group.id, 150)
    await given.published(feed, article("owed"))
    await store.chats.suspend(group.address, reason="left", now=NOW)
    await store.keeper.tidy(now=after(days * DAYS))
    back = await given.chat(-1)
    followed = await store.chats.subscriptions(back.id)
    assert ([one.feed.id for one in followed], back.summary_length) == (([feed.id], 150) if kept else ([], 300))
    assert await given.owed() == []


async def test_what_was_settled_long_ago_goes_and_what_is_owed_stays(given: Given, store: Store) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    first, second, _ = await given.owed()
    await store.outbox.settle(first, Sent(1), now=NOW)
    await store.outbox.settle(second, Refused("no"), now=NOW)
    assert await store.keeper.tidy(now=after(31 * DAYS)) == 2
    overview = await store.keeper.overview(now=NOW)
    assert (overview.owed, overview.sent, overview.failed) == (1, 0, 0)


async def test_old_searches_go_and_those_asked_again_stay(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for text, asked in (("old", 0), ("kept", 0), ("kept", 20 * DAYS)):
        await store.articles.remember(chat.id, text, now=after(asked))
    assert await store.keeper.tidy(now=after(31 * DAYS)) == 1
    assert await store.articles.recall(chat.id, 2) == "kept"


async def test_more_is_deleted_than_fits_in_one_portion(given: Given, store: Store, database: Database) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, *(article(f"{n}") for n in range(5)))
    await store.chats.unfollow(chat.id, feed.id)
    assert await SqlKeeper(database, portion=2).tidy(now=after(31 * DAYS)) == 5
