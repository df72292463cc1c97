"""Hours, pauses and urgent words: what waits, and when it comes."""

from datetime import UTC, datetime, time, timedelta

import pytest

from news.chat import Chat
from news.delivery import Delivery, Form, InDoubt, Outcome, Retry, Sent
from news.feed import Feed
from news.hours import Timetable
from storage.database import Database
from storage.store import Store, store_on
from storage.terms import Terms
from tests.storage.given import NOW, Given, after, article

# NOW is 14:00 in Kyiv.
EVENING = Timetable(digest=(time(18, 30),), timezone="Europe/Kyiv")
QUIET = Timetable(quiet=(time(13), time(15)), timezone="Europe/Kyiv")
AT_EIGHTEEN_THIRTY, AT_FIFTEEN = after(4.5 * 3600), after(3600)


async def reader(given: Given, hours: Timetable = EVENING) -> tuple[Chat, Feed]:
    chat = await given.chat(1)
    await given.store.chats.set_hours(chat.id, hours, now=NOW)
    return chat, await given.feed("https://a.example/", chat)


async def settled(given: Given, now: datetime, message_id: int = 50) -> Delivery:
    [delivery] = await given.owed(now)
    await given.store.outbox.settle(delivery, Sent(message_id), now=now)
    return delivery


def titles(delivery: Delivery) -> list[str]:
    return [one.title for one in delivery.articles]


@pytest.mark.parametrize(("hours", "opens"), [(EVENING, AT_EIGHTEEN_THIRTY), (QUIET, AT_FIFTEEN)])
async def test_what_comes_outside_the_hours_arrives_together_when_they_open(
    given: Given, store: Store, hours: Timetable, opens: datetime
) -> None:
    _, feed = await reader(given, hours)
    assert await given.published(feed, article("one"), article("two", found_at=after(5))) == 2
    assert await given.owed(opens - timedelta(seconds=1)) == []
    assert await store.outbox.next_due(now=NOW) == opens
    digest = await settled(given, opens)
    assert (digest.form, titles(digest)) == (Form.DIGEST, ["Title one", "Title two"])
    assert await given.owed(opens + timedelta(days=3)) == []


