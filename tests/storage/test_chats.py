"""Chats met, suspended and moved, and what they follow."""

from dataclasses import replace
from datetime import time

import pytest

from news.delivery import Sent
from news.hours import Timetable
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram


async def test_a_chat_is_made_once_and_keeps_its_language_and_zone(store: Store) -> None:
    here = telegram(1 << 40)
    first = await store.chats.meet(here, kind="private", language="uk", timezone="Europe/Kyiv", now=NOW)
    again = await store.chats.meet(here, kind="private", language="en", timezone="UTC", now=after(5))
    assert (first.address, first.language, first.timezone) == (here, "uk", "Europe/Kyiv")
    assert again == first


async def test_a_chat_is_found_without_being_made(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    assert await store.chats.find(chat.address) == chat
    assert await store.chats.find(telegram(2)) is None
    assert (await store.keeper.overview(now=NOW)).chats == 1


async def test_a_chat_has_summaries_of_the_usual_length_until_it_chooses(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    assert chat.look.summary_length == 300
    await store.chats.set_summary(chat.id, 150)
    assert (await given.chat(1)).look.summary_length == 150
    assert await given.chat(2) == other
    await given.published(await given.feed("https://a.example/", chat), article())
    assert [one.chat.look.summary_length for one in await given.owed()] == [150]


async def test_articles_with_a_chats_urgent_words_pass_its_hours(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    feed = await given.feed("https://a.example/", chat, other)
    for one in (chat, other):
        await store.chats.set_hours(one.id, Timetable(digest=(time(9),)), now=NOW)
    await store.chats.set_urgent(chat.id, "обстріл, -навчання")
    await store.chats.set_urgent(other.id, "обстріл")
    await store.chats.set_urgent(other.id, None)
    assert [(await given.chat(number)).urgent for number in (1, 2)] == ["обстріл, -навчання", ""]
    shelling = article("shelling", title_lemmas=("нічний", "обстріл"))
    await given.published(feed, shelling, article("drill", title_lemmas=("обстріл",), text_lemmas=("навчання",)))
    assert [(one.chat.id, one.article and one.article.title) for one in await given.owed()] == [
        (chat.id, "Title shelling")
    ]


async def test_a_group_is_open_to_its_members_while_it_says_so(given: Given, store: Store) -> None:
    group, topic = await given.chat(-1), await given.chat(-1, topic=7)
    await store.chats.set_open(group.id, True)
    assert [(await given.chat(-1)).open_to_all, (await given.chat(-1, topic=7)).open_to_all] == [True, False]
    await store.chats.set_open(group.id, False)
    assert await given.chat(-1) == group
    assert await given.chat(-1, topic=7) == topic


async def test_a_chat_changes_its_kind(store: Store) -> None:
    for kind in ("group", "supergroup"):
        chat = await store.chats.meet(telegram(-1), kind=kind, language="uk", timezone="UTC", now=NOW)
        assert chat.kind == kind


async def test_topics_are_chats_of_their_own(given: Given) -> None:
    assert (await given.chat(-1, topic=0)).id != (await given.chat(-1, topic=7)).id


async def test_a_suspended_chat_comes_back_with_all_topics_and_subscriptions(given: Given, store: Store) -> None:
    chat, topic = await given.chat(-1), await given.chat(-1, topic=7)
    feed = await given.feed("https://a.example/", chat, topic)
    await store.chats.suspend(chat.address, reason="kicked", now=NOW)
    assert await given.published(feed, article("missed")) == 0
    assert (await given.chat(-1)).suspended_at is None
    assert await given.published(feed, article("new")) == 2


async def test_suspending_drops_what_every_topic_is_owed(given: Given, store: Store) -> None:
    chats = [await given.chat(-1), await given.chat(-1, topic=7), await given.chat(2)]
    await given.published(await given.feed("https://a.example/", *chats), article())
    await store.chats.suspend(telegram(-1, topic=7), reason="kicked", now=NOW)
    assert [one.chat for one in await given.owed()] == [chats[2]]


async def test_a_chat_suspended_twice_was_suspended_the_first_time(given: Given, store: Store) -> None:
    await given.chat(1)
    await store.chats.suspend(telegram(1), reason="blocked", now=NOW)
    await store.chats.suspend(telegram(1), reason="blocked", now=after(40 * 86_400))
    await store.keeper.tidy(now=after(40 * 86_400))
    assert (await store.keeper.overview(now=NOW)).chats == 0


async def test_suspending_a_chat_never_met_does_nothing(store: Store) -> None:
    await store.chats.suspend(telegram(404), reason="blocked", now=NOW)
    assert (await store.keeper.overview(now=NOW)).chats == 0


async def test_a_feed_is_followed_once(given: Given, store: Store) -> None:
    chat, feed = await given.chat(1), await given.feed("https://a.example/")
    assert await store.chats.follow(chat.id, feed.id, now=NOW)
    assert not await store.chats.follow(chat.id, feed.id, now=NOW)
    assert len(await store.chats.subscriptions(chat.id)) == 1


async def test_unfollowing_ends_the_subscription_and_drops_only_what_it_owed(given: Given, store: Store) -> None:
    chat, other = await given.chat(1), await given.chat(2)
    first, second = await given.feed("https://a.example/", chat, other), await given.feed("https://b.example/", chat)
    await given.published(first, article("of a"))
    await given.published(second, article("of b"))
    assert await store.chats.unfollow(chat.id, first.id)
    assert not await store.chats.unfollow(chat.id, first.id)
    assert await given.titles() == ["Title of a", "Title of b"]
    assert [one.feed.id for one in await store.chats.subscriptions(chat.id)] == [second.id]


async def test_subscriptions_come_in_their_order_with_the_newest_article(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    second, first = await given.feed("https://b.example/"), await given.feed("https://a.example/")
    for feed in (first, second):
        await store.chats.follow(chat.id, feed.id, now=NOW)
    await given.published(second, article("new", published_at=after(9)), article("old", published_at=after(1)))
    listed = await store.chats.subscriptions(chat.id)
    assert [one.feed for one in listed] == [first, second]
    assert listed[0].newest is None
    assert listed[1].newest is not None
    assert listed[1].newest.title == "Title new"
    assert listed[1].newest.outlet == second.title


async def test_a_moved_chat_takes_everything_along(given: Given, store: Store) -> None:
    chat, topic = await given.chat(-1), await given.chat(-1, topic=7)
    await given.published(await given.feed("https://a.example/", chat, topic), article())
    await store.chats.move(telegram(-1), telegram(-100))
    assert [one.chat.address for one in await given.owed()] == [telegram(-100), telegram(-100, 7)]
    assert (await given.chat(-100)).id == chat.id


@pytest.mark.parametrize("times", [1, 2])
async def test_a_chat_moved_to_one_that_exists_merges_with_it(given: Given, store: Store, times: int) -> None:
    old, new = await given.chat(-1), await given.chat(-100)
    both = await given.feed("https://a.example/", old, new)
    only = await given.feed("https://b.example/", old)
    await given.published(both, article("of both"))
    await given.published(only, article("of one"))
    searched = await store.articles.remember(old.id, "budget", now=NOW)
    await store.chats.set_filter(old.id, only.id, "вибори")
    for chat, words in ((old, "мир"), (old, "міст"), (new, "мир")):
        await store.chats.watch(chat.id, words, now=NOW, most=9)
    for _ in range(times):
        await store.chats.move(telegram(-1), telegram(-100))
    assert [one.feed.id for one in await store.chats.subscriptions(new.id)] == [both.id, only.id]
    assert await store.chats.subscriptions(old.id) == []
    assert await store.articles.recall(new.id, searched) == "budget"
    assert await store.chats.filters(new.id) == {only.id: "вибори"}
    assert {one.words for one in await store.chats.watches(new.id)} == {"мир", "міст"}
    overview = await store.keeper.overview(now=NOW)
    assert (overview.chats, overview.owed) == (1, 2)


async def test_a_chat_keeps_its_settings_where_it_is_met_before_the_news_of_its_move(
    given: Given, store: Store
) -> None:
    old = await given.chat(-1)
    await given.feed("https://a.example/", old)
    await store.chats.set_summary(old.id, 0)
    await store.chats.pause(old.id, None, keep=True, now=NOW)
    await given.chat(-100)
    await store.chats.move(telegram(-1), telegram(-100))
    moved = await given.chat(-100)
    assert (moved.look.summary_length, moved.pause_keeps) == (0, True)


async def test_messages_of_a_chat_that_moved_are_not_changed_in_the_other(given: Given, store: Store) -> None:
    chat = await given.chat(-1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, article("one"))
    [push] = await given.owed()
    await store.outbox.settle(push, Sent(7), now=NOW)
    await given.corrected(feed, 1, article("one", title="Better"))
    await store.chats.move(telegram(-1), telegram(-100))
    await given.corrected(feed, 1, article("one", title="Best"))
    assert await given.owed() == []
    assert await store.articles.pushed(telegram(-100), 7) is None


async def test_a_chat_moved_onto_itself_stays(given: Given, store: Store) -> None:
    chat = await given.chat(-1)
    await store.chats.move(telegram(-1), telegram(-1))
    assert await given.chat(-1) == chat


async def test_a_chat_moved_to_a_suspended_one_restores_it(given: Given, store: Store) -> None:
    old, new = await given.chat(-1), await given.chat(-100)
    feed = await given.feed("https://a.example/", old)
    await store.chats.suspend(new.address, reason="kicked", now=NOW)
    await store.chats.move(old.address, new.address)
    assert await given.published(replace(feed, title="A"), article()) == 1
