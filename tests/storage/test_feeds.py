"""Feeds found, opened, claimed."""

import asyncio
from dataclasses import replace

from news.worth import PageRule
from storage.store import Store
from tests.storage.given import NOW, Given, after, article


async def test_an_unknown_address_finds_nothing(store: Store) -> None:
    assert await store.feeds.find("https://a.example/") is None


async def test_a_feed_is_opened_once_and_found_by_all_its_addresses(store: Store) -> None:
    feed = await store.feeds.open("https://a.example/rss", now=NOW, also=["https://a.example/"])
    assert feed.next_check_at == NOW
    assert await store.feeds.find("https://a.example/") == feed
    assert await store.feeds.open("https://a.example/rss", now=after(5), also=["https://www.a.example"]) == feed
    assert await store.feeds.find("https://www.a.example") == feed


async def test_an_address_of_another_feed_stays_with_it(store: Store) -> None:
    first = await store.feeds.open("https://a.example/rss", now=NOW, also=["https://a.example/"])
    second = await store.feeds.open("https://a.example/atom", now=NOW, also=["https://a.example/"])
    assert second.id != first.id
    assert await store.feeds.find("https://a.example/") == first


async def test_a_feed_opened_by_many_at_once_is_one(store: Store) -> None:
    feeds = await asyncio.gather(*(store.feeds.open("https://a.example/", now=NOW) for _ in range(5)))
    assert len({feed.id for feed in feeds}) == 1


async def test_due_feeds_are_claimed_most_overdue_first_and_only_once(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for url, due in (("https://late.example/", -50), ("https://later.example/", -100), ("https://not.example/", 1)):
        feed = await given.feed(url, chat)
        await store.feeds.save_check(replace(feed, next_check_at=after(due)))
    claimed = await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    assert [feed.url for feed in claimed] == ["https://later.example/", "https://late.example/"]
    assert await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9) == []


async def test_no_more_feeds_are_claimed_than_asked_for(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for n in range(3):
        await given.feed(f"https://{n}.example/", chat)
    assert len(await store.feeds.claim_due(now=NOW, until=after(60), limit=2, per_host=9)) == 2


async def test_a_feed_nobody_follows_is_not_due(given: Given, store: Store) -> None:
    await given.feed("https://a.example/")
    assert await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9) == []
    assert await store.feeds.next_due() is None


async def test_a_feed_that_only_a_suspended_chat_follows_is_not_due(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await given.feed("https://a.example/", chat)
    await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    assert await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9) == []
    assert await store.feeds.next_due() is None


async def test_a_stopped_feed_is_not_due(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await store.feeds.save_check(replace(feed, stopped=True))
    assert await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9) == []
    assert await store.feeds.next_due() is None


async def test_a_claim_ends_when_the_check_is_saved(given: Given, store: Store) -> None:
    await given.feed("https://a.example/", await given.chat(1))
    [feed] = await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    await store.feeds.save_check(replace(feed, next_check_at=after(30)))
    assert await store.feeds.next_due() == after(30)
    assert len(await store.feeds.claim_due(now=after(30), until=after(90), limit=5, per_host=9)) == 1


async def test_a_claim_ends_with_its_lease(given: Given, store: Store) -> None:
    await given.feed("https://a.example/", await given.chat(1))
    await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    assert await store.feeds.next_due() == after(60)
    assert len(await store.feeds.claim_due(now=after(60), until=after(90), limit=5, per_host=9)) == 1


async def test_claims_are_given_back_at_start(given: Given, store: Store) -> None:
    await given.feed("https://a.example/", await given.chat(1))
    await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    await store.feeds.release_claims()
    assert len(await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)) == 1


async def test_the_next_due_feed_is_the_earliest(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    for url, due in (("https://a.example/", 50), ("https://b.example/", 20)):
        await store.feeds.save_check(replace(await given.feed(url, chat), next_check_at=after(due)))
    assert await store.feeds.next_due() == after(20)


async def test_a_feed_without_its_last_follower_forgets_its_contact(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    await store.chats.unfollow(first.id, feed.id)
    assert await store.feeds.find(feed.url) == feed
    await store.chats.unfollow(second.id, feed.id)
    asleep = await store.feeds.find(feed.url)
    assert asleep is not None
    assert asleep.contacted_at is None
    assert asleep.validators.etag is None
    assert asleep.validators.last_modified is None


async def test_a_feed_whose_last_reachable_follower_is_suspended_forgets_its_contact(
    given: Given, store: Store
) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    for chat in (first, second):
        await store.chats.suspend(chat.address, reason="blocked", now=NOW)
    asleep = await store.feeds.find(feed.url)
    assert asleep is not None
    assert asleep.contacted_at is None


async def test_a_check_under_way_while_the_last_follower_leaves_does_not_wake_the_feed(
    given: Given, store: Store
) -> None:
    chat = await given.chat(1)
    await given.feed("https://a.example/", chat)
    [claimed] = await store.feeds.claim_due(now=NOW, until=after(60), limit=5, per_host=9)
    await store.chats.unfollow(chat.id, claimed.id)
    await given.published(claimed, article())
    asleep = await store.feeds.find(claimed.url)
    assert asleep is not None
    assert asleep.contacted_at is None


async def test_a_feed_followed_again_keeps_the_contact_that_is_made_then(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await store.chats.unfollow(chat.id, feed.id)
    await store.feeds.save_check(replace(feed, contacted_at=after(10)))
    await store.chats.follow(chat.id, feed.id, now=after(10))
    awake = await store.feeds.find(feed.url)
    assert awake is not None
    assert awake.contacted_at == after(10)


async def test_a_host_with_many_due_feeds_stands_in_nobodys_way(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    crowd = [await given.feed(f"https://crowd.example/{number}", chat) for number in range(60)]
    other = await given.feed("https://other.example/", chat)
    for place, feed in enumerate([*crowd, other]):
        await store.feeds.save_check(replace(feed, next_check_at=after(place)))
    claimed = await store.feeds.claim_due(now=after(100), until=after(160), limit=5, per_host=2)
    assert [feed.url for feed in claimed] == [crowd[0].url, crowd[1].url, other.url]


async def test_an_admins_word_on_pages_is_kept_and_a_check_under_way_does_not_undo_it(
    given: Given, store: Store
) -> None:
    feed, other = await given.feed("https://a.example/"), await given.feed("https://b.example/")
    assert feed.page_rule is PageRule.AUTO
    for rule in (PageRule.NEVER, PageRule.ALWAYS, PageRule.AUTO, PageRule.NEVER):
        assert await store.feeds.rule_pages(feed.id, rule) == replace(feed, page_rule=rule)
        await store.feeds.save_check(feed)
        assert await store.feeds.find(feed.url) == replace(feed, page_rule=rule)
    assert await store.feeds.find(other.url) == other


async def test_a_word_on_the_pages_of_a_feed_that_is_gone_finds_nothing(store: Store) -> None:
    assert await store.feeds.rule_pages(404, PageRule.NEVER) is None
