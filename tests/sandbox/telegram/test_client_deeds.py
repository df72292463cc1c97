"""What a person does on the page: files, inline mode, membership, topics."""

import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.telegram import Server, Telegram, Topic

from .conftest import Api
from .test_client_api import Page, Stream, page, stream

__all__ = ["page", "stream"]

GROUP, FORUM = -1001, -1002
ARTICLE = {"type": "article", "id": "1", "title": "News", "input_message_content": {"message_text": "The news"}}


@pytest.fixture(autouse=True)
def chats(telegram: Telegram) -> None:
    telegram.user(7, first_name="Олена")
    telegram.group(GROUP, admins=[7], members=[8], bot="left")
    telegram.group(FORUM, admins=[7], members=[8], topics=[Topic(2, "Port")])


async def updates(api: Api) -> list[Any]:
    return list((await api("getUpdates", timeout=5)).result)


async def send(http: aiohttp.ClientSession, url: str, content: bytes, **fields: str) -> tuple[int, Any]:
    form = aiohttp.FormData({"user": "7", "chat": "7", **fields})
    form.add_field("file", content, filename="feeds.opml", content_type="text/x-opml")
    async with http.post(f"{url}/chat/api/file", data=form) as answer:
        return answer.status, await answer.json()


async def test_a_file_is_sent_and_can_be_looked_at(server: Server, http: aiohttp.ClientSession, api: Api) -> None:
    status, message = await send(http, server.url, b"<opml/>", caption="mine")
    assert (status, message["document"]["file_name"], message["caption"]) == (200, "feeds.opml", "mine")
    (update,) = await updates(api)
    assert update["message"]["document"]["mime_type"] == "text/x-opml"
    async with http.get(server.url + message["url"]) as answer:
        assert await answer.read() == b"<opml/>"


async def test_a_file_of_some_size_is_taken_and_a_huge_one_is_not(server: Server, http: aiohttp.ClientSession) -> None:
    assert (await send(http, server.url, b"0" * 3_000_000))[0] == 200
    assert await send(http, server.url, b"0" * (51 * 1024 * 1024)) == (413, {"error": "The body is too large."})


async def test_an_inline_query_waits_for_the_bot_and_a_result_is_chosen(api: Api, page: Page) -> None:
    asking = asyncio.ensure_future(page.post("/chat/api/inline", {"user": 7, "chat": GROUP, "query": "news"}))
    (update,) = await updates(api)
    button = {"text": "Open", "start_parameter": "a"}
    given = {"inline_query_id": update["inline_query"]["id"], "results": [ARTICLE], "next_offset": "1"}
    await api("answerInlineQuery", **given, button=button)
    status, found = await asking
    assert (status, found["next_offset"], found["button"]) == (200, "1", button)
    assert found["results"] == [{"type": "article", "title": "News", "id": "1"}]
    chosen = {"user": 7, "chat": GROUP, "query_id": found["id"], "result_id": "1"}
    assert (await page.post("/chat/api/choose", chosen))[1]["text"] == "The news"
    chosen["result_id"] = "2"
    assert await page.post("/chat/api/choose", chosen) == (400, {"error": "There is no such result any more."})


async def test_the_bot_is_let_in_and_put_out_and_the_page_is_told(
    telegram: Telegram, api: Api, page: Page, stream: Stream
) -> None:
    standing = {"user": 7, "chat": GROUP, "status": "administrator"}
    assert await page.post("/chat/api/standing", standing) == (200, {})
    assert (await stream.event(of="chat"))["card"]["bot"] == "administrator"
    assert [next(reversed(one)) for one in await updates(api)] == ["my_chat_member", "message"]
    assert await page.post("/chat/api/standing", standing | {"status": "kicked"}) == (200, {})
    assert telegram.messages(GROUP)[-1].body["left_chat_member"]["id"] == 1000


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"user": 8, "chat": GROUP, "status": "member"}, "Only admins of the group decide about the bot."),
        ({"user": 7, "chat": GROUP, "status": "king"}, "A bot's standing is one of:"),
        ({"user": 9, "chat": GROUP, "status": "member"}, "There is no user 9."),
        ({"user": 7, "chat": -9, "status": "member"}, "User 7 is in no chat -9."),
        ({"user": 7, "chat": GROUP}, "The field 'status' has to be a text."),
    ],
)
async def test_a_standing_that_can_not_be_given_is_told(page: Page, wish: dict[str, Any], reason: str) -> None:
    status, answer = await page.post("/chat/api/standing", wish)
    assert status in (400, 404)
    assert answer["error"].startswith(reason)


async def test_the_bot_is_blocked_and_let_back(telegram: Telegram, page: Page) -> None:
    await telegram.user(7).says("/start")
    await page.post("/chat/api/standing", {"user": 7, "chat": 7, "status": "kicked"})
    assert telegram.chats[7].bot == "kicked"
    await page.post("/chat/api/standing", {"user": 7, "chat": 7, "status": "member"})
    assert telegram.chats[7].bot == "member"


async def test_topics_are_made_closed_opened_and_deleted(telegram: Telegram, page: Page) -> None:
    topic = {"user": 7, "chat": FORUM}
    await page.post("/chat/api/topics", topic | {"name": "Trams"})
    thread = max(telegram.chats[FORUM].topics)
    await page.post("/chat/api/topics", topic | {"thread": thread, "closed": True})
    assert telegram.chats[FORUM].topics[thread].closed
    await page.post("/chat/api/topics", topic | {"thread": thread, "closed": False})
    assert not telegram.chats[FORUM].topics[thread].closed
    await page.post("/chat/api/topics", topic | {"thread": thread, "delete": True})
    assert list(telegram.chats[FORUM].topics) == [2]


NONSENSE: list[Any] = [None, [], "x", 1e308, -1, True, {"a": [1]}, "9" * 400, "\ud800", "\x00" * 9]
PATHS = ["say", "press", "inline", "choose", "standing", "topics"]


@pytest.mark.parametrize("path", PATHS)
async def test_garbage_from_a_page_is_told_in_a_sentence(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession, page: Page, path: str
) -> None:
    for value in NONSENSE:
        fields = ("user", "chat", "text", "data", "message_id", "thread", "query_id", "result_id", "status", "name")
        status, answer = await page.post(f"/chat/api/{path}", dict.fromkeys(fields, value))
        assert status in (400, 404), answer
        assert answer["error"].endswith(".")
    for body in (b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000):
        async with http.post(f"{server.url}/chat/api/{path}", data=body) as reply:
            assert reply.status == 400
    async with http.post(f"{server.url}/chat/api/file", data=b"nothing") as reply:
        assert reply.status == 400
    assert (await page.get("/chat/api/state?user=7"))[0] == 200


WEBSOCKET = (
    b"GET /chat/api/events?user=7 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.mark.parametrize("opening", [b"", WEBSOCKET, b"POST /chat/api/say HTTP/1.1\r\nContent-Length: 9\r\n\r\n"])
async def test_a_line_that_carries_garbage_harms_nobody(
    telegram: Telegram, server: Server, page: Page, stream: Stream, opening: bytes
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
    writer.write(opening + bytes(range(256)) * 300)
    await writer.drain()
    await telegram.user(7).says("still here")
    assert (await stream.event())["message"]["text"] == "still here"
    assert (await page.get("/chat/api/state?user=7"))[0] == 200
    writer.close()
