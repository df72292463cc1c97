"""What chats pick of what is published: filters spare their followers, watches bring what others would miss."""

import asyncio
from datetime import time

import pytest

from news.chat import Chat
from news.delivery import Form, Sent
from news.feed import Feed
from news.hours import Timetable
from news.secret import Secret
from storage.store import Store
from tests.storage.given import NOW, Given, after, article

ELECTION, MATCH = ("вибори", "мер"), ("футбол", "матч")


async def owed_to(given: Given, now: float = 0) -> dict[int, str]:
    claimed = await given.owed(after(now))
    return {one.chat.address.chat_id: one.article.title for one in claimed if one.article}


async def filtered(given: Given, store: Store, feed: Feed, number: int, words: str | None) -> Chat:
    chat = await given.chat(number)
    await store.chats.follow(chat.id, feed.id, now=NOW)
    assert await store.chats.set_filter(chat.id, feed.id, words)
    return chat


async def watching(store: Store, chat: Chat, words: str, *, everywhere: bool = False) -> None:
    made = await store.chats.watch(chat.id, words, now=NOW, most=50)
    assert made is not None
    await store.chats.set_everywhere(chat.id, made.id, everywhere)


async def test_each_follower_is_owed_what_passes_the_filter_of_that_feed(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    for number, words in enumerate(("вибори", "-футбол", "футбол", None, "title:вибори мер", "text, -вибори"), 1):
        await filtered(given, store, feed, number, words)
    assert await given.published(feed, article("e", title_lemmas=ELECTION)) == 4
    assert sorted(await owed_to(given)) == [1, 2, 4, 5]
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == 3
    other = await given.feed("https://b.example/", await given.chat(1))
    assert await given.published(other, article("x", title_lemmas=MATCH)) == 1


async def test_a_filter_taken_away_lets_all_come_again(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    chat = await filtered(given, store, feed, 1, "вибори")
    await store.chats.set_filter(chat.id, feed.id, None)
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == 1
    assert await store.chats.filters(chat.id) == {}


async def test_nobody_filters_what_is_not_followed(given: Given, store: Store) -> None:
    feed, chat = await given.feed("https://a.example/"), await given.chat(1)
    assert not await store.chats.set_filter(chat.id, feed.id, "вибори")
    assert await store.chats.filters(chat.id) == {}


async def test_deliveries_of_feeds_saved_together_are_counted_without_those_spared(given: Given, store: Store) -> None:
    readers = [await given.chat(number) for number in (1, 2, 3)]
    old = await given.feed("https://old.example/", *readers)
    first, second = [await given.feed(f"https://{name}.example/", *readers) for name in "ab"]
    await store.chats.set_filter(readers[0].id, first.id, "вибори")
    await store.chats.set_filter(readers[1].id, second.id, "-матч")
    busy = asyncio.create_task(store.feeds.save_check(old))
    await asyncio.sleep(0)
    news = [article("e", title_lemmas=ELECTION), article("m", title_lemmas=MATCH)]
    owed = await asyncio.gather(given.published(first, *news), given.published(second, *news))
    await busy
    assert list(owed) == [5, 5]
    assert (await store.keeper.overview(now=NOW)).owed == 10


async def test_a_report_that_was_spared_does_not_use_up_the_push_of_its_story(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    chat = await filtered(given, store, feed, 1, "вибори")
    other = await given.feed("https://b.example/", chat)
    await given.published(feed, article("m", title_lemmas=MATCH, story_id=7))
    assert await given.published(other, article("same", title_lemmas=MATCH, story_id=7)) == 1
    [push] = await given.owed()
    assert (push.form, push.also) == (Form.PUSH, ())


async def test_a_page_that_was_spared_comes_from_the_outlets_other_feed(given: Given, store: Store) -> None:
    main, section = await given.feed("https://a.example/rss"), await given.feed("https://a.example/section")
    chat = await filtered(given, store, main, 1, "вибори")
    await store.chats.follow(chat.id, section.id, now=NOW)
    page = ("guid:1", "link:page")
    assert await given.published(main, article("one", keys=page, title_lemmas=MATCH)) == 0
    assert await given.published(section, article("two", keys=page, title_lemmas=MATCH)) == 1


async def test_a_watch_brings_what_a_filter_would_spare_and_nothing_twice(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(2))
    chat = await filtered(given, store, feed, 1, "вибори")
    for words in ("матч", "футбол"):
        await watching(store, chat, words)
        await watching(store, await given.chat(2), words)
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == 2
    assert await given.published(feed, article("e", title_lemmas=ELECTION)) == 2
    assert await given.published(feed, article("n", title_lemmas=("погода",))) == 1


@pytest.mark.parametrize(("everywhere", "owed"), [(True, 1), (False, 0)])
async def test_what_is_not_followed_comes_to_who_watches_all_sources(
    given: Given, store: Store, everywhere: bool, owed: int
) -> None:
    feed, chat = await given.feed("https://a.example/"), await given.chat(1)
    await watching(store, chat, "матч", everywhere=everywhere)
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == owed
    assert len(await given.owed()) == owed


async def test_private_feeds_are_watched_by_their_followers_alone(given: Given, store: Store) -> None:
    owner, stranger = await given.chat(1), await given.chat(2)
    feed = await given.private_feed(Secret("https://c.example/?token=hush"), owner)
    await store.chats.set_filter(owner.id, feed.id, "вибори")
    for chat in (owner, stranger):
        await watching(store, chat, "матч", everywhere=True)
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == 1
    assert list(await owed_to(given)) == [1]


async def test_what_is_watched_for_waits_for_the_hours_of_its_chat(given: Given, store: Store) -> None:
    feed, chat = await given.feed("https://a.example/"), await given.chat(1)
    await watching(store, chat, "матч", everywhere=True)
    await store.chats.set_hours(chat.id, Timetable(digest=(time(18),), timezone="UTC"), now=NOW)
    await given.published(feed, article("m", title_lemmas=MATCH))
    assert await owed_to(given) == {}
    assert await owed_to(given, 6 * 3600) == {1: "Title m"}


async def test_who_paused_or_left_is_brought_nothing(given: Given, store: Store) -> None:
    feed, paused, gone = await given.feed("https://a.example/"), await given.chat(1), await given.chat(2)
    for chat in (paused, gone):
        await watching(store, chat, "матч", everywhere=True)
    await store.chats.pause(paused.id, None, keep=False, now=NOW)
    await store.chats.suspend(gone.address, reason="blocked", now=NOW)
    assert await given.published(feed, article("m", title_lemmas=MATCH)) == 0


async def test_a_wish_that_only_names_what_is_unwanted_brings_nothing(given: Given, store: Store) -> None:
    feed, chat = await given.feed("https://a.example/"), await given.chat(1)
    await watching(store, chat, "-матч", everywhere=True)
    assert await given.published(feed, article("e", title_lemmas=ELECTION)) == 0


async def test_a_correction_reaches_who_only_watches(given: Given, store: Store) -> None:
    feed, chat = await given.feed("https://a.example/"), await given.chat(1)
    for words in ("матч", "футбол"):
        await watching(store, chat, words, everywhere=True)
    await given.published(feed, article("m", title_lemmas=MATCH))
    [push] = await given.owed()
    await store.outbox.settle(push, Sent(5), now=NOW)
    assert await given.corrected(feed, 1, article("m", title="Better", found_at=after(9))) == 1
    [edit] = await given.owed(after(9))
    assert (edit.form, edit.message_id) == (Form.EDIT, 5)


async def test_watches_have_their_order_each_once_and_an_end(given: Given, store: Store) -> None:
    chat, other, chats = await given.chat(1), await given.chat(2), store.chats
    made = [await chats.watch(chat.id, words, now=NOW, most=2) for words in ("матч", "вибори", "матч", "погода")]
    assert made[3] is None
    assert made[0] == made[2]
    await chats.unwatch(other.id, 1)
    await chats.set_everywhere(other.id, 1, True)
    assert [(one.words, one.everywhere) for one in await chats.watches(chat.id)] == [("матч", False), ("вибори", False)]
    await chats.unwatch(chat.id, 1)
    assert [one.words for one in await chats.watches(chat.id)] == ["вибори"]


async def test_a_wish_is_kept_as_long_as_somebody_has_it(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await store.chats.set_filter(chat.id, feed.id, "вибори")
    await store.chats.watch(chat.id, "матч", now=NOW, most=9)
    await store.chats.set_urgent(chat.id, "тривога")
    assert "wishes" not in await store.keeper.tidy(now=NOW)
    await store.chats.set_filter(chat.id, feed.id, "матч")
    await store.chats.unwatch(chat.id, 1)
    assert (await store.keeper.tidy(now=NOW))["wishes"] == 1


async def test_a_feeds_newest_articles_are_read_newest_first(given: Given, store: Store) -> None:
    feed, other = await given.feed("https://a.example/"), await given.feed("https://b.example/")
    await given.published(feed, *(article(f"{n}", published_at=after(n), title_lemmas=(f"w{n}",)) for n in range(3)))
    await given.published(other, article("other", published_at=after(9)))
    read = await store.articles.readings(feed.id, 2)
    assert [(one.title, one.title_lemmas) for one in read] == [("Title 2", ("w2",)), ("Title 1", ("w1",))]
