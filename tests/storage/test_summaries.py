"""Written summaries and the day's requests, on both engines."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from news.article import Article
from news.secret import Secret
from news.style import Style
from storage.store import Store
from tests.storage.given import NOW, Given, article

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
USUAL, SHORT = Style("uk", 300), Style("uk", 150)


@pytest.fixture
async def saved(given: Given, store: Store) -> Article:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    [one] = await store.articles.get([1])
    return one


async def test_what_is_kept_is_found_in_its_style_alone(store: Store, saved: Article) -> None:
    await store.summaries.keep(saved, USUAL, "Виклад.")
    assert await store.summaries.find(saved, USUAL) == "Виклад."
    assert await store.summaries.find(saved, SHORT) is None
    assert await store.summaries.find(saved, Style("en", 300)) is None


async def test_a_corrected_article_has_no_summary_until_another_is_kept(store: Store, saved: Article) -> None:
    await store.summaries.keep(saved, USUAL, "Виклад.")
    corrected = replace(saved, title="Інше")
    assert await store.summaries.find(corrected, USUAL) is None
    await store.summaries.keep(corrected, USUAL, "Інший виклад.")
    assert await store.summaries.find(corrected, USUAL) == "Інший виклад."
    assert await store.summaries.find(saved, USUAL) is None


async def test_a_summary_goes_with_its_article(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.private_feed(Secret("https://a.example/rss?key=hush"), chat)
    await given.published(feed, article())
    [one] = await store.articles.get([1], viewer=chat.id)
    await store.summaries.keep(one, USUAL, "Виклад.")
    await store.chats.unfollow(chat.id, feed.id)
    assert await store.summaries.find(one, USUAL) is None
    await store.summaries.keep(one, USUAL, "Виклад.")
    assert await store.summaries.find(one, USUAL) is None


async def test_a_days_requests_are_counted_up_to_the_most(store: Store, saved: Article) -> None:
    asked = [await store.summaries.reserve(saved, day=TODAY, most=2) for _ in range(3)]
    assert asked == [True, True, False]
    assert await store.summaries.reserve(saved, day=TOMORROW, most=2)
    assert not await store.summaries.reserve(saved, day=TOMORROW, most=0)


async def test_requests_at_once_are_counted_each(store: Store, saved: Article) -> None:
    asked = await asyncio.gather(*(store.summaries.reserve(saved, day=TODAY, most=5) for _ in range(12)))
    assert sum(asked) == 5


async def test_an_article_that_is_gone_or_private_costs_nothing(given: Given, store: Store, saved: Article) -> None:
    chat = await given.chat(2)
    await given.published(await given.private_feed(Secret("https://b.example/rss?key=hush"), chat), article())
    [hidden] = await store.articles.get([2], viewer=chat.id)
    assert not await store.summaries.reserve(hidden, day=TODAY, most=1)
    assert not await store.summaries.reserve(replace(saved, id=99), day=TODAY, most=1)
    assert await store.summaries.reserve(saved, day=TODAY, most=1)


async def test_what_chats_want_of_new_articles_is_told(given: Given, store: Store) -> None:
    assert await store.summaries.newest() == 0
    chats = [await given.chat(number) for number in range(1, 5)]
    await store.chats.set_summary(chats[1].id, 150)
    await store.chats.set_summary(chats[2].id, 0)
    feed = await given.feed("https://a.example/", *chats)
    hidden = await given.private_feed(Secret("https://b.example/rss?key=hush"), chats[0])
    await given.published(feed, article("one"), article("two"), article("old", owed=False))
    await given.published(hidden, article("hidden"))
    told = await store.summaries.wanted(after=1, limit=9)
    assert [(one.title, wishes) for one, wishes in told] == [
        ("Title two", {("uk", 300), ("uk", 150)}),
        ("Title old", frozenset()),
    ]
    assert [one.title for one, _ in await store.summaries.wanted(after=0, limit=1)] == ["Title one"]
    assert await store.summaries.newest() == 4


async def test_what_was_sent_already_is_wanted_no_more(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    [claimed] = await given.owed()
    assert claimed.owed_at == NOW
    assert [wishes for _, wishes in await store.summaries.wanted(after=0, limit=9)] == [{("uk", 300)}]
    await store.chats.suspend(claimed.chat.address, reason="blocked", now=NOW)
    assert [wishes for _, wishes in await store.summaries.wanted(after=0, limit=9)] == [frozenset()]
