"""Private feeds: found by their secret alone, seen by their followers alone, forgotten with the last of them."""

import pytest
from sqlalchemy.exc import DBAPIError

from news.query import Query
from news.secret import Secret
from storage.database import Database
from storage.store import Store
from storage.tables import secrets
from tests.storage.given import NOW, Given, after, article, telegram

SECRET = Secret("https://a.example/rss?token=hush", "Basic aHVzaA==")
DAY = 86_400
RADA = Query(words=(frozenset({("рада",)}),))


async def test_a_private_feed_is_found_by_its_secret_alone(given: Given, store: Store) -> None:
    feed = await given.private_feed(SECRET)
    assert (feed.url, feed.private) == ("https://a.example/", True)
    assert await store.feeds.find(SECRET.name) == feed
    assert await store.feeds.secret(feed.id) == SECRET
    for url in (SECRET.address, feed.url):
        assert await store.feeds.find(url) is None


async def test_another_key_to_the_same_address_is_another_feed(given: Given, store: Store) -> None:
    feeds = [
        await store.feeds.open_private(SECRET, now=NOW),
        await store.feeds.open_private(Secret(SECRET.address), now=NOW),
        await store.feeds.open_private(Secret(SECRET.address, "Basic other"), now=NOW),
        await store.feeds.open(SECRET.address, now=NOW),
        await store.feeds.open("https://a.example/", now=NOW),
    ]
    assert len({feed.id for feed in feeds}) == 5
    assert (await store.feeds.open_private(SECRET, now=NOW)).id == feeds[0].id
    assert await store.feeds.secret(feeds[3].id) is None


async def test_a_check_neither_publishes_nor_merges_a_private_feed(given: Given, store: Store) -> None:
    public = await given.feed("https://a.example/", await given.chat(1))
    private = await given.private_feed(SECRET, await given.chat(2))
    assert await given.published(private, article("one")) == 1
    found = await store.feeds.find("https://a.example/")
    assert found is not None
    assert found.id == public.id


async def test_only_followers_see_the_articles_of_a_private_feed(given: Given, store: Store) -> None:
    follower, other = await given.chat(1), await given.chat(2)
    await given.published(await given.feed("https://b.example/"), article("public", title_lemmas=("рада",)))
    private = await given.private_feed(SECRET, follower)
    await given.published(private, *(article(f"{n}", title_lemmas=("рада",), published_at=after(n)) for n in range(5)))
    for viewer, ids in ((follower.id, {1, 2, 3, 4, 5, 6}), (other.id, {1}), (None, {1})):
        seen, terms = store.articles, RADA
        assert {one.id for one in await seen.get([1, 2, 3, 4, 5, 6], viewer=viewer)} == ids
        assert set(await seen.newest(9, viewer=viewer)) == ids
        assert {hit.id for hit in await seen.matches(terms, limit=9, viewer=viewer)} == ids
        assert {one.id for one in await seen.similar(["рада"], limit=9, viewer=viewer)} == ids
        assert (await seen.candidate(2, viewer=viewer) is not None) == (2 in ids)
    assert [hit.id for hit in await store.articles.matches(RADA, limit=1)] == [1]
    told = [one.text.title async for some in store.articles.told(since=after(-9), limit=9) for one in some]
    assert told == ["Title public"]


async def test_a_private_feed_and_its_secret_go_with_the_last_follower(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.private_feed(SECRET, first, second)
    await given.published(feed, article("one"))
    await store.chats.unfollow(first.id, feed.id)
    assert await store.feeds.secret(feed.id) == SECRET
    await store.chats.unfollow(second.id, feed.id)
    assert await store.feeds.secret(feed.id) is None
    assert await store.feeds.find(SECRET.name) is None
    assert await given.owed() == []
    assert await given.published(feed, article("two")) == 0


async def test_a_private_feed_is_tidied_away_after_its_last_follower(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.private_feed(SECRET, chat)
    await store.chats.suspend(telegram(1), reason="blocked", now=NOW)
    assert await store.keeper.tidy(now=after(29 * DAY)) == {}
    assert await store.keeper.tidy(now=after(31 * DAY)) == {"chats": 1, "feeds": 1}
    assert await store.feeds.secret(feed.id) is None


async def test_one_that_was_just_made_is_not_tidied_away(store: Store) -> None:
    await store.feeds.open_private(SECRET, now=NOW)
    assert await store.keeper.tidy(now=after(60)) == {}


async def test_errors_of_the_database_name_no_secret(given: Given, database: Database) -> None:
    row = {"feed_id": 404, "address": SECRET.address, "authorization": SECRET.authorization}
    async with database.reading() as connection:
        with pytest.raises(DBAPIError, match="INSERT") as caught:
            await connection.execute(secrets.insert().values(row))
    assert "hush" not in str(caught.value)
    assert "aHVz" not in str(caught.value)


async def test_one_article_of_two_feeds_is_listed_once_among_the_newest(given: Given, store: Store) -> None:
    for url, title in (
        ("https://a.example/1", "Same"),
        ("https://a.example/2", "Same"),
        ("https://e.example/", "Other"),
    ):
        await given.published(await given.feed(url), article("x", title=title, keys=("link:page",)))
    assert await store.articles.newest(9) == [3, 2]
    hits = await store.articles.matches(Query(words=(frozenset({("title",)}),)), limit=9)
    assert len({hit.page for hit in hits}) == 1
