"""Who is owed what: one article of two feeds once to a chat, and what is to be told of a feed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from news.delivery import Form, Sent
from news.errors import Problem
from news.feed import Feed
from news.notice import Event, Notice
from storage.database import Database
from storage.store import Store, store_on
from tests.storage.given import NOW, Given, after, article

PAGE = ("guid:1", "link:page")


async def chats_owed(given: Given) -> list[int]:
    return [one.chat.address.chat_id for one in await given.owed()]


async def two_feeds(given: Given) -> tuple[Feed, Feed]:
    """The main feed of an outlet followed by chats 1 and 2, a section's by chats 2 and 3."""
    one, both, other = [await given.chat(number) for number in (1, 2, 3)]
    main = await given.feed("https://a.example/rss", one, both)
    return main, await given.feed("https://a.example/section/rss", both, other)


async def test_an_article_of_two_feeds_of_an_outlet_reaches_each_chat_once(given: Given) -> None:
    main, section = await two_feeds(given)
    assert await given.published(main, article("one", keys=PAGE)) == 2
    assert await given.published(section, article("two", title="Corrected", keys=("guid:x", "link:page"))) == 1
    assert sorted(await chats_owed(given)) == [1, 2, 3]


async def test_what_was_sent_already_spares_the_chat_and_what_was_dropped_does_not(given: Given, store: Store) -> None:
    main, section = await two_feeds(given)
    await given.published(main, article("one", keys=PAGE))
    _, second = await given.owed()
    await store.outbox.settle(second, Sent(5), now=NOW)
    assert await given.published(section, article("two", keys=PAGE)) == 1
    await store.chats.unfollow(second.chat.id, main.id)
    await given.published(main, article("three", keys=("link:other",)))
    await store.chats.unfollow(1, main.id)
    await store.chats.follow(1, section.id, now=NOW)
    assert await given.published(section, article("four", keys=("link:other",))) == 3


async def test_the_rest_of_a_check_goes_in_its_order(given: Given) -> None:
    main, section = await two_feeds(given)
    await given.published(main, article("twin", keys=PAGE))
    later = [article("a"), article("twin", keys=PAGE), article("b")]
    assert await given.published(section, *later) == 5


@pytest.mark.parametrize(("title", "owed"), [("Title one", 0), ("What I think of it", 1)])
async def test_another_outlet_may_have_its_say_about_a_page_under_a_headline_of_its_own(
    given: Given, title: str, owed: int
) -> None:
    chat = await given.chat(1)
    outlet, blog = await given.feed("https://a.example/", chat), await given.feed("https://blog.example/", chat)
    await given.published(outlet, article("one", keys=PAGE))
    assert await given.published(blog, article("two", title=title, keys=PAGE)) == owed


async def test_two_feeds_checked_at_once_owe_a_page_once(
    given: Given, open_another: Callable[[], Awaitable[Database]]
) -> None:
    chats = [await given.chat(number) for number in range(1, 21)]
    main = await given.feed("https://a.example/rss", *chats)
    section = await given.feed("https://a.example/section", *chats)
    elsewhere = Given(store_on(await open_another()))
    pages = [article(f"{number}", keys=(f"link:{number}",)) for number in range(9)]
    owed = await asyncio.gather(given.published(main, *pages), elsewhere.published(section, *pages[::-1]))
    assert sum(owed) == 180


def failing(feed: Feed, *, since: float = 0, gone: bool = False) -> Feed:
    problem = Problem.GONE if gone else Problem.TOO_SLOW
    return replace(feed, problem=problem, failing_since=after(since), checked_at=after(since + 9), stopped=gone)


async def test_reachable_followers_are_told_once_in_each_time_that_a_feed_fails(given: Given, store: Store) -> None:
    chat, blocked = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", chat, blocked)
    await store.chats.suspend(blocked.address, reason="blocked", now=NOW)
    tell = store.feeds.save_check
    for since, owed in ((0, 1), (0, 0), (100, 1)):
        assert await tell(failing(feed, since=since), tell=Event.FAILING) == owed
    assert await tell(failing(feed, since=100, gone=True), tell=Event.GONE) == 1
    [told] = await given.owed(after(200))
    expected = Notice(Event.FAILING, feed.title, feed.url, False, Problem.TOO_SLOW, NOW)
    assert (told.form, told.chat, told.notice, told.article) == (Form.NOTICE, chat, expected, None)


async def test_news_goes_before_notices(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await store.feeds.save_check(failing(feed), tell=Event.FAILING)
    await given.published(await given.feed("https://b.example/", await given.chat(1)), article("one"))
    assert await given.titles(after(50)) == ["Title one"]


async def test_what_is_deleted_before_it_could_go_is_not_sent(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article("one"), article("two"))
    async with database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM articles WHERE id = 1")
    assert await given.owed() == []
    assert await given.titles() == ["Title two"]


async def test_reports_of_one_page_saved_together_are_counted_as_they_are_owed(given: Given, store: Store) -> None:
    readers = [await given.chat(number) for number in (1, 2, 3)]
    old, first = [await given.feed(f"https://a.example/{name}", *readers) for name in ("old", "first")]
    second = await given.feed("https://b.example/", *readers)
    page = "https://p.example/x"
    assert await given.published(old, article("t", title="Two", keys=("t", "link:x"), link=page)) == 3
    busy = asyncio.create_task(store.feeds.save_check(old))
    await asyncio.sleep(0)
    one, two = (article(title, title=title, keys=(title, "link:x"), link=page) for title in ("One", "Two"))
    owed = await asyncio.gather(given.published(first, one), given.published(second, two))
    await busy
    everything = [delivery for _ in range(3) for delivery in await given.owed()]
    assert sum(owed) + 3 == len(everything)
