"""A check saved: articles, stories, corrections, and what is owed."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from news.article import Known, Renamed
from news.feed import Feed, Validators
from news.gaps import CLASSES
from news.habits import Habits
from news.worth import Worth
from storage.store import Store
from tests.storage.given import NOW, Given, after, article


async def test_a_new_article_is_owed_to_every_follower(given: Given) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1), await given.chat(2))
    assert await given.published(feed, article()) == 2
    assert [one.chat.address.chat_id for one in await given.owed()] == [1, 2]


async def test_an_article_that_is_not_owed_is_saved_all_the_same(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    assert await given.published(feed, article(owed=False)) == 0
    assert len(await store.articles.latest(feed.id, 5)) == 1


async def test_a_chat_that_follows_another_feed_is_owed_nothing(given: Given) -> None:
    feed = await given.feed("https://a.example/")
    await given.feed("https://b.example/", await given.chat(1))
    assert await given.published(feed, article()) == 0


async def test_a_suspended_chat_is_owed_nothing(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", chat, other)
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    assert await given.published(feed, article()) == 1


async def test_an_article_saved_before_is_neither_saved_nor_owed_again(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"))
    assert await given.published(feed, article("one"), article("two")) == 1
    assert len(await store.articles.latest(feed.id, 5)) == 2


async def test_the_same_article_twice_in_one_check_is_saved_once(given: Given) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    assert await given.published(feed, article("one"), article("one")) == 1


async def test_an_article_with_one_new_key_is_saved_and_the_old_key_keeps_its_meaning(
    given: Given, store: Store
) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one"))
    await given.published(feed, article("two", keys=("one", "two")))
    known = await store.feeds.known(feed.id, ["one", "two", "three"])
    assert known == {"one": Known(1, "print of one"), "two": Known(2, "print of two")}


async def test_the_same_key_in_two_feeds_means_two_articles(given: Given) -> None:
    chat = await given.chat(1)
    for url in ("https://a.example/", "https://b.example/"):
        assert await given.published(await given.feed(url, chat), article("one")) == 1


async def test_keys_longer_than_an_index_takes_are_told_apart(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    long = "й" * 5000
    await given.published(feed, article(keys=(long + "1",)), article(keys=(long + "2",)))
    assert set(await store.feeds.known(feed.id, [long + "1", long + "2", long])) == {long + "1", long + "2"}


async def test_more_keys_than_a_statement_takes_are_looked_up(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("key 39999"))
    assert set(await store.feeds.known(feed.id, [f"key {n}" for n in range(40_000)])) == {"key 39999"}


async def test_text_that_a_database_refuses_is_saved_with_marks_in_its_place(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article(title="a\0b\ud800c й", title_lemmas=("a\0", "\udfff")))
    [saved] = await store.articles.latest(feed.id, 1)
    assert saved.title == "a\ufffdb\ufffdc й"


async def test_an_article_without_a_story_opens_one(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one"), article("two"))
    one, two = await store.articles.get([1, 2])
    assert one.story_id != two.story_id


async def test_an_article_joins_the_story_it_names(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one"))
    [one] = await store.articles.latest(feed.id, 1)
    joining = article("three", story_id=one.story_id, published_at=after(5))
    await given.published(feed, article("two"), joining, article("four"))
    stories = [saved.story_id for saved in await store.articles.get([1, 2, 3, 4])]
    assert stories[2] == one.story_id
    assert len(set(stories)) == 3


async def test_two_reports_of_one_event_open_its_story_whichever_is_saved_first(given: Given, store: Store) -> None:
    feeds = [await given.feed(f"https://{name}.example/") for name in "ab"]
    reports = [article("one", story_id=7, published_at=after(5)), article("two", story_id=7)]
    await asyncio.gather(*(given.published(feed, one) for feed, one in zip(feeds, reports, strict=True)))
    assert [one.story_id for one in await store.articles.get([1, 2])] == [7, 7]


async def test_stories_that_are_one_keep_the_id_of_one(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one", story_id=1), article("two", story_id=2))
    await store.articles.merge_stories([2], 1, now=NOW)
    await given.published(feed, article("three", story_id=2))
    await store.articles.merge_stories([1], 9, now=NOW)
    await given.published(feed, article("four", story_id=1), article("five", story_id=2), article("six", story_id=9))
    assert {one.story_id for one in await store.articles.get([1, 2, 3, 4, 5, 6])} == {9}


async def test_an_error_in_the_middle_leaves_nothing(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    changed = replace(feed, title="Changed", validators=Validators("new"), next_check_at=after(600))
    nameless: Any = None
    with pytest.raises(IntegrityError):
        await given.published(changed, article("one"), article("two", title=nameless))
    assert await store.feeds.find(feed.url) == feed
    assert await store.articles.latest(feed.id, 5) == []
    assert await store.feeds.known(feed.id, ["one", "two"]) == {}
    assert await given.owed() == []


async def test_everything_a_feed_remembers_comes_back(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    full = replace(
        feed,
        link="https://a.example/home",
        validators=Validators("e", "m"),
        next_check_at=after(1),
        checked_at=after(2),
        succeeded_at=after(3),
        news_at=after(4),
        failures=3,
        problem=None,
        failing_since=after(5),
        moved_to="https://c.example/",
        stopped=True,
        ttl=60.5,
        skip_hours=frozenset([0, 23]),
        skip_days=frozenset([6]),
        habits=Habits(after(6.000001), 7.25, (1.5,) * 7, (0.25,) * 24, (8.0,) * CLASSES),
        page_worth=Worth((True, False, False), again_at=after(7.000001), away_until=after(8)),
    )
    await store.feeds.save_check(full)
    assert await store.feeds.find(feed.url) == full


async def test_a_feed_that_moved_is_found_by_both_addresses(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    moved = replace(feed, url="https://new.example/")
    await store.feeds.save_check(moved)
    assert await store.feeds.find("https://a.example/") == moved
    assert await store.feeds.find("https://new.example/") == moved


async def test_a_feed_that_moved_to_another_feed_leaves_its_followers_there(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    old = await given.feed("https://a.example/", first, second)
    other = await given.feed("https://b.example/", second)
    await store.feeds.save_check(replace(old, url="https://b.example/"))
    assert await given.published(other, article()) == 2
    found = await store.feeds.find("https://a.example/")
    assert isinstance(found, Feed)
    assert found.id == other.id
    assert [one.id for one in await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)] == [other.id]


async def test_a_correction_changes_what_is_read_and_owes_nothing(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one", owed=False))
    [before] = await store.articles.latest(feed.id, 1)
    changed = article(
        "other",
        title="Corrected",
        summary="New summary.",
        text="New text.",
        link="https://a.example/new",
        image="https://a.example/image",
        fingerprint="new",
        published_at=after(100),
        found_at=after(100),
        story_id=404,
    )
    assert await given.corrected(feed, before.id, changed) == 0
    [now] = await store.articles.latest(feed.id, 2)
    assert (now.title, now.summary, now.text, now.link, now.image) == (
        "Corrected",
        "New summary.",
        "New text.",
        "https://a.example/new",
        "https://a.example/image",
    )
    assert (now.published_at, now.found_at, now.story_id) == (before.published_at, before.found_at, before.story_id)
    assert set((await store.feeds.known(feed.id, ["one", "other"])).values()) == {Known(before.id, "new")}
    assert await given.owed() == []


async def test_a_correction_without_a_picture_keeps_that_of_the_page(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one", image="https://a.example/image"))
    [before] = await store.articles.latest(feed.id, 1)
    await given.corrected(feed, before.id, article("one", title="Corrected"))
    [now] = await store.articles.latest(feed.id, 1)
    assert (now.title, now.image) == ("Corrected", "https://a.example/image")


async def test_further_keys_mean_what_the_known_ones_do(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"), article("two"))
    renamed = [Renamed(1, ("one", "other", "two")), Renamed(None, ("dead",)), Renamed(404, ("gone",))]
    assert await store.feeds.save_check(feed, renamed=renamed) == 0
    known = await store.feeds.known(feed.id, ["other", "two", "dead", "gone"])
    first, second, nothing = Known(1, "print of one"), Known(2, "print of two"), Known(None, "")
    assert known == {"other": first, "two": second, "dead": nothing, "gone": nothing}


async def test_a_correction_of_an_article_that_is_gone_is_passed_over(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.corrected(feed, 404, article("one"))
    assert await store.feeds.known(feed.id, ["one"]) == {}


async def test_a_check_of_a_feed_that_is_gone_saves_nothing(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    assert await given.published(replace(feed, id=404), article()) == 0
    assert await store.articles.get([1]) == []
