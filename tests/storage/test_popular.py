"""What is followed most, and what of it others may know."""

from datetime import timedelta

from news.favourites import COUNTED_EVERY, Favourites
from news.secret import Secret
from news.short_name import digest
from storage.store import Store
from tests.storage.given import NOW, Given


async def popular(store: Store, limit: int = 10) -> list[tuple[int, int]]:
    """The feeds' ids, each with how many chats follow it."""
    return [(one.feed.id, one.chats) for one in await store.feeds.popular(limit=limit)]


async def test_feeds_of_at_least_two_chats_those_of_most_first(given: Given, store: Store) -> None:
    chats = [await given.chat(number) for number in range(1, 4)]
    two = await given.feed("https://two.example/", *chats[:2])
    three = await given.feed("https://three.example/", *chats)
    await given.feed("https://one.example/", chats[0])
    assert await popular(store) == [(three.id, 3), (two.id, 2)]
    assert await popular(store, limit=1) == [(three.id, 3)]


async def test_topics_of_one_group_are_one_chat_and_the_unreachable_are_none(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", *[await given.chat(-5, topic=topic) for topic in range(3)])
    assert await popular(store) == []
    other = await given.chat(2)
    await store.chats.follow(other.id, feed.id, now=NOW)
    assert await popular(store) == [(feed.id, 2)]
    await store.chats.suspend(other.address, reason="blocked", now=NOW)
    assert await popular(store) == []


async def test_private_feeds_are_neither_popular_nor_public(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    secret = await given.private_feed(Secret("https://a.example/?token=hush"), first, second)
    open_ = await given.feed("https://b.example/", first)
    assert await popular(store) == []
    assert await store.feeds.public(secret.id) is None
    assert await store.feeds.public(999) is None
    found = await store.feeds.public(open_.id)
    assert found is not None
    assert found.url == "https://b.example/"


async def test_a_shared_address_leads_to_a_public_feed_after_it_moved_too(given: Given, store: Store) -> None:
    feed, secret = await given.feed("https://a.example/"), Secret("https://c.example/?token=hush")
    await given.private_feed(secret, await given.chat(1))
    await store.feeds.open(feed.url, now=NOW, also=["https://old.example/"])
    found = [await store.feeds.shared(digest(url)) for url in ("https://a.example/", "https://old.example/")]
    assert [one and one.id for one in found] == [feed.id] * 2
    hidden = (secret.name, secret.origin, secret.address, "https://nobody.example/")
    assert [await store.feeds.shared(digest(url)) for url in hidden] == [None] * 4


async def test_they_are_counted_now_and_then_and_ones_own_left_out_at_once(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    favourites = Favourites(store.feeds)

    async def found(seconds: float, *own: int) -> list[int]:
        now = NOW + timedelta(seconds=seconds)
        return [one.feed.id for one in await favourites.beside(own, now=now, limit=5)]

    assert await found(0) == [feed.id]
    assert await found(1, feed.id) == []
    later = await given.feed("https://b.example/", first, second)
    assert await found(COUNTED_EVERY.total_seconds() - 1) == [feed.id]
    assert await found(COUNTED_EVERY.total_seconds()) == [feed.id, later.id]
