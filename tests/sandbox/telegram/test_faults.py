import asyncio
import random
from typing import Any

import aiohttp
import pytest

from sandbox.telegram import Fault, Server, Telegram
from sandbox.telegram.faults import decide, read_fault

from .conftest import Api

SEND: dict[str, Any] = {"chat_id": 7, "text": "a"}


@pytest.fixture(autouse=True)
def chats(telegram: Telegram) -> None:
    telegram.user(7, started=True)
    telegram.user(8, started=True)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("blocked", (403, "Forbidden: bot was blocked by the user")),
        ("deactivated", (403, "Forbidden: user is deactivated")),
        ("kicked", (403, "Forbidden: bot was kicked from the supergroup chat")),
        ("gone", (400, "Bad Request: chat not found")),
        ("topic_closed", (400, "Bad Request: TOPIC_CLOSED")),
        ("no_rights", (400, "Bad Request: not enough rights to send text messages to the chat")),
    ],
)
async def test_a_chat_goes_wrong_until_it_is_cleared(
    telegram: Telegram, api: Api, kind: str, refusal: tuple[int, str]
) -> None:
    fault = telegram.add_fault(Fault(kind, chat=7))
    assert (await api("sendMessage", **SEND)).refusal == refusal
    assert (await api("sendMessage", chat_id=8, text="a")).status == 200
    assert (await api("getMe")).status == 200
    telegram.clear_faults(fault.id)
    assert (await api("sendMessage", **SEND)).status == 200


async def test_a_picture_that_is_none_keeps_no_text_from_being_sent(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("no_picture"))
    refused = await api("sendPhoto", chat_id=7, photo="https://a.com/x.jpg", caption="a")
    assert refused.refusal == (400, "Bad Request: wrong type of the web page content")
    assert (await api("sendMessage", **SEND)).status == 200


async def test_a_migrated_group_names_its_new_id_and_is_found_there(telegram: Telegram, api: Api) -> None:
    telegram.group(-5, type="group", members=[7])
    telegram.add_fault(Fault("migrated", chat=-5, to=-1005))
    refused = await api("sendMessage", chat_id=-5, text="a")
    assert refused.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert refused.body["parameters"] == {"migrate_to_chat_id": -1005}
    assert (await api("sendMessage", chat_id=-1005, text="a")).result["chat"]["type"] == "supergroup"


async def test_a_group_that_moved_stays_moved(telegram: Telegram, api: Api) -> None:
    telegram.group(-5, type="group", members=[7])
    telegram.add_fault(Fault("migrated", chat=-5, to=-1005))
    telegram.clear_faults()
    assert (await api("sendMessage", chat_id=-5, text="a")).body["parameters"] == {"migrate_to_chat_id": -1005}
    moved = [one["message"] for one in (await api("getUpdates")).result]
    assert (moved[0]["migrate_to_chat_id"], moved[1]["migrate_from_chat_id"]) == (-1005, -5)


async def test_a_fault_meets_a_chat_by_its_name_too(telegram: Telegram, api: Api) -> None:
    telegram.channel(-1003, username="news")
    telegram.add_fault(Fault("flood", chat=-1003))
    assert (await api("sendMessage", chat_id="@news", text="a")).status == 429


async def test_a_flood_of_one_chat_leaves_the_others_alone(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("flood", chat=7, retry_after=5))
    assert (await api("sendMessage", **SEND)).body["parameters"] == {"retry_after": 5}
    assert (await api("sendMessage", chat_id=8, text="a")).status == 200
    assert telegram.refused == 1


async def test_a_flood_of_all_meets_every_chat(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("flood", method="sendMessage", times=2))
    answers = [await api("sendMessage", chat_id=chat, text="a") for chat in (7, 8, 7)]
    assert [answer.status for answer in answers] == [429, 429, 200]


async def test_the_next_calls_of_a_method_answer_with_a_status(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("error", method="sendMessage", times=2, status=502))
    assert (await api("sendMessage", **SEND)).refusal == (502, "Bad Gateway")
    assert (await api("getMe")).status == 200
    assert (await api("sendMessage", **SEND)).status == 502
    assert (await api("sendMessage", **SEND)).status == 200
    assert len(telegram.sent) == 1


