"""Deliveries claimed in their order, and when the next may go."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from news.delivery import Form, Retry, Sent
from storage.database import Database
from storage.store import Store, store_on
from tests.storage.given import NOW, Given, after, article, telegram


async def test_a_claimed_delivery_has_all_that_is_needed_to_send_it(given: Given) -> None:
    chat = await given.chat(1, topic=5)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, article("one"))
    [delivery] = await given.owed()
    assert delivery.form is Form.PUSH
    assert delivery.chat == chat
    assert delivery.article is not None
    assert delivery.article.title == "Title one"
    assert delivery.article.outlet == feed.title
    assert delivery.attempts == 0


async def test_a_chat_gets_its_deliveries_one_at_a_time_in_their_order(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"), article("two"))
    [first] = await given.owed()
    assert await given.owed() == []
    await store.outbox.settle(first, Sent(7), now=NOW)
    assert await given.titles() == ["Title two"]


async def test_the_more_urgent_goes_first(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await store.outbox.owe_broadcast("Hello", key="1:1", author=9, now=NOW)
    await given.published(feed, article("one"))
    assert await given.titles() == ["Title one"]


async def test_among_equally_urgent_the_older_goes_first(given: Given) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3)]
    for n in (2, 0, 1):
        feed = await given.feed(f"https://{n}.example/", chats[n])
        await given.published(feed, article(f"of {n}"))
    assert await given.titles(limit=2) == ["Title of 2", "Title of 0"]
    assert await given.titles() == ["Title of 1"]


async def test_chats_to_be_spared_are_passed_over_with_all_their_topics(given: Given) -> None:
    chats = [await given.chat(1), await given.chat(1, topic=3), await given.chat(2)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    assert [one.chat for one in await given.owed(spare={1})] == [chats[2]]


async def test_a_delivery_that_waits_holds_back_the_later_ones_of_its_chat_only(given: Given, store: Store) -> None:
    first, second = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", first, second)
    await given.published(feed, article("one"), article("two"))
    mine, _ = await given.owed()
    await store.outbox.settle(mine, Retry(after(30), "cut"), now=NOW)
    assert await given.titles(after(29)) == []
    assert await given.titles(after(30)) == ["Title one"]


async def test_a_chat_to_be_left_alone_is_passed_over_with_all_its_topics(given: Given, store: Store) -> None:
    chats = [await given.chat(1), await given.chat(1, topic=3), await given.chat(2)]
    feed = await given.feed("https://a.example/", *chats)
    await given.published(feed, article("one"))
    one, other, third = await given.owed()
    await store.outbox.settle(other, Sent(1), now=NOW)
    await store.outbox.settle(third, Sent(2), now=NOW)
    await store.outbox.settle(one, Retry(after(30), "429", whole_chat=True), now=NOW)
    await given.published(feed, article("two"))
    assert [one.chat for one in await given.owed(after(29))] == [chats[2]]
    assert len(await given.owed(after(30))) == 2


async def test_a_claim_ends_with_its_lease(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    assert len(await given.owed(until=after(60))) == 1
    assert await given.owed(after(59)) == []
    assert len(await given.owed(after(60))) == 1


async def test_claims_are_given_back_untried(given: Given, store: Store) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    first, *_ = await given.owed()
    await store.outbox.release([first], now=NOW)
    assert await given.owed() == [first]
    await store.outbox.release([], now=NOW)
    assert await given.owed() == []
    await store.outbox.release(now=NOW)
    assert len(await given.owed()) == 3


async def test_nothing_is_due_while_nothing_is_owed(store: Store) -> None:
    assert await store.outbox.next_due(now=NOW) is None


async def test_what_is_owed_is_due_at_once_but_not_to_spared_chats(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    assert await store.outbox.next_due(now=NOW) == NOW
    assert await store.outbox.next_due(now=NOW, spare={1}) is None


async def test_what_is_claimed_is_due_at_its_leases_end(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"), article("two"))
    await given.owed(until=after(45))
    assert await store.outbox.next_due(now=NOW) == after(45)


@pytest.mark.parametrize("whole_chat", [False, True])
async def test_what_is_to_be_tried_again_is_due_then(given: Given, store: Store, whole_chat: bool) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"), article("two"))
    [one] = await given.owed()
    await store.outbox.settle(one, Retry(after(20), "429", whole_chat), now=NOW)
    assert await store.outbox.next_due(now=NOW) == after(20)


async def test_the_next_due_is_the_earliest_of_all_chats(given: Given, store: Store) -> None:
    chats = [await given.chat(n) for n in (1, 2, 3)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    for one, seconds, whole in zip(await given.owed(), (30, 20, 10), (False, True, True), strict=True):
        await store.outbox.settle(one, Retry(after(seconds), "429", whole), now=NOW)
    assert await store.outbox.next_due(now=NOW) == after(10)
    assert await store.outbox.next_due(now=NOW, spare={3}) == after(20)
    assert await store.outbox.next_due(now=NOW, spare={3, 2}) == after(30)


async def test_a_new_delivery_to_a_chat_to_be_left_alone_is_due_when_the_chat_is(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"))
    [one] = await given.owed()
    await store.outbox.settle(one, Retry(after(5), "429", whole_chat=True), now=NOW)
    [again] = await given.owed(after(5), until=after(60))
    await store.outbox.settle(again, Retry(after(6), "cut"), now=after(5))
    await store.outbox.settle(again, Retry(after(90), "429", whole_chat=True), now=after(5))
    assert await store.outbox.next_due(now=NOW) == after(90)


async def test_a_broadcast_reaches_each_reachable_chat_once_whatever_its_topics(given: Given, store: Store) -> None:
    for chat_id, topic in ((1, 0), (2, 4), (2, 6), (3, 0)):
        await given.chat(chat_id, topic)
    await store.chats.suspend(telegram(3), reason="blocked", now=NOW)
    assert await store.outbox.owe_broadcast("Hello", key="1:1", author=9, now=NOW) == 2
    claimed = await given.owed()
    assert [(one.chat.address, one.form, one.text) for one in claimed] == [
        (telegram(1), Form.BROADCAST, "Hello"),
        (telegram(2, 4), Form.BROADCAST, "Hello"),
    ]


async def test_a_broadcast_of_the_same_text_is_another_broadcast(given: Given, store: Store) -> None:
    await given.chat(1)
    for key in ("1:1", "1:2"):
        assert await store.outbox.owe_broadcast("Hello", key=key, author=9, now=NOW) == 1


async def test_a_broadcast_confirmed_twice_is_owed_once(given: Given, store: Store) -> None:
    await given.chat(1)
    assert [await store.outbox.owe_broadcast("Hello", key="1:1", author=9, now=NOW) for _ in range(2)] == [1, 1]
    assert len(await given.owed()) == 1


async def test_two_claimers_at_once_never_take_the_same_delivery_or_the_same_chat(
    given: Given, store: Store, open_another: Callable[[], Awaitable[Database]]
) -> None:
    chats = [await given.chat(n) for n in range(1, 31)]
    feed = await given.feed("https://a.example/", *chats)
    await given.published(feed, article("one"), article("two"))
    claimers = [given, Given(store_on(await open_another()))]
    claimed = await asyncio.gather(*(claimer.owed(limit=5) for claimer in claimers * 4))
    taken = [one for some in claimed for one in some]
    assert len(taken) == 30
    assert len({one.chat.id for one in taken}) == 30


async def test_a_long_backlog_of_one_chat_hides_no_other(given: Given, store: Store) -> None:
    busy, other = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", busy)
    await given.published(feed, *(article(f"{n}") for n in range(300)))
    await given.published(await given.feed("https://b.example/", other), article("of the other"))
    assert await given.titles(limit=2) == ["Title 0", "Title of the other"]
    assert await given.titles(limit=2) == []