async def test_one_story_alone_is_a_push_and_no_digest(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    other = await given.feed("https://b.example/", chat)
    for one in (feed, other):
        await given.published(one, article("one", story_id=5))
    push = await settled(given, AT_EIGHTEEN_THIRTY)
    assert (push.form, push.also) == (Form.PUSH, (other.title,))
    assert await given.owed(AT_EIGHTEEN_THIRTY + timedelta(days=3)) == []
    assert (await store.keeper.overview(now=NOW)).owed == 0


async def test_the_hours_of_one_chat_are_nobody_elses(given: Given) -> None:
    _, feed = await reader(given)
    other = await given.chat(2)
    await given.store.chats.follow(other.id, feed.id, now=NOW)
    await given.published(feed, article("one"))
    assert [one.chat.id for one in await given.owed()] == [other.id]


async def test_urgent_words_pass_the_hours_and_are_not_in_the_digest(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await store.chats.set_urgent(chat.id, "alarm")
    await given.published(feed, article("one"), article("loud", title_lemmas=("alarm",)), article("two"))
    assert (await settled(given, NOW)).form is Form.PUSH
    assert titles(await settled(given, AT_EIGHTEEN_THIRTY)) == ["Title one", "Title two"]


async def test_what_was_pushed_as_urgent_is_not_told_again_by_the_digest(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    other = await given.feed("https://b.example/", chat)
    await store.chats.set_urgent(chat.id, "alarm")
    await given.published(feed, article("one", story_id=5))
    await given.published(other, article("loud", story_id=5, title_lemmas=("alarm",)))
    await settled(given, NOW)
    assert await given.owed(AT_EIGHTEEN_THIRTY) == []


async def test_other_hours_let_what_waits_come_at_theirs(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await given.published(feed, article("one"), article("two"))
    await store.chats.set_hours(chat.id, QUIET, now=after(60))
    assert titles(await settled(given, AT_FIFTEEN)) == ["Title one", "Title two"]


async def test_no_hours_let_what_waits_come_at_once(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await given.published(feed, article("one"), article("two"))
    await store.chats.set_hours(chat.id, Timetable(timezone="Europe/Kyiv"), now=after(60))
    assert titles(await settled(given, after(60))) == ["Title one", "Title two"]
    assert await given.published(feed, article("three", found_at=after(70))) == 1
    assert await given.titles(after(70)) == ["Title three"]


async def test_what_is_unfollowed_meanwhile_is_not_told(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await given.published(feed, article("one"))
    await store.chats.unfollow(chat.id, feed.id)
    assert await given.owed(AT_EIGHTEEN_THIRTY) == []
    assert await store.outbox.next_due(now=AT_EIGHTEEN_THIRTY) is None


async def test_a_digest_in_doubt_comes_again_whole(given: Given, store: Store) -> None:
    _, feed = await reader(given)
    await given.published(feed, article("one"), article("two"))
    [digest] = await given.owed(AT_EIGHTEEN_THIRTY)
    await store.outbox.settle(digest, InDoubt(AT_EIGHTEEN_THIRTY, "cut"), now=AT_EIGHTEEN_THIRTY)
    assert titles(await settled(given, AT_EIGHTEEN_THIRTY)) == ["Title one", "Title two"]


async def test_a_digest_given_back_comes_again_whole(given: Given, store: Store) -> None:
    _, feed = await reader(given)
    await given.published(feed, article("one"), article("two"))
    await given.owed(AT_EIGHTEEN_THIRTY)
    await store.outbox.release(now=AT_EIGHTEEN_THIRTY)
    assert titles(await settled(given, AT_EIGHTEEN_THIRTY)) == ["Title one", "Title two"]


async def test_a_pause_spares_the_chat_what_comes_and_what_is_owed(given: Given, store: Store) -> None:
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    await given.published(feed, article("owed"))
    await store.chats.pause(chat.id, after(600), keep=False, now=NOW)
    assert await given.published(feed, article("spared", found_at=after(5))) == 0
    assert await given.owed(after(5)) == []
    assert await given.published(feed, article("later", found_at=after(601))) == 1
    assert await given.titles(after(601)) == ["Title later"]


@pytest.mark.parametrize("until", [after(600), None])
async def test_a_pause_may_keep_what_comes_for_its_end(given: Given, store: Store, until: datetime | None) -> None:
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    await given.published(feed, article("owed"))
    await store.chats.pause(chat.id, until, keep=True, now=NOW)
    await given.published(feed, article("kept", found_at=after(5)))
    assert await given.owed(after(599)) == []
    if until is None:
        await store.chats.resume(chat.id, now=after(600))
    assert titles(await settled(given, after(600))) == ["Title owed", "Title kept"]


@pytest.mark.parametrize("outcome", [Retry(after(30), "flood"), InDoubt(after(30), "cut"), None])
async def test_a_pause_keeps_what_was_tried_in_vain_with_the_rest(
    given: Given, store: Store, outcome: Outcome | None
) -> None:
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    await given.published(feed, article("tried"), article("next"))
    [tried] = await given.owed()
    assert await store.outbox.begin(tried, now=NOW)
    if outcome is None:
        await store.outbox.release(now=NOW)
    else:
        await store.outbox.settle(tried, outcome, now=NOW)
    await store.chats.pause(chat.id, after(600), keep=True, now=after(5))
    assert titles(await settled(given, after(600))) == ["Title tried", "Title next"]
    assert await given.owed(after(3600)) == []


async def test_what_a_chat_kept_goes_on_where_it_moves_to_and_nobody_paused(given: Given, store: Store) -> None:
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    other = await given.chat(2)
    await given.feed("https://b.example/", other)
    await store.chats.pause(chat.id, None, keep=True, now=NOW)
    await given.published(feed, article("kept"))
    await store.chats.move(chat.address, other.address)
    [push] = await given.owed(after(60))
    assert (push.form, push.chat.address) == (Form.PUSH, other.address)


@pytest.mark.parametrize("until", [after(600), None])
async def test_who_thinks_better_of_keeping_gets_nothing_of_the_pause(
    given: Given, store: Store, until: datetime | None
) -> None:
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    await store.chats.pause(chat.id, until, keep=True, now=NOW)
    await given.published(feed, article("kept"))
    await store.chats.pause(chat.id, after(900), keep=False, now=after(60))
    assert await given.owed(after(901)) == []
    assert (await store.keeper.overview(now=NOW)).owed == 0


async def test_hours_set_in_a_pause_hold_from_its_end_on(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await store.chats.pause(chat.id, after(600), keep=True, now=NOW)
    await given.published(feed, article("one"), article("two"))
    await store.chats.set_hours(chat.id, QUIET, now=after(60))
    assert await given.owed(AT_FIFTEEN - timedelta(seconds=1)) == []
    assert titles(await settled(given, AT_FIFTEEN)) == ["Title one", "Title two"]


async def test_hours_given_up_in_a_pause_let_it_end_at_once(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    await store.chats.pause(chat.id, after(600), keep=True, now=NOW)
    await store.chats.set_hours(chat.id, Timetable(timezone="Europe/Kyiv"), now=after(60))
    await given.published(feed, article("one", found_at=after(90)), article("two", found_at=after(90)))
    assert titles(await settled(given, after(600))) == ["Title one", "Title two"]


async def test_who_wants_every_report_has_each_in_the_digest(given: Given, store: Store) -> None:
    chat, feed = await reader(given)
    other = await given.feed("https://b.example/", chat)
    await store.chats.set_every_report(chat.id, True)
    await store.chats.set_urgent(chat.id, "alarm")
    await given.published(feed, article("loud", story_id=5, title_lemmas=("alarm",)))
    await settled(given, NOW)
    for key in ("two", "three"):
        await given.published(other, article(key, story_id=5))
    assert titles(await settled(given, AT_EIGHTEEN_THIRTY)) == ["Title two", "Title three"]


async def test_more_than_a_digest_holds_is_no_flood_of_digests(
    given: Given, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.gathering.MOST_IN_DIGEST", 3)
    chat, feed = await reader(given, Timetable(timezone="Europe/Kyiv"))
    await store.chats.pause(chat.id, None, keep=True, now=NOW)
    await given.published(feed, *(article(f"{n}") for n in range(9)))
    late = NOW + timedelta(days=9)
    await store.chats.resume(chat.id, now=late)
    assert titles(await settled(given, late)) == ["Title 6", "Title 7", "Title 8"]
    assert await given.owed(late + timedelta(days=1)) == []


async def test_what_is_too_old_to_be_news_comes_in_one_digest(given: Given) -> None:
    chat = await given.chat(1)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, *(article(f"{n}") for n in range(3)))
    later = NOW + timedelta(days=1, seconds=5)
    fresh = article("fresh", found_at=later, published_at=later)
    await given.published(feed, fresh)
    assert await given.owed(later) == []
    assert (await settled(given, later)).form is Form.PUSH
    assert titles(await settled(given, later)) == ["Title 0", "Title 1", "Title 2"]


async def test_how_old_that_is_the_operator_decides(given: Given, database: Database) -> None:
    await given.published(await given.feed("https://a.example/", await given.chat(1)), article("0"), article("1"))
    patient = Given(store_on(database, Terms(fresh_for=timedelta(days=9))))
    assert await patient.titles(NOW + timedelta(days=8)) == ["Title 0"]


async def test_the_clock_change_of_march_moves_no_digest(given: Given) -> None:
    chat = await given.chat(1)
    hours = Timetable(digest=(time(3, 30),), timezone="Europe/Kyiv")
    spring = datetime(2027, 3, 27, 12, tzinfo=UTC)
    await given.store.chats.set_hours(chat.id, hours, now=spring)
    feed = await given.feed("https://a.example/", chat)
    await given.published(feed, *(article(key, found_at=spring, published_at=spring) for key in ("one", "two")))
    # 3:30 does not exist on that night: 3:00 is 4:00.
    assert await given.owed(datetime(2027, 3, 28, 0, 59, tzinfo=UTC)) == []
    assert titles(await settled(given, datetime(2027, 3, 28, 1, 0, tzinfo=UTC))) == ["Title one", "Title two"]
