"""One story is one push, a burst is a list: what reports become when they are claimed."""

from collections.abc import Sequence

import pytest

from news.chat import Chat
from news.delivery import Delivery, Form, InDoubt, Refused, Retry, Sent
from news.feed import Feed
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram

STORY = 77


async def outlets(given: Given, number: int, *readers: Chat) -> list[Feed]:
    return [await given.feed(f"https://{n}.example/", *readers) for n in range(number)]


async def reported(given: Given, feeds: Sequence[Feed], story: int = STORY, seconds: float = 0) -> None:
    """Each of these outlets tells of the story."""
    for n, feed in enumerate(feeds):
        key = f"{story} by {n} at {seconds}"
        await given.published(feed, article(key, story_id=story, found_at=after(seconds)))


async def sent(given: Given, message_id: int, seconds: float = 0) -> Delivery:
    """The next delivery, sent as this message."""
    [delivery] = await given.owed(after(seconds))
    await given.store.outbox.settle(delivery, Sent(message_id), now=after(seconds))
    return delivery


async def test_a_later_report_changes_the_message_that_told_of_the_story(given: Given) -> None:
    chat = await given.chat(1)
    first, second = await outlets(given, 2, chat)
    await reported(given, [first])
    await sent(given, 50)
    await reported(given, [second])
    assert await given.owed() == []
    [change] = await given.owed()
    assert (change.form, change.message_id, change.also) == (Form.EDIT, 50, (second.title,))
    assert change.article is not None
    assert change.article.outlet == first.title


