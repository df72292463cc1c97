from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.newsroom import Newsroom
from sandbox.newsroom import serve as serve_newsroom
from sandbox.telegram import DEMO_TOKEN, Server, Telegram, Topic

from ..conftest import PICTURE, Api

GROUP = -1001
BAD = "Bad Request: "


@pytest.fixture(autouse=True)
def chats(telegram: Telegram) -> None:
    telegram.user(7, started=True)
    telegram.group(GROUP, members=[7], topics=[Topic(5, "News"), Topic(6, "Old", closed=True)])


async def test_a_message_is_recorded_as_it_was_accepted(telegram: Telegram, api: Api, clock: Any) -> None:
    result = (await api("sendMessage", chat_id=7, text="<b>a</b> b", parse_mode="HTML")).result
    (message,) = telegram.sent
    assert (message.text, message.entities) == ("a b", [{"type": "bold", "offset": 0, "length": 1}])
    assert message.accepted_at == clock.now
    assert result["message_id"] == message.id
    assert telegram.messages(7) == [message]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": "", "text": "a"}, "chat_id is empty"),
        ({"chat_id": 99, "text": "a"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ({"chat_id": "seven", "text": "a"}, "chat not found"),
        ({"chat_id": 7}, "message text is empty"),
        ({"chat_id": 7, "text": " \n "}, "message text is empty"),
        ({"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 7, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "<b></b>" * 5000 + "a", "parse_mode": "HTML"}, "message is too long"),
        (
            {"chat_id": 7, "text": "*a*", "parse_mode": "MarkdownV2"},
            "this sandbox parses parse_mode HTML only, not Markdown",
        ),
        ({"chat_id": 7, "text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": 7, "text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"chat_id": 7, "text": "a", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"chat_id": 7, "text": "a", "entities": "[{]"}, "can't parse message entities JSON object"),
        ({"chat_id": GROUP, "text": "a", "message_thread_id": 99}, "message thread not found"),
        ({"chat_id": GROUP, "text": "a", "message_thread_id": 6}, "TOPIC_CLOSED"),
    ],
)
async def test_what_can_not_be_sent_is_refused(
    telegram: Telegram, api: Api, parameters: dict[str, Any], reason: str
) -> None:
    assert (await api("sendMessage", **parameters)).refusal == (400, BAD + reason)
    assert not telegram.sent


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048, "<b>" + "a" * 4096 + "</b>"])
async def test_the_longest_text_is_counted_in_utf16_units_after_parsing(api: Api, text: str) -> None:
    assert (await api("sendMessage", chat_id=7, text=text, parse_mode="HTML")).status == 200


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "a" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ї" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "javascript:x"}, "inline keyboard button URL 'javascript:x' is invalid: Wrong HTTP URL"),
        (
            {"text": "x", "url": "ftp://a.com"},
            "inline keyboard button URL 'ftp://a.com' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "url": "http://localhost:1/"},
            "inline keyboard button URL 'http://localhost:1/' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"url": "http://a.com"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": "x", "copy_text": {"text": "a" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_button_that_telegram_does_not_take_is_refused(api: Api, button: dict[str, Any], reason: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert (await api("sendMessage", chat_id=7, text="a", reply_markup=markup)).refusal == (400, BAD + reason)


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "a" * 64},
        {"text": "x", "url": "http://127.0.0.1:8000/a"},
        {"text": "x", "url": "tg://user?id=7"},
        {"text": "x", "copy_text": {"text": "a" * 256}},
    ],
)
async def test_a_good_button_is_kept(api: Api, button: dict[str, Any]) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert (await api("sendMessage", chat_id=7, text="a", reply_markup=markup)).result["reply_markup"] == markup


async def test_more_than_a_hundred_buttons_are_refused(api: Api) -> None:
    row = [{"text": "x", "callback_data": "x"}]
    assert (await api("sendMessage", chat_id=7, text="a", reply_markup={"inline_keyboard": [row] * 100})).status == 200
    assert (await api("sendMessage", chat_id=7, text="a", reply_markup={"inline_keyboard": [row] * 101})).status == 400


async def test_a_reply_carries_what_it_answers(telegram: Telegram, api: Api) -> None:
    asked = await telegram.user(7).says("what?")
    reply = {"message_id": asked.id}
    sent = (await api("sendMessage", chat_id=7, text="that", reply_parameters=reply)).result
    assert sent["reply_to_message"]["text"] == "what?"


async def test_a_reply_to_nothing_may_be_sent_without_it(api: Api) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = (await api("sendMessage", chat_id=7, text="that", reply_parameters=reply)).result
    assert "reply_to_message" not in sent


async def test_options_are_kept_in_the_message(telegram: Telegram, api: Api) -> None:
    options = {"is_disabled": True}
    parameters = {"link_preview_options": options, "protect_content": True, "disable_notification": True}
    sent = (await api("sendMessage", chat_id=GROUP, message_thread_id=5, text="a", **parameters)).result
    assert sent["link_preview_options"] == options
    assert sent["has_protected_content"] is True
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (5, True)
    assert telegram.sent[0].silent


async def test_a_photo_is_sent_by_address_with_a_caption(telegram: Telegram, api: Api) -> None:
    sent = (
        await api("sendPhoto", chat_id=7, photo="https://a.com/x.jpg", caption="<i>a</i>", parse_mode="HTML")
    ).result
    assert sent["caption"] == "a"
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    assert telegram.sent[0].shown()["url"] == "https://a.com/x.jpg"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"photo": "https://a.com/x.jpg", "caption": "a" * 1025}, "message caption is too long"),
        ({}, "there is no photo in the request"),
        ({"photo": "x"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "ftp://a.com/x.jpg"}, "invalid file HTTP URL specified: Unsupported URL protocol"),
    ],
)
async def test_a_photo_that_can_not_be_sent_is_refused(api: Api, parameters: dict[str, Any], reason: str) -> None:
    assert (await api("sendPhoto", chat_id=7, **parameters)).refusal == (400, BAD + reason)


