"""What Telegram answers, and what stands in the outbox then: the tables of docs/telegram.md, line by line."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from news.chat import Address
from news.delivery import Kind
from sandbox.telegram import Fault, Player, Telegram, Topic
from storage.tables import chats
from storage.terms import Terms
from tests.bot.line import Line, open_line
from tests.storage.given import NOW, Given, after, article, telegram

READER, GROUP, MOVED = telegram(7), telegram(-1001), -1009
URL = "https://a.example/"


def town() -> tuple[Telegram, Player]:
    """A reader, and places of all kinds that the bot can't write to."""
    town = Telegram(limits=None)
    reader = town.user(7, started=True)
    town.user(8, started=True).blocks_bot()
    town.user(9)
    town.group(-1001, members=[7], topics=[Topic(2, "Open"), Topic(3, "Closed", closed=True)])
    town.group(-1002, members=[7, 9], type="group")
    for chat, standing in ((-1004, "kicked"), (-1005, "left")):
        town.group(chat, members=[7], bot=standing)
    town.channel(-1006, members=[7], bot="member")
    return town, reader


async def owe(given: Given, to: Address, **changes: Any) -> None:
    """One article, for this chat."""
    feed = await given.feed(URL, await given.chat(to.chat_id, to.topic))
    await given.published(feed, article("one", **changes))


async def stands(line: Line) -> tuple[str, int, bool, str | None]:
    """Of the one delivery: its status, how often it was tried, whether it is in doubt, and what was wrong last."""
    [row] = await line.rows()
    return row["status"], row["attempts"], row["in_doubt"], row["reason"]


async def reachable(line: Line) -> bool:
    """Whether the one chat is to be written to at all."""
    [chat] = await line.rows(chats)
    return chat["suspended_at"] is None


async def test_what_is_answered_well_is_sent(tmp_path: Path) -> None:
    async with open_line(tmp_path, town()[0]) as line:
        await owe(line.given, READER)
        await line.attempt()
        assert await stands(line) == ("settled", 1, False, None)
        [row] = await line.rows()
        assert [row["message_id"]] == [message.id for message in line.said(7)]


# The chat is over


@pytest.mark.parametrize(
    ("to", "fault", "said"),
    [
        (telegram(8), None, "bot was blocked by the user"),
        (telegram(9), None, "bot can't initiate conversation with a user"),
        (telegram(-1004), None, "bot was kicked from the supergroup chat"),
        (telegram(-1005), None, "bot is not a member of the supergroup chat"),
        (READER, Fault("deactivated", chat=7), "user is deactivated"),
        (READER, Fault("no_rights", chat=7), "not enough rights to send text messages to the chat"),
        (telegram(-1006), None, "need administrator rights in the channel chat"),
    ],
)
async def test_a_chat_that_is_over_is_owed_nothing_more_and_keeps_what_it_follows(
    tmp_path: Path, to: Address, fault: Fault | None, said: str
) -> None:
    there, _ = town()
    async with open_line(tmp_path, there) as line:
        await owe(line.given, to)
        if fault:
            there.add_fault(fault)
        await line.attempt()
        status, attempts, in_doubt, reason = await stands(line)
        assert (status, attempts, in_doubt) == ("dropped", 1, False)
        assert reason is not None
        assert reason.lower().endswith(said)
        assert not await reachable(line)
        back = await line.given.chat(to.chat_id)
        assert await reachable(line)
        assert [one.feed.url for one in await line.given.store.chats.subscriptions(back.id)] == [URL]


async def test_a_chat_not_found_is_over_after_a_few_tries(tmp_path: Path) -> None:
    async with open_line(tmp_path, town()[0]) as line:
        await owe(line.given, telegram(404))
        for tried, seconds in enumerate((0, 1, 3), start=1):
            await line.attempt(seconds=seconds)
            assert await reachable(line) == (tried < 3)
        assert (await stands(line))[:2] == ("dropped", 3)


