"""Two feeds that turn out to be one."""

from dataclasses import replace

import pytest

from news.article import Known
from news.worth import PageRule
from storage.database import Database
from storage.store import Store
from tests.storage.given import NOW, Given, after, article


async def test_what_both_have_is_pushed_to_nobody_again(given: Given, store: Store) -> None:
    old = await given.feed("https://a.example/", await given.chat(1))
    new = await given.feed("https://b.example/", await given.chat(2))
    await given.published(old, article("only old"), article("both"))
    await given.published(new, article("both"), article("only new"))
    moved = replace(old, url=new.url, next_check_at=after(50))
    assert await store.feeds.save_check(moved, new=[article("found on the way")]) == 2
    known = await store.feeds.known(new.id, ["only old", "both", "only new", "found on the way"])
    assert {key: one.article_id for key, one in known.items()} == {
        "only old": 1,
        "both": 3,
        "only new": 4,
        "found on the way": 5,
    }
    again = [article(key) for key in ("only old", "both", "only new", "found on the way")]
    assert await given.published(new, *again) == 0
    titles = {one.title for one in await store.articles.latest(new.id, 9)}
    assert titles == {"Title only old", "Title both", "Title only new", "Title found on the way"}
    assert await given.published(new, article("later")) == 2


async def test_all_names_lead_to_the_one_that_is_left(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    old = await store.feeds.open("https://a.example/rss", now=NOW, also=["https://a.example/"])
    await store.chats.follow(chat.id, old.id, now=NOW)
    new = await given.feed("https://b.example/")
    await store.feeds.save_check(replace(old, url=new.url, contacted_at=NOW))
    found = [await store.feeds.find(url) for url in ("https://a.example/rss", "https://a.example/", new.url)]
    assert [one and one.id for one in found] == [new.id] * 3
    assert [one.feed.id for one in await store.chats.subscriptions(chat.id)] == [new.id]
    assert (await store.keeper.overview(now=NOW)).feeds == 1


async def test_a_filter_goes_along(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    old, new = await given.feed("https://a.example/", chat), await given.feed("https://b.example/")
    await store.chats.set_filter(chat.id, old.id, "вибори")
    await store.feeds.save_check(replace(old, url=new.url))
    assert await store.chats.filters(chat.id) == {new.id: "вибори"}
    assert await given.published(new, article("other")) == 0


async def test_a_sleeping_or_closed_feed_wakes_up_without_a_first_contact(given: Given, store: Store) -> None:
    old = await given.feed("https://a.example/", await given.chat(1))
    new = await given.feed("https://b.example/")
    await store.feeds.save_check(replace(new, contacted_at=None, stopped=True, failures=3, next_check_at=after(999)))
    await store.feeds.save_check(replace(old, url=new.url, next_check_at=after(10)))
    [claimed] = await store.feeds.claim_due(now=after(10), until=after(60), limit=5, per_host=9)
    assert (claimed.id, claimed.contacted_at, claimed.stopped, claimed.failures) == (new.id, NOW, False, 0)


@pytest.mark.parametrize(
    ("of_the_old", "of_the_new", "held"),
    [
        (PageRule.NEVER, PageRule.AUTO, PageRule.NEVER),
        (PageRule.AUTO, PageRule.ALWAYS, PageRule.ALWAYS),
        (PageRule.NEVER, PageRule.ALWAYS, PageRule.ALWAYS),
    ],
)
async def test_an_admins_word_on_the_pages_of_either_holds(
    given: Given, store: Store, of_the_old: PageRule, of_the_new: PageRule, held: PageRule
) -> None:
    old, new = await given.feed("https://a.example/", await given.chat(1)), await given.feed("https://b.example/")
    ruled = await store.feeds.rule_pages(old.id, of_the_old)
    await store.feeds.rule_pages(new.id, of_the_new)
    assert ruled is not None
    await store.feeds.save_check(replace(ruled, url=new.url))
    left = await store.feeds.find(old.url)
    assert left is not None
    assert (left.id, left.page_rule) == (new.id, held)


async def test_a_tombstone_of_either_stays(given: Given, store: Store, database: Database) -> None:
    old, new = await given.feed("https://a.example/", await given.chat(1)), await given.feed("https://b.example/")
    for feed in (old, new):
        await given.published(feed, article(f"of {feed.id}"))
    async with database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM deliveries")
        await connection.exec_driver_sql("DELETE FROM articles")
    await store.feeds.save_check(replace(old, url=new.url))
    keys = [f"of {old.id}", f"of {new.id}"]
    assert await store.feeds.known(new.id, keys) == dict.fromkeys(keys, Known(None, ""))
