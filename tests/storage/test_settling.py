"""What comes of an attempt, written down."""

from dataclasses import replace

import pytest

from news.delivery import InDoubt, Moved, Outcome, Refused, Retry, Sent, Unreachable, Void
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram


async def test_what_was_sent_is_settled_and_found_by_its_message(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await given.published(await given.feed("https://a.example/", chat), article("one"))
    [delivery] = await given.owed()
    await store.outbox.settle(delivery, Sent(77), now=NOW)
    assert await given.owed(after(3600)) == []
    assert await store.articles.pushed(chat.address, 77) == delivery.article
    assert await store.articles.pushed(chat.address, 78) is None
    assert await store.articles.pushed(telegram(2), 77) is None
    assert (await store.keeper.overview(now=NOW)).sent == 1


async def test_a_retry_and_a_doubt_are_owed_again_with_the_attempt_counted(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    outcomes: list[Outcome] = [Retry(after(1), "cut"), InDoubt(after(2), "cut")]
    for attempts, outcome in enumerate(outcomes):
        [delivery] = await given.owed(after(attempts))
        assert delivery.attempts == attempts
        await store.outbox.settle(delivery, outcome, now=NOW)
    assert [one.attempts for one in await given.owed(after(2))] == [2]


async def test_attempts_are_counted_by_their_reason(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    for n, reason in enumerate(("no place", "no place", "cut", "cut", "cut")):
        [delivery] = await given.owed(after(n))
        await store.outbox.settle(delivery, Retry(after(n + 1), reason), now=after(n))
    [delivery] = await given.owed(after(5))
    assert (delivery.tries("cut"), delivery.tries("no place")) == (3, 0)


async def test_what_is_refused_is_parked_and_the_next_goes(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"), article("two"))
    [one] = await given.owed()
    await store.outbox.settle(one, Refused("too long"), now=NOW)
    assert await given.titles() == ["Title two"]
    assert (await store.keeper.overview(now=NOW)).failed == 1


async def test_an_unreachable_chat_is_suspended_and_owed_nothing_more(given: Given, store: Store) -> None:
    chat, topic = await given.chat(1), await given.chat(1, topic=2)
    feed = await given.feed("https://a.example/", chat, topic)
    await given.published(feed, article("one"), article("two"))
    one, _ = await given.owed()
    await store.outbox.settle(one, Unreachable("blocked"), now=NOW)
    overview = await store.keeper.overview(now=NOW)
    assert (overview.suspended, overview.owed) == (2, 0)
    assert await given.owed(after(3600)) == []


async def test_a_moved_chat_is_sent_the_delivery_at_its_new_address_at_once(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(-1)), article())
    [one] = await given.owed()
    await store.outbox.settle(one, Moved(telegram(-100)), now=NOW)
    [again] = await given.owed()
    assert (again.id, again.chat.address) == (one.id, telegram(-100))


@pytest.mark.parametrize("chat_too", [True, False])
async def test_what_a_lost_topic_follows_goes_on_in_its_chat(given: Given, store: Store, chat_too: bool) -> None:
    feed = await given.feed("https://a.example/", await given.chat(-1, topic=7))
    if chat_too:
        await given.chat(-1)
    await given.published(feed, article())
    [one] = await given.owed()
    await store.outbox.settle(one, Moved(telegram(-1)), now=NOW)
    [again] = await given.owed()
    assert (again.id, again.chat.address) == (one.id, telegram(-1))
    assert [each.feed.id for each in await store.chats.subscriptions(again.chat.id)] == [feed.id]


async def test_a_chat_moved_to_one_that_has_the_article_is_not_sent_it_twice(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(-1), await given.chat(-100))
    await given.published(feed, article())
    old, new = await given.owed()
    await store.outbox.settle(new, Sent(5), now=NOW)
    await store.outbox.settle(old, Moved(telegram(-100)), now=NOW)
    assert await given.owed() == []


async def test_what_was_dropped_meanwhile_is_not_owed_again(given: Given, store: Store) -> None:
    outcomes: list[Outcome] = [Retry(NOW, "429"), InDoubt(NOW, "cut"), Refused("no"), Moved(telegram(1))]
    for n, outcome in enumerate(outcomes):
        chat = await given.chat(1)
        feed = await given.feed(f"https://{n}.example/", chat)
        await given.published(feed, article())
        [delivery] = await given.owed()
        await store.chats.unfollow(chat.id, feed.id)
        await store.outbox.settle(delivery, outcome, now=NOW)
        assert await given.owed() == []


async def test_what_was_dropped_meanwhile_but_sent_is_remembered_as_sent(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, article())
    [delivery] = await given.owed()
    await store.chats.unfollow(chat.id, feed.id)
    await store.outbox.settle(delivery, Sent(8), now=NOW)
    assert await store.articles.pushed(chat.address, 8) == delivery.article


async def test_what_was_sent_stays_sent_whatever_is_told_later(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await given.published(await given.feed("https://a.example/", chat), article())
    [delivery] = await given.owed()
    await store.outbox.settle(delivery, Sent(8), now=NOW)
    for late in (Sent(9), Retry(NOW, "cut"), Refused("no")):
        await store.outbox.settle(delivery, late, now=NOW)
    assert await given.owed() == []
    assert await store.articles.pushed(chat.address, 8) is not None


async def test_a_delivery_that_is_gone_is_settled_without_a_fuss(given: Given, store: Store) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article())
    [delivery] = await given.owed()
    gone = replace(delivery, id=404, carries=(405,))
    outcomes: list[Outcome] = [
        Sent(1),
        Retry(NOW, "cut", whole_chat=True),
        InDoubt(NOW, "cut"),
        Moved(telegram(2)),
        Unreachable("blocked"),
        Refused("no"),
    ]
    for outcome in outcomes:
        await store.outbox.settle(gone, outcome, now=NOW)


async def test_what_a_push_carried_is_owed_again_when_the_push_is_not_wanted_any_more(
    given: Given, store: Store
) -> None:
    chat = await given.chat(1)
    feed, other = await given.feed("https://a.example/", chat), await given.feed("https://b.example/", chat)
    await given.published(feed, article("one", story_id=7))
    await given.published(other, article("two", story_id=7))
    [push] = await given.owed()
    assert push.also == (other.title,)
    await store.chats.unfollow(chat.id, feed.id)
    assert not await store.outbox.begin(push, now=NOW)
    await store.outbox.settle(push, Void("not wanted"), now=NOW)
    assert await given.titles() == ["Title two"]


async def test_what_is_corrected_while_it_is_under_way_is_changed_once_it_arrived(given: Given, store: Store) -> None:
    feed = await given.feed("https://a.example/", await given.chat(1))
    await given.published(feed, article("one"))
    [push] = await given.owed(after(1))
    await given.corrected(feed, 1, article("one", title="Corrected", found_at=NOW))
    await store.outbox.settle(push, Sent(5), now=after(2))
    [change] = await given.owed(after(3))
    assert (change.message_id, change.article and change.article.title) == (5, "Corrected")
    # And so again, also where the correction was found before the change was claimed.
    await given.corrected(feed, 1, article("one", title="Again", found_at=after(2)))
    await store.outbox.settle(change, Sent(5), now=after(4))
    [change] = await given.owed(after(65))
    assert change.article is not None
    assert change.article.title == "Again"
