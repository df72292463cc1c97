import pytest

from sandbox.telegram import Telegram, Topic
from sandbox.telegram.arrival import CannotAct
from sandbox.telegram.people import Chat

from .conftest import Api

FORUM = -1001


@pytest.fixture
def forum(telegram: Telegram) -> Chat:
    return telegram.group(FORUM, admins=[7], members=[8], topics=[Topic(2, "Port")], bot="administrator")


async def test_a_topic_lives_and_dies(telegram: Telegram, api: Api, forum: Chat) -> None:
    admin = telegram.user(7)
    trams = admin.opens_topic(forum, "Trams")
    there = {"chat_id": FORUM, "text": "a", "message_thread_id": trams.id}
    assert (await api("sendMessage", **there)).status == 200
    admin.closes_topic(forum, trams)
    with pytest.raises(CannotAct, match="closed"):
        await telegram.user(8).says("b", forum, thread=trams.id)
    await admin.says("c", forum, thread=trams.id)
    admin.deletes_topic(forum, trams)
    assert (await api("sendMessage", **there)).refusal == (400, "Bad Request: message thread not found")
    assert telegram.messages(FORUM) == []


async def test_the_bot_is_told_of_topics(telegram: Telegram, api: Api, forum: Chat) -> None:
    trams = telegram.user(7).opens_topic(forum, "Trams")
    telegram.user(7).closes_topic(forum, trams)
    created, closed = ((one["message"]) for one in (await api("getUpdates")).result)
    assert created["forum_topic_created"]["name"] == "Trams"
    assert created["message_id"] == created["message_thread_id"] == trams.id
    assert closed["forum_topic_closed"] == {}


async def test_only_admins_change_topics(telegram: Telegram, forum: Chat) -> None:
    for wrong in (
        lambda: telegram.user(8).opens_topic(forum, "Mine"),
        lambda: telegram.user(8).closes_topic(forum, Topic(2, "Port")),
        lambda: telegram.user(7).deletes_topic(forum, Topic(99, "Nothing")),
        lambda: telegram.user(7).opens_topic(forum, " "),
        lambda: telegram.user(7).opens_topic(telegram.group(-1002, admins=[7]), "No forum"),
    ):
        with pytest.raises(CannotAct):
            wrong()


async def test_what_is_said_in_a_topic_answers_the_message_that_made_it(
    telegram: Telegram, api: Api, forum: Chat
) -> None:
    admin = telegram.user(7)
    trams = admin.opens_topic(forum, "Trams")
    admin.renames_topic(forum, trams, "Buses")
    first = await admin.says("a", forum, thread=trams.id)
    await admin.says("b", forum, thread=2)
    await admin.says("c", forum, thread=trams.id, reply_to=first)
    _, renamed, *said = [one["message"] for one in (await api("getUpdates")).result]
    assert renamed["forum_topic_edited"] == {"name": "Buses"}
    made, old, answered = [one["reply_to_message"] for one in said]
    assert (made["message_id"], made["forum_topic_created"]["name"]) == (trams.id, "Trams")
    assert (old["message_id"], old["forum_topic_created"]["name"]) == (2, "Port")
    assert answered["message_id"] == first.id
