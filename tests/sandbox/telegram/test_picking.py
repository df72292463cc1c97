"""A chat chosen by the button of a reply keyboard."""

from typing import Any

import pytest

from sandbox.telegram import Telegram
from sandbox.telegram.arrival import CannotAct

from .conftest import Api

CHANNEL = -1001


def keyboard(**wish: Any) -> dict[str, Any]:
    request = {"request_id": 3, "chat_is_channel": True} | wish
    return {"keyboard": [[{"text": "Choose", "request_chat": request}]]}


async def test_the_bot_is_told_which_chat_was_chosen_and_let_in_with_the_rights_it_asks_for(
    telegram: Telegram, api: Api
) -> None:
    reader = telegram.user(7, started=True)
    there = telegram.channel(CHANNEL, admins=[reader], bot="left")
    asked = keyboard(bot_administrator_rights={"can_post_messages": True})
    await api("sendMessage", chat_id=7, text="Which?", reply_markup=asked)
    await reader.picks(there)
    let_in, shared = (await api("getUpdates")).result
    assert let_in["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert shared["message"]["chat_shared"] == {"request_id": 3, "chat_id": CHANNEL}


async def test_a_chat_is_chosen_only_where_one_is_asked_for_and_by_whom_it_may_be(telegram: Telegram, api: Api) -> None:
    reader = telegram.user(7, started=True)
    theirs, anothers = telegram.channel(CHANNEL, admins=[reader]), telegram.channel(CHANNEL - 1, members=[reader])
    with pytest.raises(CannotAct, match="asks for no such chat"):
        await reader.picks(theirs)
    asked = keyboard(user_administrator_rights={"can_post_messages": True})
    await api("sendMessage", chat_id=7, text="Which?", reply_markup=asked)
    with pytest.raises(CannotAct, match="administrator"):
        await reader.picks(anothers)
    await reader.picks(theirs)


@pytest.mark.parametrize("wrong", [{"request_id": "x"}, {"chat_is_channel": None}])
async def test_a_button_that_says_too_little_is_refused(telegram: Telegram, api: Api, wrong: dict[str, Any]) -> None:
    telegram.user(7, started=True)
    assert (await api("sendMessage", chat_id=7, text="a", reply_markup=keyboard(**wrong))).status == 400


async def test_such_a_button_is_for_private_chats(telegram: Telegram, api: Api) -> None:
    telegram.group(-5, members=[7])
    refused = await api("sendMessage", chat_id=-5, text="a", reply_markup=keyboard())
    assert refused.refusal == (400, "Bad Request: BUTTON_TYPE_INVALID")


async def test_a_location_is_told(telegram: Telegram, api: Api) -> None:
    await telegram.user(7).sends_location(50.4, 30.5)
    [update] = (await api("getUpdates")).result
    assert update["message"]["location"] == {"latitude": 50.4, "longitude": 30.5}


async def test_who_is_no_administrator_of_a_channel_is_not_told_of_them(telegram: Telegram, api: Api) -> None:
    telegram.channel(CHANNEL, admins=[7], bot="member")
    refused = await api("getChatAdministrators", chat_id=CHANNEL)
    assert refused.refusal == (400, "Bad Request: member list is inaccessible")
