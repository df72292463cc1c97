"""How news looks in a chat, and otherwise from some of what it follows; on both engines."""

from dataclasses import replace
from datetime import time

import pytest

from news.chat import Chat
from news.delivery import Delivery, Form, Sent
from news.feed import Feed
from news.hours import Timetable
from news.look import AS_THE_CHAT, Look, Overrides
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram

LOOK = Look(summary_length=150, pictures=False, preview=False, silent=True, every_report=True, hashtags=True)
ALL = Overrides(600, True, True, False, False, False, at_once=True, title="Наш берег", tags=("море", "порт"))
# NOW is 14:00 in Kyiv.
EVENING = Timetable(digest=(time(18, 30),), quiet=(time(22), time(7)), timezone="Europe/Kyiv")
AT_EIGHTEEN_THIRTY, AT_TEN, NEXT_MORNING = after(4.5 * 3600), after(8 * 3600), after(17 * 3600)


async def reader(given: Given, number: int = 2) -> tuple[Chat, list[Feed]]:
    """A chat that follows so many feeds."""
    chat = await given.chat(1)
    return chat, [await given.feed(f"https://{n}.example/", chat) for n in range(number)]


async def sent(given: Given, seconds: float = 0, message_id: int = 50) -> Delivery:
    [delivery] = await given.owed(after(seconds))
    await given.store.outbox.settle(delivery, Sent(message_id), now=after(seconds))
    return delivery


async def overrides_of(store: Store, chat: Chat) -> list[Overrides]:
    return [one.overrides for one in await store.chats.subscriptions(chat.id)]


# Kept


async def test_a_chat_and_a_subscription_have_what_was_chosen_and_others_what_is_usual(
    given: Given, store: Store
) -> None:
    chat, (_, feed) = await reader(given)
    other = await given.chat(2)
    await store.chats.follow(other.id, feed.id, now=NOW)
    assert (chat.look, await overrides_of(store, chat)) == (Look(), [AS_THE_CHAT, AS_THE_CHAT])
    await store.chats.set_look(chat.id, LOOK)
    assert await store.chats.set_overrides(chat.id, feed.id, ALL)
    assert (await given.chat(1)).look == LOOK
    assert await overrides_of(store, chat) == [AS_THE_CHAT, ALL]
    assert ((await given.chat(2)).look, await overrides_of(store, other)) == (Look(), [AS_THE_CHAT])
    await store.chats.set_overrides(chat.id, feed.id, AS_THE_CHAT)
    assert await overrides_of(store, chat) == [AS_THE_CHAT, AS_THE_CHAT]


