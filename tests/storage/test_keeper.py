"""Figures and housekeeping."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from news.delivery import Kind, Refused, Sent
from news.hours import Timetable
from news.ports import Overview, Received
from news.secret import Secret
from storage.database import Database
from storage.gathering import numbered
from storage.keeper import SqlKeeper
from storage.store import Store, store_on
from storage.tables import chats, deliveries, timetables
from tests.storage.given import NOW, Given, after, article, telegram

DAYS = 86_400
NIGHT = (time(23), time(7))


async def test_an_empty_storage_is_all_zeros(store: Store) -> None:
    overview = await store.keeper.overview(now=NOW)
    assert overview.size > 0
    assert replace(overview, size=0) == Overview(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 0.0, None, 0)


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
    overview = await store.keeper.overview(now=after(30))
    assert overview == Overview(
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
        oldest=NOW,
        size=overview.size,
    )


async def test_a_chat_suspended_for_thirty_days_goes_with_all_it_had(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", chat, other)
    await given.published(feed, article())
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    assert await store.keeper.tidy(now=after(30 * DAYS)) == {}
    assert await store.keeper.tidy(now=after(30 * DAYS + 1)) == {"deliveries": 1, "chats": 1}
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
    assert ([one.feed.id for one in followed], back.look.summary_length) == (([feed.id], 150) if kept else ([], 300))
    assert await given.owed() == []


async def test_what_was_settled_long_ago_goes_and_what_is_owed_stays(given: Given, store: Store) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    first, second, _ = await given.owed()
    await store.outbox.settle(first, Sent(1), now=NOW)
    await store.outbox.settle(second, Refused("no"), now=NOW)
    assert await store.keeper.tidy(now=after(31 * DAYS)) == {"deliveries": 2}
    overview = await store.keeper.overview(now=NOW)
    assert (overview.owed, overview.sent, overview.failed) == (1, 0, 0)


@pytest.mark.parametrize("status", ["owed", "gathered"])
async def test_what_is_owed_to_a_chat_that_is_gone_goes(
    given: Given, store: Store, database: Database, status: str
) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    lost = {"chat_id": 404, "kind": Kind.ARTICLE, "urgency": 10, "status": status, "not_before": NOW, "created_at": NOW}
    async with database.writing() as connection:
        await connection.execute(insert(deliveries), [{**lost, "subject": number} for number in (1, 2, 3)])
    assert await store.keeper.tidy(now=NOW) == {"deliveries": 3}
    assert (await store.keeper.overview(now=NOW)).owed == 1


async def test_old_searches_go_and_those_asked_again_stay(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for text, asked in (("old", 0), ("kept", 0), ("kept", 20 * DAYS)):
        await store.articles.remember(chat.id, text, now=after(asked))
    assert await store.keeper.tidy(now=after(31 * DAYS)) == {"notes": 1}
    assert await store.articles.recall(chat.id, 2) == "kept"


async def test_more_is_deleted_than_fits_in_one_portion(given: Given, store: Store, database: Database) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, *(article(f"{n}") for n in range(5)))
    await store.chats.unfollow(chat.id, feed.id)
    assert await SqlKeeper(database, most=2).tidy(now=after(31 * DAYS)) == {"deliveries": 5}


async def test_what_there_is_no_time_for_waits_for_the_next(given: Given, store: Store, database: Database) -> None:
    chat = await given.chat(1)
    await store.articles.remember(chat.id, "old", now=NOW)
    assert await SqlKeeper(database, seconds=0).tidy(now=after(31 * DAYS)) == {}
    assert await store.keeper.tidy(now=after(31 * DAYS)) == {"notes": 1}


async def test_hours_and_words_that_no_chat_has_any_more_go(given: Given, store: Store, database: Database) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    for one in (chat, other):
        await store.chats.set_hours(one.id, Timetable(quiet=NIGHT), now=NOW)
        await store.chats.set_urgent(one.id, "тривога")
    await store.chats.set_hours(chat.id, Timetable(), now=NOW)
    await store.chats.set_urgent(chat.id, None)
    assert await store.keeper.tidy(now=NOW) == {}
    await store.chats.set_hours(other.id, Timetable(), now=NOW)
    await store.chats.set_urgent(other.id, None)
    assert await store.keeper.tidy(now=NOW) == {"timetables": 1, "wishes": 1}


async def test_hours_that_a_chat_is_just_taking_stay(
    engine: str, given: Given, store: Store, database: Database, open_another: Callable[[], Any]
) -> None:
    if engine == "sqlite":
        pytest.skip("one writes at a time")
    chat = await given.chat(1)
    await store.chats.set_hours(chat.id, Timetable(quiet=NIGHT), now=NOW)
    await store.chats.set_hours(chat.id, Timetable(), now=NOW)
    [text] = await texts(database)
    elsewhere = store_on(await open_another())
    async with database.writing() as connection:
        number = await numbered(connection, timetables, text)
        # As somebody else, who holds no connection.
        tidying = asyncio.create_task(elsewhere.keeper.tidy(now=NOW), context=Context())
        assert await tidying == {}
        await connection.execute(update(chats).values(timetable_id=number))
    assert await elsewhere.keeper.tidy(now=NOW) == {}
    assert await texts(database) == [text]


async def texts(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list(await connection.scalars(select(timetables.c.text)))


async def test_a_forsaken_feeds_articles_go_before_it(given: Given, store: Store, database: Database) -> None:
    chat = await given.chat(1)
    feed = await given.private_feed(Secret("https://a.example/?key=1", ""), chat)
    await given.published(feed, article("1", owed=False), article("2", owed=False), article("3", owed=False))
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    gone = await SqlKeeper(database, most=2).tidy(now=after(31 * DAYS))
    assert gone == {"chats": 1, "articles": 3, "feeds": 1, "stories": 3}
