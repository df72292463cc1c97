"""Keys of deleted articles, kept as long as their feed may show them."""

from dataclasses import replace
from datetime import timedelta

from news.article import Known
from news.feed import Feed
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.retention import Keep
from storage.store import Store
from tests.storage.given import Given, after, article

DAY = 86_400
KEEP = Keep(age=timedelta(days=100), number=None)


async def gone(given: Given, store: Store, database: Database, keys: tuple[str, ...] = ("one", "two")) -> Feed:
    """A feed whose only article was deleted 101 days after NOW."""
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one", keys=keys, owed=False))
    await SqlKeeper(database, KEEP, most=1).tidy(now=after(101 * DAY))
    return feed


async def heard(given: Given, feed: Feed, day: int) -> None:
    """Something new was found in the feed."""
    when = after(day * DAY)
    await given.published(replace(feed, news_at=when, checked_at=when), article(f"of day {day}", found_at=when))


async def known(store: Store, feed: Feed) -> dict[str, Known]:
    return dict(await store.feeds.known(feed.id, ["one", "two"]))


async def tidied(database: Database, day: int) -> int:
    """How many tombstones went."""
    return (await SqlKeeper(database, Keep(None, None), most=1).tidy(now=after(day * DAY))).get("tombstones", 0)


async def test_they_are_dated_when_the_house_is_tidied(given: Given, store: Store, database: Database) -> None:
    feed = await gone(given, store, database)
    assert await known(store, feed) == dict.fromkeys(["one", "two"], Known(None, "", after(101 * DAY)))
    await tidied(database, 200)
    assert await known(store, feed) == dict.fromkeys(["one", "two"], Known(None, "", after(101 * DAY)))


async def test_they_go_after_a_year_where_the_feed_had_news_since(
    given: Given, store: Store, database: Database
) -> None:
    feed = await gone(given, store, database)
    await heard(given, feed, 460)
    assert await tidied(database, 101 + 365) == 0
    assert await tidied(database, 101 + 366) == 2
    assert await known(store, feed) == {}


async def test_they_stay_where_the_feed_had_no_news(given: Given, store: Store, database: Database) -> None:
    feed = await gone(given, store, database)
    await heard(given, feed, 200)
    assert await tidied(database, 1_000) == 0
    assert len(await known(store, feed)) == 2


async def test_they_stay_where_the_feed_still_shows_them(given: Given, store: Store, database: Database) -> None:
    feed = await gone(given, store, database)
    await heard(given, feed, 460)
    await store.feeds.save_check(replace(feed, news_at=after(460 * DAY), checked_at=after(460 * DAY)), shown=["two"])
    assert await tidied(database, 101 + 366) == 1
    assert await known(store, feed) == {"two": Known(None, "", after(460 * DAY))}


async def test_what_has_its_article_still_is_none(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, article("one"))
    await store.feeds.save_check(replace(feed, checked_at=after(DAY)), shown=["one"])
    assert await known(store, feed) == {"one": Known(1, "print of one")}