async def test_what_a_chat_does_not_follow_has_no_settings_there(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", await given.chat(2))
    assert not await store.chats.set_overrides(chat.id, feed.id, ALL)
    assert await overrides_of(store, await given.chat(2)) == [AS_THE_CHAT]


async def test_settings_go_along_with_a_chat_that_moves_and_a_feed_that_becomes_another(
    given: Given, store: Store
) -> None:
    old = await given.chat(-1)
    feed = await given.feed("https://a.example/", old)
    await store.chats.set_look(old.id, LOOK)
    await store.chats.set_overrides(old.id, feed.id, ALL)
    await given.chat(-100)
    await store.chats.move(telegram(-1), telegram(-100))
    moved = await given.chat(-100)
    assert (moved.look, await overrides_of(store, moved)) == (LOOK, [ALL])
    other = await given.feed("https://b.example/")
    await store.feeds.save_check(replace(feed, url=other.url))
    assert [(one.feed.id, one.overrides) for one in await store.chats.subscriptions(moved.id)] == [(other.id, ALL)]


async def test_a_language_is_the_chats_alone(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    await store.chats.set_language(chat.id, "en")
    assert [(await given.chat(number)).language for number in (1, 2)] == ["en", other.language]


# Sent


async def test_a_push_its_change_and_a_list_look_as_the_subscription_wants_them(given: Given, store: Store) -> None:
    chat, (feed, _) = await reader(given)
    await store.chats.set_overrides(chat.id, feed.id, replace(ALL, every_report=None, preview=None))
    await given.published(feed, article("one"))
    wanted = Look(summary_length=600, tags=("море", "порт"))
    push = await sent(given)
    assert (push.chat.look, push.article and push.article.outlet) == (wanted, "Наш берег")
    await given.corrected(feed, 1, article("one", title="Better", found_at=after(5)))
    change = await sent(given, 5)
    assert (change.form, change.chat.look) == (Form.EDIT, wanted)
    assert change.article is not None
    assert (change.article.outlet, change.article.title) == ("Наш берег", "Better")
    await given.published(feed, *(article(f"{n}", found_at=after(10)) for n in range(8)))
    for n in range(4):
        await sent(given, 10, 60 + n)
    many = await sent(given, 10, 70)
    assert (many.form, many.chat.look, {one.outlet for one in many.articles}) == (Form.LIST, wanted, {"Наш берег"})
    assert {one.outlet for one in await store.articles.carried(chat.address, 70)} == {"Наш берег"}


async def test_other_feeds_and_chats_look_as_ever(given: Given, store: Store) -> None:
    chat, (feed, plain) = await reader(given)
    other = await given.chat(2)
    await store.chats.follow(other.id, feed.id, now=NOW)
    await store.chats.set_look(chat.id, LOOK)
    await store.chats.set_overrides(chat.id, feed.id, ALL)
    await given.published(feed, article("one"))
    looks = {one.chat.id: (one.chat.look, one.article and one.article.outlet) for one in await given.owed()}
    assert looks[other.id] == (Look(), feed.title)
    assert looks[chat.id] == (Look(summary_length=600, tags=ALL.tags), "Наш берег")
    await store.outbox.release(now=NOW)
    await store.chats.unfollow(chat.id, feed.id)
    await given.published(plain, article("two"))
    [its] = [one for one in await given.owed() if one.chat.id == chat.id]
    assert (its.chat.look, its.article and its.article.outlet) == (LOOK, plain.title)


async def test_an_outlet_under_another_name_is_not_named_again_by_its_own(given: Given, store: Store) -> None:
    chat, (first, second) = await reader(given)
    await store.chats.set_overrides(chat.id, first.id, Overrides(title="Берег"))
    await store.chats.set_overrides(chat.id, second.id, Overrides(title="Порт"))
    await given.published(first, article("one", story_id=7), article("two", story_id=7))
    push = await sent(given)
    assert push.also == ()
    await given.published(first, article("three", story_id=7, found_at=after(1)))
    assert await given.owed(after(1)) == []
    assert await store.outbox.next_due(now=after(1)) is None
    await given.published(second, article("four", story_id=7, found_at=after(2)))
    assert await given.owed(after(2)) == []
    [change] = await given.owed(after(2))
    assert (change.article and change.article.outlet, change.also) == ("Берег", ("Порт",))


async def test_every_report_of_one_feed_comes_by_itself_and_the_others_join(given: Given, store: Store) -> None:
    chat, (plain, every) = await reader(given)
    await store.chats.set_overrides(chat.id, every.id, Overrides(every_report=True))
    await given.published(plain, article("one", story_id=7))
    await given.published(every, article("two", story_id=7), article("three", story_id=7))
    pushes = [await sent(given, 0, 50 + n) for n in range(3)]
    assert [(one.form, one.also) for one in pushes] == [(Form.PUSH, ())] * 3
    await given.published(plain, article("four", story_id=7, found_at=after(1)))
    assert await given.owed(after(1)) == []
    assert (await store.keeper.overview(now=after(1))).sent == 4


async def test_one_feed_may_tell_each_story_once_where_the_chat_wants_every_report(given: Given, store: Store) -> None:
    chat, (plain, once) = await reader(given)
    await store.chats.set_every_report(chat.id, True)
    await store.chats.set_overrides(chat.id, once.id, Overrides(every_report=False))
    await given.published(plain, article("one", story_id=7))
    await sent(given)
    await given.published(once, article("two", story_id=7))
    assert await given.owed() == []
    await given.published(plain, article("three", story_id=7))
    assert (await sent(given, 1)).form in (Form.PUSH, Form.EDIT)


async def test_models_are_asked_for_the_lengths_that_subscriptions_want(given: Given, store: Store) -> None:
    chat, (feed, _) = await reader(given)
    other = await given.chat(2)
    await store.chats.follow(other.id, feed.id, now=NOW)
    await store.chats.set_overrides(chat.id, feed.id, Overrides(summary_length=600))
    await given.published(feed, article("one"))
    [(_, wanted)] = await store.summaries.wanted(after=0, limit=5)
    assert wanted == {("uk", 600), ("uk", 300)}
    await store.chats.set_overrides(chat.id, feed.id, Overrides(summary_length=0))
    [(_, wanted)] = await store.summaries.wanted(after=0, limit=5)
    assert wanted == {("uk", 300)}


# At once, although the chat has digests


@pytest.fixture
async def hurried(given: Given, store: Store) -> tuple[Chat, Feed, Feed]:
    """A chat with digests and quiet nights, and of its two feeds one that doesn't wait for digests."""
    chat, (plain, quick) = await reader(given)
    await store.chats.set_hours(chat.id, EVENING, now=NOW)
    await store.chats.set_overrides(chat.id, quick.id, Overrides(at_once=True))
    return chat, plain, quick


async def test_what_is_wanted_at_once_passes_digests(given: Given, hurried: tuple[Chat, Feed, Feed]) -> None:
    _, plain, quick = hurried
    await given.published(quick, article("quick"))
    assert await given.store.outbox.next_due(now=NOW) == NOW
    await given.published(plain, article("slow"))
    push = await sent(given)
    assert push.article is not None
    assert push.article.title == "Title quick"
    assert await given.titles(AT_EIGHTEEN_THIRTY) == ["Title slow"]


async def test_what_is_wanted_at_once_still_waits_for_the_end_of_the_night(
    given: Given, hurried: tuple[Chat, Feed, Feed]
) -> None:
    _, plain, quick = hurried
    await given.published(quick, article("quick", found_at=AT_TEN), article("second", found_at=AT_TEN))
    await given.published(plain, article("slow", found_at=AT_TEN))
    assert await given.owed(AT_TEN) == []
    assert await given.store.outbox.next_due(now=AT_TEN) == NEXT_MORNING
    [digest] = await given.owed(NEXT_MORNING)
    assert [one.title for one in digest.articles] == ["Title quick", "Title second"]


async def test_urgent_words_pass_the_night_for_what_is_wanted_at_once_too(
    given: Given, store: Store, hurried: tuple[Chat, Feed, Feed]
) -> None:
    chat, _, quick = hurried
    await store.chats.set_urgent(chat.id, "alarm")
    await given.published(quick, article("loud", found_at=AT_TEN, title_lemmas=("alarm",)))
    assert await given.titles(AT_TEN) == ["Title loud"]
