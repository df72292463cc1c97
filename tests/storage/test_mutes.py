"""Stories that a chat wants no more of."""

import asyncio
from datetime import datetime, time

import pytest

from news.chat import Chat
from news.delivery import Form, Sent
from news.feed import Feed
from news.hours import FOREVER, Timetable
from storage.database import Database
from storage.keeper import SqlKeeper
from storage.store import Store
from storage.tables import stories
from tests.storage.given import NOW, Given, after, article, telegram

DAY = 86_400
STORY, OTHER = 7_500_000_000_000_000_001, 7_500_000_000_000_000_002


async def two_chats(given: Given) -> tuple[Chat, Chat, Feed]:
    one, two = await given.chat(1), await given.chat(2)
    return one, two, await given.feed("https://a.example/", one, two)


async def muted(store: Store, chat: Chat, story: int = STORY, until: datetime = FOREVER) -> None:
    await store.chats.mute(chat.id, story, title="Title", until=until, now=after(1))


async def owed_to(given: Given, seconds: float) -> list[tuple[int, str]]:
    owed = await given.owed(after(seconds), until=after(seconds + 1))
    return sorted((one.chat.id, one.article.title) for one in owed if one.article)


async def test_whoever_muted_a_story_is_owed_no_more_of_it_and_others_are(given: Given, store: Store) -> None:
    one, two, feed = await two_chats(given)
    await given.published(feed, article("first", story_id=STORY))
    await muted(store, one)
    # What was owed already is dropped.
    assert await owed_to(given, 2) == [(two.id, "Title first")]
    another = await given.feed("https://b.example/", one)
    assert await given.published(another, article("second", story_id=STORY, found_at=after(10))) == 0
    more = (article("third", story_id=STORY, found_at=after(10)), article("else", story_id=OTHER, found_at=after(10)))
    assert await given.published(feed, *more) == 3
    assert (one.id, "Title else") in await owed_to(given, 20)
    assert (one.id, "Title third") not in await owed_to(given, 40)


async def test_it_comes_again_when_the_mute_ends_or_is_ended_and_then_as_a_push(given: Given, store: Store) -> None:
    one, two, feed = await two_chats(given)
    await given.published(feed, article("first", story_id=STORY))
    await muted(store, one, until=after(DAY))
    await muted(store, two)
    assert await given.published(feed, article("spared", story_id=STORY, found_at=after(DAY - 1))) == 0
    assert await given.published(feed, article("again", story_id=STORY, found_at=after(DAY))) == 1
    [push] = await given.owed(after(DAY))
    assert (push.form, push.chat.id, push.also) == (Form.PUSH, one.id, ())
    [mute] = await store.chats.mutes(two.id, now=after(DAY))
    assert not await store.chats.unmute(one.id, mute.id)
    assert await store.chats.unmute(two.id, mute.id)
    assert await given.published(feed, article("now", story_id=STORY, found_at=after(DAY + 9))) == 2


async def test_it_is_in_no_digest_and_changes_no_message(given: Given, store: Store) -> None:
    one, two, feed = await two_chats(given)
    await given.published(feed, article("first", story_id=STORY))
    for delivery in await given.owed():
        await store.outbox.settle(delivery, Sent(5), now=NOW)
    await given.corrected(feed, 1, article("first", title="Corrected", found_at=after(1)))
    await store.chats.set_hours(one.id, Timetable(digest=(time(23),)), now=NOW)
    await given.published(feed, article("gathered", story_id=STORY, found_at=after(1)))
    await muted(store, one)
    # The change that waited for one is dropped; another is owed to the other alone.
    assert await given.corrected(feed, 1, article("first", title="Once more", found_at=after(2))) == 1
    assert {delivery.chat.id for _ in range(3) for delivery in await given.owed(after(200))} == {two.id}
    assert not [delivery for delivery in await given.owed(after(DAY)) if delivery.chat.id == one.id]


@pytest.mark.parametrize("whole", [STORY, OTHER])
async def test_a_mute_goes_along_when_stories_turn_out_to_be_one(given: Given, store: Store, whole: int) -> None:
    one, two, feed = await two_chats(given)
    part = OTHER if whole == STORY else STORY
    await given.published(feed, article("a", story_id=STORY), article("b", story_id=OTHER))
    await muted(store, one, STORY, until=after(DAY))
    await muted(store, one, OTHER, until=after(2 * DAY))
    await muted(store, two, STORY, until=after(3 * DAY))
    await store.articles.merge_stories([part], whole, now=after(2))
    assert [(mute.story_id, mute.until) for mute in await store.chats.mutes(one.id, now=NOW)] == [
        (whole, after(2 * DAY))
    ]
    # What two was owed of the other story is of the muted one now.
    assert await owed_to(given, 3) == []
    assert await given.published(feed, article("c", story_id=part, found_at=after(4))) == 0
    # Whoever mutes by the name it had before mutes what it is now.
    await muted(store, two, part)
    assert [mute.until for mute in await store.chats.mutes(two.id, now=NOW)] == [FOREVER]


async def test_a_chat_that_moves_takes_its_mutes_along(given: Given, store: Store) -> None:
    chat = await given.chat(-1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, article("first", story_id=STORY, owed=False))
    await muted(store, chat)
    target = await given.chat(-2)
    await store.chats.move(telegram(-1), telegram(-2))
    assert [mute.title for mute in await store.chats.mutes(target.id, now=NOW)] == ["Title"]


async def test_a_mute_that_ended_is_told_no_more_and_tidied_away(
    given: Given, store: Store, database: Database
) -> None:
    one, two, feed = await two_chats(given)
    await given.published(feed, article("first", story_id=STORY, owed=False))
    await muted(store, one, until=after(DAY))
    await muted(store, two)
    assert await store.chats.mutes(one.id, now=after(DAY)) == []
    assert (await SqlKeeper(database).tidy(now=after(DAY)))["mutes"] == 1
    assert len(await store.chats.mutes(two.id, now=after(DAY))) == 1
    # And with its story.
    async with database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM articles")
        await connection.execute(stories.delete())
    assert await store.chats.mutes(two.id, now=after(DAY)) == []


async def test_a_story_that_is_gone_is_not_muted(given: Given, store: Store) -> None:
    chat = await given.chat(1)
    await muted(store, chat)
    assert await store.chats.mutes(chat.id, now=NOW) == []


async def test_what_is_found_at_the_moment_of_a_mute_is_not_owed(given: Given, store: Store) -> None:
    one, two, feed = await two_chats(given)
    for story in range(STORY, STORY + 12):
        await given.published(feed, article(f"first of {story}", story_id=story, owed=False))
        found = given.published(feed, article(f"next of {story}", story_id=story))
        await asyncio.gather(*((found, muted(store, one, story)) if story % 2 else (muted(store, one, story), found)))
    assert {chat_id for chat_id, _ in await owed_to(given, 9)} == {two.id}