# The chat goes on elsewhere


async def test_a_chat_that_moved_is_owed_it_at_its_new_address(tmp_path: Path) -> None:
    there, _ = town()
    there.add_fault(Fault("migrated", chat=-1002, to=MOVED))
    async with open_line(tmp_path, there) as line:
        await owe(line.given, telegram(-1002))
        await line.attempt()
        assert await stands(line) == ("owed", 0, False, None)
        assert [chat["chat_id"] for chat in await line.rows(chats)] == [MOVED]
        await line.attempt()
        assert (await stands(line))[0] == "settled"
        assert len(line.said(MOVED)) == 1


@pytest.mark.parametrize("topic", [3, 99])
async def test_a_topic_that_is_closed_or_gone_goes_on_in_its_chat(tmp_path: Path, topic: int) -> None:
    async with open_line(tmp_path, town()[0]) as line:
        await owe(line.given, replace(GROUP, topic=topic))
        await line.attempt()
        push, told = await line.rows()
        assert (push["status"], push["attempts"], push["in_doubt"], push["reason"]) == ("owed", 0, False, None)
        assert told["kind"] is Kind.MISHAP
        await line.attempt()
        await line.attempt()
        assert [row["status"] for row in await line.rows()] == ["settled", "settled"]
        news, explained = line.said(-1001)
        assert (news.thread, explained.thread) == (None, None)
        assert f"№ {topic}" in explained.text


@pytest.mark.parametrize("known", [True, False])
async def test_where_the_right_to_write_is_lost_an_administrator_is_told_as_far_as_telegram_tells_who_they_are(
    tmp_path: Path, known: bool
) -> None:
    there, _ = town()
    there.group(-1001, title="Редакція", admins=[8, 7], bot="restricted")
    if not known:
        there.add_fault(Fault("error", method="getChatAdministrators", status=400))
    async with open_line(tmp_path, there) as line:
        for person in (7, 8):
            await line.given.chat(person)
        await line.given.store.chats.suspend(telegram(8), reason="blocked", now=NOW)
        group = await line.given.store.chats.meet(
            GROUP, kind="supergroup", language="uk", timezone="Europe/Kyiv", now=NOW
        )
        await line.given.store.chats.call(group.id, "Редакція", "")
        await line.given.published(await line.given.feed(URL, group), article("one"))
        await line.attempt()
        assert [row["status"] for row in await line.rows()] == ["dropped", "owed"][: 1 + known]
        if known:
            await line.attempt()
            assert [message.text[:17] for message in line.said(7)] == ["У групі «Редакція"]


# It was not sent, or nobody knows


async def test_a_flood_is_waited_out_by_all_topics_of_the_chat(tmp_path: Path) -> None:
    there, _ = town()
    there.add_fault(Fault("flood", chat=-1001, times=1, retry_after=9))
    async with open_line(tmp_path, there) as line:
        await line.given.chat(-1001)
        await owe(line.given, replace(GROUP, topic=2))
        await line.attempt()
        assert await stands(line) == ("owed", 1, False, "flood")
        assert {chat["not_before"] for chat in await line.rows(chats)} == {after(9)}
        assert await line.given.owed(after(8)) == []


