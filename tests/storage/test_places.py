from storage.store import Store
from tests.storage.given import NOW, Given, telegram


async def channel(store: Store, chat_id: int, *, added_by: int | None = None) -> int:
    chat = await store.chats.meet(telegram(chat_id), kind="channel", language="uk", timezone="UTC", now=NOW)
    if added_by is not None:
        await store.chats.let_in(chat.id, by=added_by)
    return chat.id


async def test_channels_that_one_let_us_into_come_first_and_lost_ones_not_at_all(given: Given) -> None:
    chats = given.store.chats
    for chat_id, by in ((-1, 5), (-2, None), (-3, 6), (-4, 5), (-5, 5)):
        await channel(given.store, chat_id, added_by=by)
    await given.chat(5)
    await chats.suspend(telegram(-5), reason="left", now=NOW)
    found = await chats.channels("telegram", person=5, most=3)
    assert [one.address.chat_id for one in found] == [-4, -1, -3]


async def test_only_a_channel_is_found_as_one(given: Given) -> None:
    person, there = await given.chat(5), await channel(given.store, -1)
    assert await given.store.chats.channel(person.id) is None
    found = await given.store.chats.channel(there)
    assert found is not None
    assert found.address == telegram(-1)


async def test_the_topics_of_a_chat_are_those_that_follow_anything(given: Given) -> None:
    general, _, port, elsewhere = [await given.chat(*place) for place in ((-100, 0), (-100, 2), (-100, 7), (-200, 3))]
    await given.feed("https://a.example/", general, port, elsewhere)
    assert [one.id for one in await given.store.chats.topics(telegram(-100))] == [port.id]


async def test_a_topic_is_renamed_where_it_is_known(given: Given) -> None:
    await given.chat(-100, 7)
    for topic in (7, 8):
        await given.store.chats.call_topic(telegram(-100, topic), "Порт")
    known = await given.store.chats.find(telegram(-100, 7))
    assert known is not None
    assert known.topic_title == "Порт"
    assert await given.store.chats.find(telegram(-100, 8)) is None