async def test_a_line_cut_before_leaves_no_trace_and_one_cut_after_does(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("cut_before", method="sendMessage", times=1))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", **SEND)
    assert len(telegram.sent) == 0
    telegram.add_fault(Fault("cut_after", method="sendMessage", times=1))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", **SEND)
    assert len(telegram.sent) == 1
    assert [call.status for call in telegram.calls] == [0, 0]
    assert (await api("sendMessage", **SEND)).status == 200


async def test_while_telegram_is_down_every_line_is_closed(
    telegram: Telegram, api: Api, server: Server, http: aiohttp.ClientSession
) -> None:
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await telegram.updates.began.rung()
    telegram.add_fault(Fault("down"))

    async def download() -> None:
        await http.get(f"{server.url}/file/bot1:a/files/F1")

    for task in (poll, api("getMe"), api("sendMessage", **SEND), download()):
        with pytest.raises(aiohttp.ClientError):
            await task
    telegram.clear_faults()
    assert (await api("getMe")).status == 200
    assert not telegram.sent


async def test_a_slow_answer_is_still_an_answer(telegram: Telegram, api: Api) -> None:
    telegram.add_fault(Fault("slow", seconds=0.01))
    assert (await api("sendMessage", **SEND)).status == 200


def test_a_fault_with_a_probability_is_repeatable_by_its_seed() -> None:
    def struck(seed: int) -> list[bool]:
        draw = random.Random(seed).random
        faults = (Fault("error", probability=0.5),)
        return [decide(faults, "getMe", None, draw)[0].refusal is not None for _ in range(100)]

    assert struck(1) == struck(1) != struck(2)
    assert 30 < sum(struck(1)) < 70


async def test_faults_are_set_listed_and_cleared_over_http(
    server: Server, http: aiohttp.ClientSession, api: Api
) -> None:
    url = f"{server.url}/sandbox/faults"
    async with http.post(url, json={"kind": "blocked", "chat": 7}) as answer:
        (fault,) = await answer.json()
    assert (fault["kind"], fault["chat"]) == ("blocked", 7)
    assert (await api("sendMessage", **SEND)).status == 403
    async with http.post(url, json={"clear": fault["id"]}) as answer:
        assert await answer.json() == []
    async with http.get(url) as answer:
        assert await answer.json() == []
    assert (await api("sendMessage", **SEND)).status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "haunted"},
        {"kind": ["down"]},
        {"kind": "error", "status": [500]},
        {"kind": "slow", "seconds": "long"},
        {"kind": "slow", "seconds": -1},
        {"kind": "error", "status": 299},
        {"kind": "flood", "times": 0},
        {"kind": "flood", "chat": True},
        {"kind": "flood", "colour": "red"},
        {"kind": "migrated", "chat": 7},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(
    server: Server, http: aiohttp.ClientSession, body: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"A "):
        read_fault(body)
    async with http.post(f"{server.url}/sandbox/faults", json=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"].endswith(".")


async def test_a_call_is_held_before_it_is_accepted_and_goes_on_or_is_lost(telegram: Telegram, api: Api) -> None:
    for goes_on in (True, False):
        hold = telegram.holds.add("arrived", chat=7, method="sendMessage")
        call = asyncio.ensure_future(api("sendMessage", **SEND))
        await hold.catches()
        assert not telegram.sent
        assert (await api("sendMessage", chat_id=8, text="a")).status == 200
        telegram.sent.clear()
        if goes_on:
            hold.let_go()
            assert (await call).status == 200
            telegram.sent.clear()
        else:
            hold.lose()
            with pytest.raises(aiohttp.ClientError):
                await call
            assert not telegram.sent


async def test_a_call_is_held_when_it_is_accepted_and_not_answered(telegram: Telegram, api: Api) -> None:
    hold = telegram.holds.add("accepted", chat=7)
    call = asyncio.ensure_future(api("sendMessage", **SEND))
    await hold.catches()
    assert [message.chat_id for message in telegram.sent] == [7]
    assert not call.done()
    hold.let_go()
    assert (await call).status == 200
    assert (await api("sendMessage", **SEND)).status == 200
