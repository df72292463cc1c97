"""What befell a place is told once, whatever happens around it."""

from collections.abc import Sequence

import pytest

from news.chat import Address, Chat
from news.delivery import Delivery, Moved, Sent, Unreachable
from news.mishap import Blow, Mishap
from storage.store import Store
from tests.storage.given import NOW, Given, after, article, telegram

GROUP, ADMIN, OTHER = -100, 5, 6


async def group(store: Store, *, topic: int = 0, added_by: int | None = None) -> Chat:
    chat = await store.chats.meet(
        telegram(GROUP, topic), kind="supergroup", language="uk", timezone="Europe/Kyiv", now=NOW
    )
    await store.chats.call(chat.id, "Редакція", "Порт" if topic else "")
    if added_by:
        await store.chats.let_in(chat.id, by=added_by)
    return chat


async def owed_there(given: Given, chat: Chat, key: str = "one") -> Delivery:
    feed = await given.feed(f"https://{key}.example/", chat)
    await given.published(feed, article(key))
    [delivery] = [one for one in await given.owed() if one.chat.id == chat.id]
    return delivery


async def silenced(given: Given, delivery: Delivery, menders: Sequence[int]) -> None:
    there = tuple(telegram(person) for person in menders)
    await given.store.outbox.settle(delivery, Unreachable("not enough rights", there), now=NOW)


async def told(given: Given, seconds: float = 0) -> list[tuple[int, Mishap]]:
    """Who is told what; it arrives."""
    claimed = [one for one in await given.owed(after(seconds)) if one.mishap]
    for one in claimed:
        await given.store.outbox.settle(one, Sent(1), now=NOW)
    return [(one.chat.address.chat_id, one.mishap) for one in claimed if one.mishap]


async def test_an_administrator_who_has_a_chat_with_us_is_told_where_nothing_can_be_written(given: Given) -> None:
    await given.chat(ADMIN)
    there = await group(given.store)
    await silenced(given, await owed_there(given, there), [OTHER, ADMIN])
    assert await told(given) == [(ADMIN, Mishap(Blow.SILENCED, "supergroup", "Редакція"))]
    found = await given.store.chats.find(there.address)
    assert found is not None
    assert found.suspended_at is not None
    assert found.silenced


@pytest.mark.parametrize(
    ("menders", "added_by", "one_told"),
    [
        ([OTHER, ADMIN], ADMIN, ADMIN),
        ([OTHER, ADMIN], None, OTHER),
        ([], ADMIN, ADMIN),
        ([OTHER], ADMIN, OTHER),
        ([], None, None),
    ],
)
async def test_who_let_us_in_is_told_before_others_and_where_nobody_knows_who_may_mend_it(
    given: Given, menders: list[int], added_by: int | None, one_told: int | None
) -> None:
    for person in (ADMIN, OTHER):
        await given.chat(person)
    there = await group(given.store, added_by=added_by)
    await silenced(given, await owed_there(given, there), menders)
    assert [person for person, _ in await told(given)] == ([one_told] if one_told else [])


async def test_who_blocked_us_is_not_told(given: Given) -> None:
    for person in (ADMIN, OTHER):
        await given.chat(person)
    await given.store.chats.suspend(telegram(OTHER), reason="blocked", now=NOW)
    await silenced(given, await owed_there(given, await group(given.store)), [OTHER, ADMIN])
    assert [person for person, _ in await told(given)] == [ADMIN]


async def test_it_is_told_again_only_after_something_was_written_there(given: Given) -> None:
    await given.chat(ADMIN)
    there = await group(given.store)
    await silenced(given, await owed_there(given, there), [ADMIN])
    assert len(await told(given)) == 1
    # A command brings it back, and the next push is refused again.
    there = await group(given.store)
    await silenced(given, await owed_there(given, there, "two"), [ADMIN])
    assert await told(given) == []
    there = await group(given.store)
    await given.store.outbox.settle(await owed_there(given, there, "three"), Sent(1), now=NOW)
    await silenced(given, await owed_there(given, there, "four"), [ADMIN])
    assert len(await told(given)) == 1


async def test_a_right_given_back_ends_it_for_all_topics(given: Given) -> None:
    await given.chat(ADMIN)
    await group(given.store)
    topic = await group(given.store, topic=2)
    await silenced(given, await owed_there(given, topic), [ADMIN])
    assert len(await told(given)) == 1
    await given.store.chats.may_write(telegram(GROUP))
    topic = await group(given.store, topic=2)
    assert not topic.silenced
    await silenced(given, await owed_there(given, topic, "two"), [ADMIN])
    assert len(await told(given)) == 1


async def test_what_is_over_for_other_reasons_is_told_nobody(given: Given) -> None:
    await given.chat(ADMIN)
    there = await group(given.store, added_by=ADMIN)
    delivery = await owed_there(given, there)
    await given.store.outbox.settle(delivery, Unreachable("bot was kicked"), now=NOW)
    assert await told(given) == []


@pytest.mark.parametrize("general_known", [True, False])
async def test_a_topic_that_is_left_is_told_of_once_where_its_news_go_on(given: Given, general_known: bool) -> None:
    if general_known:
        await group(given.store)
    delivery = await owed_there(given, await group(given.store, topic=2))
    for _ in range(2):
        await given.store.outbox.settle(delivery, Moved(telegram(GROUP)), now=NOW)
    claimed = []
    for seconds in range(3):
        for one in await given.owed(after(seconds)):
            claimed.append(one)
            await given.store.outbox.settle(one, Sent(len(claimed)), now=NOW)
    assert {one.chat.address for one in claimed} == {telegram(GROUP)}
    assert [one.article.title for one in claimed if one.article] == ["Title one"]
    assert [one.mishap for one in claimed if one.mishap] == [
        Mishap(Blow.TOPIC_LEFT, "supergroup", "Редакція", 2, "Порт")
    ]
    general = await given.store.chats.find(Address("telegram", GROUP))
    assert general is not None
    assert general.topic_title == ""


async def test_who_let_us_in_is_forgotten_with_them(given: Given) -> None:
    there = await group(given.store, added_by=ADMIN)
    await given.chat(ADMIN)
    await given.store.chats.forget(telegram(ADMIN), before=1)
    await given.chat(ADMIN)
    await silenced(given, await owed_there(given, there), [])
    assert await told(given) == []


async def test_of_a_place_that_is_forgotten_nothing_is_told(given: Given) -> None:
    await given.chat(ADMIN)
    there = await group(given.store)
    await silenced(given, await owed_there(given, there), [ADMIN])
    await given.store.chats.forget(there.address, before=1)
    assert await given.owed() == []