async def test_what_else_is_owed_of_a_story_goes_along_and_shares_its_end(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feeds = await outlets(given, 3, chat)
    await reported(given, feeds)
    [push] = await given.owed()
    assert push.also == (feeds[1].title, feeds[2].title)
    await store.outbox.settle(push, Retry(after(1), "cut"), now=NOW)
    again = await sent(given, 50, seconds=1)
    assert (again.id, again.also, again.attempts) == (push.id, push.also, 1)
    assert await given.owed(after(90)) == []
    assert (await store.keeper.overview(now=NOW)).owed == 0


async def test_a_message_is_changed_once_a_minute_with_all_that_came(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feeds = await outlets(given, 4, chat)
    await reported(given, feeds[:1])
    await sent(given, 50)
    for n, feed in enumerate(feeds[1:], 1):
        await reported(given, [feed], seconds=n)
        await given.owed(after(n))  # joins
        for change in await given.owed(after(n)):
            await store.outbox.settle(change, Sent(50), now=after(n))
    assert await store.outbox.next_due(now=after(4)) == after(61)
    [change] = await given.owed(after(61))
    assert change.also == tuple(feed.title for feed in feeds[1:])


async def test_what_comes_while_a_message_is_changed_is_told_by_the_next_change(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    first, second, third = await outlets(given, 3, chat)
    await reported(given, [first])
    await sent(given, 50)
    await reported(given, [second], seconds=1)
    await given.owed(after(1))
    [change] = await given.owed(after(1))
    assert await given.corrected(first, 1, article("77 by 0 at 0", title="Corrected", found_at=after(2))) == 1
    await store.outbox.settle(change, Sent(50), now=after(3))
    [again] = await given.owed(after(63))
    assert again.article is not None
    assert (again.id, again.article.title) == (change.id, "Corrected")
    assert third


async def test_one_outlet_twice_changes_nothing(given: Given) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await reported(given, [feed])
    await sent(given, 50)
    await reported(given, [feed], seconds=5)
    assert await given.owed(after(5)) == []
    assert await given.owed(after(600)) == []


async def test_a_day_later_a_report_is_news_again(given: Given) -> None:
    first, second = await outlets(given, 2, await given.chat(1))
    await reported(given, [first])
    await sent(given, 50)
    day = 24 * 3600 + 1
    await reported(given, [second], seconds=day)
    [push] = await given.owed(after(day))
    assert (push.form, push.also) == (Form.PUSH, ())


async def test_a_report_that_was_not_taken_does_not_use_up_the_push(given: Given, store: Store) -> None:
    first, second = await outlets(given, 2, await given.chat(1))
    await reported(given, [first])
    [push] = await given.owed()
    await store.outbox.settle(push, Refused("no"), now=NOW)
    await reported(given, [second])
    [other] = await given.owed()
    assert other.form is Form.PUSH


async def test_who_wants_every_report_is_pushed_each(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await store.chats.set_every_report(chat.id, True)
    await reported(given, await outlets(given, 3, chat))
    assert [(await sent(given, n)).form for n in range(3)] == [Form.PUSH] * 3


async def test_five_articles_of_a_feed_go_singly_and_the_rest_in_one_list(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    [feed] = await outlets(given, 1, chat)
    await given.published(feed, *(article(f"{n}") for n in range(9)))
    singly = [await sent(given, n) for n in range(5)]
    assert [one.form for one in singly] == [Form.PUSH] * 5
    listed = await sent(given, 50)
    assert listed.form is Form.LIST
    assert [one.title for one in listed.articles] == [f"Title {n}" for n in range(5, 9)]
    assert await given.owed(after(90)) == []
    carried = await store.articles.carried(chat.address, 50)
    assert [one.title for one in carried] == [f"Title {n}" for n in range(5, 9)]
    assert await store.articles.carried(chat.address, 3) == []


async def test_a_minute_later_they_go_singly_again(given: Given) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await given.published(feed, *(article(f"{n}") for n in range(7)))
    for n in range(5):
        await sent(given, n)
    [next_] = await given.owed(after(61))
    assert next_.form is Form.PUSH


async def test_a_burst_of_another_feed_is_no_burst_of_this_one(given: Given) -> None:
    chat = await given.chat(1)
    first, second = await outlets(given, 2, chat)
    await given.published(first, *(article(f"{n}") for n in range(5)))
    for n in range(5):
        await sent(given, n)
    await given.published(second, article("a"), article("b"))
    assert (await sent(given, 60)).form is Form.PUSH


async def test_what_a_list_told_is_not_told_again(given: Given) -> None:
    first, second = await outlets(given, 2, await given.chat(1))
    await given.published(first, *(article(f"{n}", story_id=100 + n) for n in range(8)))
    for n in range(6):
        await sent(given, n)
    await reported(given, [second], story=106, seconds=1)
    assert await given.owed(after(1)) == []
    assert await given.owed(after(90)) == []
    listed = await given.store.articles.carried(telegram(1), 5)
    assert [one.title for one in listed] == ["Title 5", "Title 6", "Title 7"]


async def test_a_correction_changes_what_was_sent_within_a_day(given: Given) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await given.published(feed, article("one"))
    await sent(given, 50)
    await given.corrected(feed, 1, article("one", title="Better", found_at=after(100)))
    [change] = await given.owed(after(100))
    assert change.article is not None
    assert (change.form, change.message_id, change.article.title) == (Form.EDIT, 50, "Better")


@pytest.mark.parametrize("seconds", [100, 25 * 3600])
async def test_a_correction_that_does_not_show_or_comes_late_changes_nothing(given: Given, seconds: int) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await given.published(feed, article("one"))
    await sent(given, 50)
    title = "Title one" if seconds == 100 else "Better"
    await given.corrected(feed, 1, article("one", title=title, text="Other.", found_at=after(seconds)))
    assert await given.owed(after(seconds)) == []


async def test_what_is_still_owed_is_sent_corrected(given: Given) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await given.published(feed, article("one"))
    await given.corrected(feed, 1, article("one", title="Better"))
    assert await given.titles() == ["Better"]


async def test_a_report_moved_into_another_story_meanwhile_joins_that(given: Given, store: Store) -> None:
    first, second = await outlets(given, 2, await given.chat(1))
    await reported(given, [first], story=1)
    await sent(given, 50)
    await reported(given, [second], story=2)
    await store.articles.merge_stories([2], 1, now=NOW)
    assert await given.owed() == []
    [change] = await given.owed()
    assert (change.form, change.also) == (Form.EDIT, (second.title,))


async def test_a_doubt_about_a_list_is_of_all_that_it_carries(given: Given, store: Store) -> None:
    [feed] = await outlets(given, 1, await given.chat(1))
    await given.published(feed, *(article(f"{n}") for n in range(7)))
    for n in range(5):
        await sent(given, n)
    [listed] = await given.owed()
    await store.outbox.settle(listed, InDoubt(after(1), "cut"), now=NOW)
    [again] = await given.owed(after(1))
    assert (again.form, again.articles) == (Form.LIST, listed.articles)
