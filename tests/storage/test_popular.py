"""What is followed most, and what of it others may know."""

from news.secret import Secret
from storage.store import Store
from tests.storage.given import NOW, Given


async def popular(store: Store, beside: int, limit: int = 10) -> list[tuple[int, int]]:
    """The feeds' ids, each with how many chats follow it."""
    return [(one.feed.id, one.chats) for one in await store.feeds.popular(beside=beside, limit=limit)]


async def test_feeds_of_at_least_two_other_chats_those_of_most_first(given: Given, store: Store) -> None:
    asks, *others = [await given.chat(number) for number in range(1, 5)]
    two = await given.feed("https://two.example/", *others[:2])
    three = await given.feed("https://three.example/", *others)
    await given.feed("https://one.example/", others[0], asks)
    await given.feed("https://own.example/", asks, *others)
    assert await popular(store, asks.id) == [(three.id, 3), (two.id, 2)]
    assert await popular(store, asks.id, limit=1) == [(three.id, 3)]


async def test_topics_of_one_group_are_one_chat_and_the_unreachable_are_none(given: Given, store: Store) -> None:
    asks = await given.chat(1)
    topics = [await given.chat(-5, topic=topic) for topic in range(3)]
    feed = await given.feed("https://a.example/", *topics)
    assert await popular(store, asks.id) == []
    other = await given.chat(2)
    await store.chats.follow(other.id, feed.id, now=NOW)
    assert await popular(store, asks.id) == [(feed.id, 2)]
    await store.chats.suspend(other.address, reason="blocked", now=NOW)
    assert await popular(store, asks.id) == []


async def test_private_feeds_are_neither_popular_nor_public(given: Given, store: Store) -> None:
    asks, first, second = [await given.chat(number) for number in (1, 2, 3)]
    secret = await store.feeds.open_private(Secret("https://a.example/?token=hush"), now=NOW)
    for one in (first, second):
        await store.chats.follow(one.id, secret.id, now=NOW)
    open_ = await given.feed("https://b.example/", first)
    assert await popular(store, asks.id) == []
    assert await store.feeds.public(secret.id) is None
    assert await store.feeds.public(999) is None
    found = await store.feeds.public(open_.id)
    assert found is not None
    assert found.url == "https://b.example/"