async def test_where_no_line_was_made_it_is_tried_again_soon(tmp_path: Path) -> None:
    async with open_line(tmp_path, url="http://127.0.0.1:1") as line:
        await owe(line.given, READER)
        for attempts, seconds in enumerate((0, 1, 3, 7, 12), start=1):
            await line.attempt(seconds=seconds)
            status, tried, in_doubt, _ = await stands(line)
            assert (status, tried, in_doubt) == ("owed", attempts, False)
            assert await line.given.owed(after(seconds + min(2 ** (attempts - 1), 5) - 0.1)) == []


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize(
    ("fault", "came"),
    [
        (Fault("cut_after", times=1), 1),
        (Fault("cut_before", times=1), 0),
        (Fault("error", times=1, status=500), 0),
        (Fault("error", times=1, status=502), 0),
    ],
    ids=lambda one: f"{one.kind}-{one.status}" if isinstance(one, Fault) else "",
)
async def test_what_may_have_arrived_is_sent_again_or_dropped_as_the_operator_wants(
    tmp_path: Path, fault: Fault, came: int, repeat: bool
) -> None:
    there, _ = town()
    there.add_fault(fault)
    async with open_line(tmp_path, there, terms=Terms(repeat=repeat)) as line:
        await owe(line.given, READER)
        await line.attempt()
        status, attempts, in_doubt, reason = await stands(line)
        assert (status, attempts, in_doubt) == ("owed" if repeat else "dropped", 1, True)
        assert reason
        assert len(line.said(7)) == came
        if repeat:
            await line.attempt(seconds=1)
            assert (await stands(line))[:3] == ("settled", 2, False)
        assert len(line.said(7)) == came + repeat


# The message is at fault


async def test_what_telegram_never_takes_is_parked_and_counted_and_the_next_goes(tmp_path: Path) -> None:
    """A text of nothing but spaces is none to Telegram."""
    async with open_line(tmp_path, town()[0]) as line:
        await line.given.chat(7)
        for text in (" ", "Hello"):
            await line.given.store.outbox.owe_broadcast(text, key=text, author=1, now=NOW)
        await line.attempt()
        await line.attempt()
        assert [row["status"] for row in await line.rows()] == ["parked", "settled"]
        assert (await line.given.store.keeper.overview(now=NOW)).failed == 1
        assert [message.text for message in line.said(7)] == ["Hello"]


async def push_and_owe_an_edit(line: Line, title: str) -> None:
    """A push that was sent, and then corrected."""
    await owe(line.given, READER)
    await line.attempt()
    feed = await line.given.store.feeds.open(URL, now=NOW)
    await line.given.corrected(feed, 1, article("one", title=title, summary="Another summary.", found_at=NOW))


async def test_an_edit_takes_the_place_of_the_message_and_repeated_changes_nothing(tmp_path: Path) -> None:
    there, _ = town()
    async with open_line(tmp_path, there) as line:
        await push_and_owe_an_edit(line, "Corrected")
        there.add_fault(Fault("cut_after", method="editMessageText", times=1))
        await line.attempt()
        assert [(row["status"], row["in_doubt"]) for row in await line.rows()] == [("settled", False), ("owed", True)]
        # "Message is not modified" is a success.
        await line.attempt(seconds=1)
        assert [row["status"] for row in await line.rows()] == ["settled", "settled"]
        assert [message.text.splitlines()[0] for message in there.messages(7)] == ["Corrected"]
        assert [call.status for call in there.calls if call.method == "editMessageText"] == [0, 400]


async def test_an_edit_of_a_message_that_is_gone_is_dropped(tmp_path: Path) -> None:
    there, _ = town()
    async with open_line(tmp_path, there) as line:
        await push_and_owe_an_edit(line, "Corrected")
        there.take_message(there.messages(7)[0])
        await line.attempt()
        assert [row["status"] for row in await line.rows()] == ["settled", "dropped"]
        assert there.messages(7) == []


async def test_what_was_dropped_while_it_waited_for_its_turn_is_not_sent(tmp_path: Path) -> None:
    async with open_line(tmp_path, town()[0]) as line:
        await owe(line.given, READER)
        [delivery] = await line.given.owed()
        feed = await line.given.store.feeds.open(URL, now=NOW)
        await line.given.store.chats.unfollow(delivery.chat.id, feed.id)

        async def begin() -> bool:
            return await line.given.store.outbox.begin(delivery, now=NOW)

        await line.given.store.outbox.settle(delivery, await line.sender.send(delivery, begin), now=NOW)
        assert (await stands(line))[0] == "dropped"
        assert line.said(7) == []
