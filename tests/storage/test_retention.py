"""How long articles are kept."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from news.article import NewArticle
from news.delivery import Sent
from news.query import parse_query
from news.style import Style
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.retention import Keep
from storage.store import Store
from storage.tables import stories, summaries
from tests.storage.given import NOW, Given, after, article

DAY = 86_400
YEAR = Keep(age=timedelta(days=365), number=None)


def found(key: str, day: int, **changes: object) -> NewArticle:
    """An article found so many days after NOW, and owed to nobody."""
    moment = after(day * DAY)
    return article(key, **{"found_at": moment, "published_at": moment, "owed": False, **changes})


async def tidied(database: Database, keep: Keep, day: int, *, most: int = 2) -> Mapping[str, int]:
    """What went when the house was tidied on this day, in portions of two."""
    return await SqlKeeper(database, keep, most=most).tidy(now=after(day * DAY))


async def kept(store: Store) -> list[str]:
    """The titles of the first feed's articles, oldest first."""
    return [one.title.removeprefix("Title ") for one in reversed(await store.articles.latest(1, 100))]


async def rows(database: Database, table: object) -> int:
    async with database.reading() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


async def test_articles_older_than_that_go_and_are_not_found_any_more(
    given: Given, store: Store, database: Database
) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, *(found(f"{day}", day) for day in range(6)))
    assert await tidied(database, YEAR, 365) == {}
    assert await tidied(database, YEAR, 368) == {"articles": 3, "stories": 3}
    assert await kept(store) == ["3", "4", "5"]
    hits = await store.articles.matches(parse_query("title", now=NOW), limit=10)
    assert sorted(hit.title for hit in hits) == ["title 3", "title 4", "title 5"]


async def test_an_old_article_is_kept_as_long_as_others_from_when_it_was_found(
    given: Given, store: Store, database: Database
) -> None:
    await given.published(await given.feed("https://a.example/"), found("old", 0, published_at=after(-900 * DAY)))
    assert await tidied(database, YEAR, 300) == {}
    assert await kept(store) == ["old"]


async def test_of_more_articles_than_that_the_oldest_go(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), *(found(f"{day}", day) for day in range(7)))
    assert (await tidied(database, Keep(None, 3), 7))["articles"] == 4
    assert await kept(store) == ["4", "5", "6"]
    assert await tidied(database, Keep(None, 3), 7) == {}


async def test_without_a_limit_articles_are_kept_for_ever(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), found("0", 0))
    assert await tidied(database, Keep(None, None), 36_500) == {}


async def test_an_article_goes_with_its_summaries(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), found("0", 0))
    [saved] = await store.articles.get([1])
    await store.summaries.keep(saved, Style("uk", 300), "Виклад.")
    await tidied(database, YEAR, 366)
    assert await rows(database, summaries) == 0


async def test_an_article_that_is_still_owed_stays(given: Given, store: Store, database: Database) -> None:
    chats = [await given.chat(n) for n in (1, 2)]
    await store.chats.pause(chats[1].id, None, keep=True, now=NOW)
    feed = await given.feed("https://a.example/", *chats)
    await given.published(feed, *(article(f"{n}") for n in range(3)))
    assert await tidied(database, Keep(None, 1), 0) == {}
    # All are sent to one chat, and wait for the end of the other's pause.
    for second in range(3):
        [delivery] = await given.owed(after(second))
        await store.outbox.settle(delivery, Sent(second), now=after(second))
    assert await tidied(database, Keep(None, 1), 10) == {}
    await store.chats.unfollow(chats[1].id, feed.id)
    assert await tidied(database, Keep(None, 1), 10) == {"articles": 2}


async def test_an_article_whose_message_may_still_change_stays(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article("0"), found("1", 1))
    [delivery] = await given.owed()
    await store.outbox.settle(delivery, Sent(1), now=NOW)
    assert await tidied(database, Keep(None, 1), 1) == {}
    assert await kept(store) == ["0", "1"]
    assert await tidied(database, Keep(None, 1), 3) == {"articles": 1}


async def test_those_that_stay_do_not_stand_in_the_way_of_others(
    given: Given, store: Store, database: Database
) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("owed 1"), article("owed 2"), article("owed 3"), found("3", 0), found("4", 0))
    assert (await tidied(database, YEAR, 366))["articles"] == 2
    assert await kept(store) == ["owed 1", "owed 2", "owed 3"]


async def test_a_deleted_article_does_not_come_back(given: Given, store: Store, database: Database) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, found("0", 0))
    await tidied(database, YEAR, 366)
    assert await given.published(feed, article("0")) == 0
    assert await kept(store) == []


async def test_a_story_goes_with_its_last_report(given: Given, store: Store, database: Database) -> None:
    feed = await given.feed("https://a.example/")
    await given.published(feed, found("0", 0, story_id=7), found("1", 1, story_id=7))
    assert await tidied(database, YEAR, 366) == {"articles": 1}
    assert await tidied(database, YEAR, 367) == {"articles": 1, "stories": 1}


async def test_a_merged_story_goes_with_that_which_it_is_now(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), found("0", 0, story_id=7), found("1", 0, story_id=8))
    await store.articles.merge_stories([8], 7, now=NOW)
    assert await tidied(database, YEAR, 300) == {}
    assert await tidied(database, YEAR, 366) == {"articles": 2, "stories": 2}
    assert await rows(database, stories) == 0


async def test_a_story_that_may_still_be_joined_stays(given: Given, store: Store, database: Database) -> None:
    await given.published(await given.feed("https://a.example/"), found("0", 0), found("1", 0))
    assert await tidied(database, Keep(None, 1), 1) == {"articles": 1}
    assert await rows(database, stories) == 2


@pytest.mark.parametrize("number", [0, 1])
async def test_fewer_articles_than_are_to_be_kept_stay(
    given: Given, store: Store, database: Database, number: int
) -> None:
    await given.published(await given.feed("https://a.example/"), *(found(f"{n}", 0) for n in range(number)))
    assert await tidied(database, Keep(None, 1), 1) == {}
