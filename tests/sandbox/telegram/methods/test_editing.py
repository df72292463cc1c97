from typing import Any

import pytest

from sandbox.telegram import Telegram
from sandbox.telegram.methods.editing import DELETABLE_SECONDS, NOT_MODIFIED

from ..conftest import Api, Clock

BAD = "Bad Request: "
KEYBOARD = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}


@pytest.fixture
async def sent(telegram: Telegram, api: Api) -> dict[str, Any]:
    telegram.user(7, started=True)
    message = await api("sendMessage", chat_id=7, text="<b>a</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    return {"chat_id": 7, "message_id": message.result["message_id"]}


async def test_a_text_is_edited_in_place(telegram: Telegram, api: Api, sent: dict[str, Any]) -> None:
    edited = (await api("editMessageText", **sent, text="b")).result
    assert (edited["text"], "edit_date" in edited) == ("b", True)
    assert "entities" not in edited
    assert "reply_markup" not in edited
    assert [message.text for message in telegram.messages(7)] == ["b"]
    assert [message.text for message in telegram.edited] == ["b"]
    assert [message.text for message in telegram.sent] == ["a"]


async def test_an_edit_that_changes_nothing_is_refused(api: Api, sent: dict[str, Any]) -> None:
    same = await api("editMessageText", **sent, text="<b>a</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert same.refusal == (400, BAD + NOT_MODIFIED)
    assert (await api("editMessageReplyMarkup", **sent, reply_markup=KEYBOARD)).refusal == (400, BAD + NOT_MODIFIED)
    assert (await api("editMessageText", **sent, text="a", reply_markup=KEYBOARD)).status == 200


async def test_a_keyboard_is_changed_and_taken_away(api: Api, sent: dict[str, Any]) -> None:
    other = {"inline_keyboard": [[{"text": "y", "callback_data": "y"}]]}
    assert (await api("editMessageReplyMarkup", **sent, reply_markup=other)).result["reply_markup"] == other
    assert "reply_markup" not in (await api("editMessageReplyMarkup", **sent)).result


async def test_a_caption_is_edited(telegram: Telegram, api: Api, sent: dict[str, Any]) -> None:
    photo = (await api("sendPhoto", chat_id=7, photo="https://a.com/x.jpg", caption="a")).result
    there = {"chat_id": 7, "message_id": photo["message_id"]}
    assert (await api("editMessageCaption", **there, caption="b")).result["caption"] == "b"
    refused = await api("editMessageText", **there, text="b")
    assert refused.refusal == (400, BAD + "there is no text in the message to edit")
    refused = await api("editMessageCaption", **sent, caption="b")
    assert refused.refusal == (400, BAD + "there is no caption in the message to edit")


async def test_only_the_bots_own_messages_are_edited(telegram: Telegram, api: Api, sent: dict[str, Any]) -> None:
    said = await telegram.user(7).says("mine")
    refused = await api("editMessageText", chat_id=7, message_id=said.id, text="b")
    assert refused.refusal == (400, BAD + "message can't be edited")
    refused = await api("editMessageText", chat_id=7, message_id=99, text="b")
    assert refused.refusal == (400, BAD + "message to edit not found")


async def test_a_message_is_deleted_within_two_days(telegram: Telegram, api: Api, sent: dict[str, Any]) -> None:
    assert (await api("deleteMessage", **sent)).result is True
    assert telegram.messages(7) == []
    assert (await api("deleteMessage", **sent)).refusal == (400, BAD + "message to delete not found")
    assert (await api("editMessageText", **sent, text="b")).refusal == (400, BAD + "message to edit not found")


async def test_an_old_message_can_not_be_deleted(api: Api, sent: dict[str, Any], clock: Clock) -> None:
    clock.now += DELETABLE_SECONDS + 1
    assert (await api("deleteMessage", **sent)).refusal == (400, BAD + "message can't be deleted")


async def test_message_ids_only_rise(telegram: Telegram, api: Api, sent: dict[str, Any]) -> None:
    await api("deleteMessage", **sent)
    again = (await api("sendMessage", chat_id=7, text="b")).result
    assert again["message_id"] > sent["message_id"]