async def test_an_uploaded_photo_can_be_downloaded(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession, api: Api
) -> None:
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("photo", PICTURE, filename="a.png", content_type="image/png")
    async with http.post(f"{server.url}/bot{DEMO_TOKEN}/sendPhoto", data=form) as answer:
        size = (await answer.json())["result"]["photo"][-1]
    assert (size["width"], size["height"]) == (4, 3)
    file = (await api("getFile", file_id=size["file_id"])).result
    async with http.get(f"{server.url}/file/bot{DEMO_TOKEN}/{file['file_path']}") as download:
        assert await download.read() == PICTURE
    async with http.get(server.url + telegram.sent[0].shown()["url"]) as download:
        assert (download.content_type, await download.read()) == ("image/png", PICTURE)


async def test_an_uploaded_photo_has_to_be_one(server: Server, http: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("photo", b"no picture", filename="a.png", content_type="image/png")
    async with http.post(f"{server.url}/bot{DEMO_TOKEN}/sendPhoto", data=form) as answer:
        assert (await answer.json())["description"] == BAD + "IMAGE_PROCESS_FAILED"


async def test_a_picture_on_this_machine_is_looked_at(api: Api) -> None:
    newsroom = Newsroom()
    async with serve_newsroom(newsroom) as press:
        picture = press.url + newsroom.outlet("bereg").newest[0].picture_path
        size = (await api("sendPhoto", chat_id=7, photo=picture)).result["photo"][-1]
        assert (size["width"], size["height"]) == (800, 450)
        again = (await api("sendPhoto", chat_id=7, photo=size["file_id"])).result["photo"][-1]
        assert again == size
        page = press.url + newsroom.outlet("bereg").newest[0].path
        wrong = await api("sendPhoto", chat_id=7, photo=page)
        assert wrong.refusal == (400, BAD + "wrong type of the web page content")
        stored = await api("getFile", file_id=size["file_id"])
        assert stored.refusal == (400, BAD + "file is temporarily unavailable")
        missing = await api("sendPhoto", chat_id=7, photo=press.url + "/nothing.jpg")
        assert missing.refusal == (400, BAD + "failed to get HTTP URL content")


@pytest.mark.parametrize(("size", "status"), [(300_000, 200), (5_300_000, 400)])
async def test_a_picture_behind_an_address_may_have_5_mb(api: Api, size: int, status: int) -> None:
    async def picture(_: web.Request) -> web.Response:
        # A PNG may be followed by whatever one likes.
        return web.Response(body=PICTURE + bytes(size), content_type="image/png")

    application = web.Application()
    application.router.add_get("/x.png", picture)
    async with TestServer(application, host="127.0.0.1") as press:
        assert (await api("sendPhoto", chat_id=7, photo=str(press.make_url("/x.png")))).status == status


async def test_an_unknown_action_is_refused(api: Api) -> None:
    assert (await api("sendChatAction", chat_id=7, action="typing")).result is True
    refused = await api("sendChatAction", chat_id=7, action="dancing")
    assert refused.refusal == (400, BAD + "wrong parameter action in request")


async def test_a_chat_where_the_bot_is_not_welcome_refuses_as_telegram_does(telegram: Telegram, api: Api) -> None:
    user = telegram.user(7)
    user.blocks_bot()
    telegram.user(8)
    telegram.user(9)
    supergroup = telegram.group(GROUP, members=[7, 8])
    small = telegram.group(-5, type="group", members=[7])
    user.removes_bot(supergroup)
    user.removes_bot(small, "left")
    channel = telegram.channel(-1002, bot="member")
    refusals = {
        7: (403, "Forbidden: bot was blocked by the user"),
        8: (403, "Forbidden: bot can't initiate conversation with a user"),
        9: (400, "Bad Request: chat not found"),
        GROUP: (403, "Forbidden: bot was kicked from the supergroup chat"),
        -5: (403, "Forbidden: bot is not a member of the group chat"),
        channel.id: (400, "Bad Request: need administrator rights in the channel chat"),
    }
    assert {chat: (await api("sendMessage", chat_id=chat, text="a")).refusal for chat in refusals} == refusals
    user.unblocks_bot()
    assert (await api("sendMessage", chat_id=7, text="a")).status == 200


async def test_a_channel_is_found_by_its_name_and_signs_its_posts_itself(telegram: Telegram, api: Api) -> None:
    telegram.channel(-1003, username="news_channel")
    sent = (await api("sendMessage", chat_id="@news_channel", text="a")).result
    assert sent["sender_chat"]["id"] == -1003
    assert "from" not in sent
