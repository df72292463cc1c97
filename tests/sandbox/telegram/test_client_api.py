import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.telegram import Server, Telegram
from sandbox.telegram.membership import upgrade

from .conftest import Api

KEYBOARD = {"inline_keyboard": [[{"text": "Related", "callback_data": "r:1"}]]}


class Page:
    """What the web chat's page does, without the page."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self._http.get(self._url + path, headers=headers) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        async with self._http.post(self._url + path, json=body) as answer:
            return answer.status, await answer.json()


class Stream:
    """The line on which a page hears what happens."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def event(self, *, of: str = "") -> Any:
        """The next event of a kind; of any but what tells who and what there is, unless one is named."""
        async with asyncio.timeout(5):
            while True:
                event = await self.socket.receive_json()
                if event["type"] == of or (not of and event["type"] not in ("chat", "users")):
                    return event


@pytest.fixture
def page(server: Server, http: aiohttp.ClientSession) -> Page:
    return Page(http, server.url)


@pytest.fixture
async def stream(telegram: Telegram, server: Server, http: aiohttp.ClientSession) -> Any:
    telegram.user(7, first_name="Олена", language_code="uk")
    async with http.ws_connect(f"{server.url}/chat/api/events?user=7") as socket:
        yield Stream(socket)


async def test_the_state_shows_bot_user_and_chats(telegram: Telegram, api: Api, page: Page) -> None:
    await telegram.user(7, first_name="Олена", language_code="uk").says("/start")
    telegram.group(-1001, title="Newsroom", members=[7])
    telegram.group(-1002, title="Elsewhere", members=[8])
    await api("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await api("setMyDescription", description="What this bot can do")
    await api("setMyDescription", description="Що вміє цей бот", language_code="uk")
    await api("sendPhoto", chat_id=7, photo="https://a.com/x.jpg", disable_notification=True)
    _, state = await page.get("/chat/api/state?user=7")
    assert state["bot"] == {
        "id": 1000,
        "username": "visnyk_bot",
        "name": "Вісник",
        "description": "Що вміє цей бот",
    }
    assert [chat["commands"] for chat in state["chats"]] == [[{"command": "start", "description": "Begin"}]] * 2
    assert state["user"] == {"id": 7, "name": "Олена", "language": "uk"}
    assert [user["id"] for user in state["users"]] == [7, 8]
    assert [(chat["id"], chat["type"], chat["title"]) for chat in state["chats"]] == [
        (7, "private", "Олена"),
        (-1001, "supergroup", "Newsroom"),
    ]
    start, photo = state["chats"][0]["messages"]
    assert start["entities"][0]["type"] == "bot_command"
    assert (photo["url"], photo["silent"]) == ("https://a.com/x.jpg", True)


async def test_the_stream_tells_of_messages_edits_and_deletions(telegram: Telegram, api: Api, stream: Stream) -> None:
    said = await telegram.user(7).says("hello")
    assert await stream.event() == {"type": "message", "chat": 7, "message": said.body}
    sent = (await api("sendMessage", chat_id=7, text="a")).result
    assert (await stream.event())["message"]["text"] == "a"
    there = {"chat_id": 7, "message_id": sent["message_id"]}
    await api("editMessageText", **there, text="b")
    edit = await stream.event()
    assert (edit["type"], edit["message"]["text"]) == ("edit", "b")
    await api("deleteMessage", **there)
    assert await stream.event() == {"type": "delete", "chat": 7, "message_id": sent["message_id"]}


async def test_the_stream_tells_of_typing_and_commands(telegram: Telegram, api: Api, stream: Stream) -> None:
    telegram.user(7, started=True)
    await api("sendChatAction", chat_id=7, action="typing")
    assert await stream.event() == {"type": "action", "chat": 7, "action": "typing"}
    menu = [{"command": "start", "description": "Begin"}]
    await api("setMyCommands", commands=menu)
    assert await stream.event() == {"type": "commands", "commands": {"7": menu}}


async def test_a_stream_hears_nothing_of_chats_its_user_is_not_in(telegram: Telegram, api: Api, stream: Stream) -> None:
    await telegram.user(8).says("between us")
    await telegram.user(7).says("mine")
    assert (await stream.event())["message"]["text"] == "mine"


async def test_a_stream_ends_when_the_server_closes(telegram: Telegram, stream: Stream) -> None:
    telegram.hang_up()
    assert (await stream.socket.receive(5)).type is aiohttp.WSMsgType.CLOSE


async def test_a_person_says_something(telegram: Telegram, api: Api, page: Page) -> None:
    telegram.user(7)
    status, first = await page.post("/chat/api/say", {"user": 7, "chat": 7, "text": "/start"})
    assert (status, first["text"]) == (200, "/start")
    reply = {"user": 7, "chat": 7, "text": "more", "reply_to": first["message_id"]}
    _, second = await page.post("/chat/api/say", reply)
    assert second["reply_to_message"]["text"] == "/start"
    assert [update["message"]["text"] for update in (await api("getUpdates")).result] == ["/start", "more"]


async def test_a_person_presses_a_button_and_sees_the_answer(
    telegram: Telegram, api: Api, page: Page, stream: Stream
) -> None:
    telegram.user(7, started=True)
    sent = (await api("sendMessage", chat_id=7, text="a", reply_markup=KEYBOARD)).result
    await stream.event()
    pressed = {"user": 7, "chat": 7, "message_id": sent["message_id"], "data": "r:1"}
    assert await page.post("/chat/api/press", pressed) == (200, {})
    (update,) = (await api("getUpdates")).result
    assert update["callback_query"]["data"] == "r:1"
    await api("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Here", show_alert=True)
    assert await stream.event() == {"type": "answered", "chat": 7, "message_id": sent["message_id"]}
    assert await stream.event() == {"type": "toast", "text": "Here", "alert": True}


async def test_a_new_person_comes_in(telegram: Telegram, page: Page) -> None:
    _, person = await page.post("/chat/api/users", {"name": "Тарас", "language": "uk"})
    assert person == {"id": 101, "name": "Тарас", "language": "uk"}
    assert (await page.get("/chat/api/state?user=101"))[0] == 200


async def test_the_last_calls_are_listed(telegram: Telegram, api: Api, page: Page) -> None:
    for _ in range(3):
        await api("getMe")
    _, calls = await page.get("/chat/api/calls?limit=2")
    assert [(call["method"], call["status"]) for call in calls] == [("getMe", 200)] * 2


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", [], 400),
        ("say", {"user": 7, "chat": 7}, 400),
        ("say", {"user": 7, "chat": 7, "text": "  "}, 400),
        ("say", {"user": 7, "chat": 8, "text": "a"}, 400),
        ("say", {"user": 7, "chat": 7, "text": "a", "reply_to": 99}, 400),
        ("say", {"user": 99, "chat": 7, "text": "a"}, 404),
        ("say", {"user": "x", "chat": 7, "text": "a"}, 400),
        ("press", {"user": 7, "chat": 7, "message_id": 99, "data": "x"}, 400),
        ("users", {"name": ""}, 400),
        ("users", {"name": 5}, 400),
    ],
)
async def test_a_body_that_makes_no_sense_gets_one_sentence(
    telegram: Telegram, page: Page, path: str, body: Any, status: int
) -> None:
    telegram.user(7)
    answered, reason = await page.post(f"/chat/api/{path}", body)
    assert answered == status
    assert reason["error"].endswith(".")


async def test_the_page_learns_that_a_group_has_moved(telegram: Telegram, page: Page) -> None:
    upgrade(telegram, telegram.group(-5, members=[7], type="group"), -1005)
    chats = (await page.get("/chat/api/state?user=7"))[1]["chats"]
    assert [(chat["id"], chat["migrated_to"]) for chat in chats if chat["id"] < 0] == [(-5, -1005), (-1005, None)]


async def test_every_page_is_told_which_faults_are_on(telegram: Telegram, api: Api, page: Page, stream: Stream) -> None:
    await page.post("/sandbox/faults", {"kind": "slow", "times": 1, "method": "getMe"})
    assert [fault["kind"] for fault in (await stream.event(of="faults"))["faults"]] == ["slow"]
    assert [fault["kind"] for fault in (await page.get("/chat/api/state?user=7"))[1]["faults"]] == ["slow"]
    await api("getMe")
    assert (await stream.event(of="faults"))["faults"] == []


@pytest.mark.parametrize("user", ["", "99", "x", "1e9"])
async def test_an_unknown_user_sees_nothing(page: Page, user: str) -> None:
    assert (await page.get(f"/chat/api/state?user={user}"))[0] in (400, 404)
    assert (await page.get(f"/chat/api/events?user={user}"))[0] in (400, 404)


async def test_every_page_is_told_of_a_new_user(page: Page, stream: Stream) -> None:
    await page.post("/chat/api/users", {"name": "Тарас \ud800", "language": "uk"})
    users = (await stream.event(of="users"))["users"]
    assert users[-1] == {"id": 101, "name": "Тарас ?", "language": "uk"}


async def test_events_come_over_a_websocket_only(telegram: Telegram, page: Page) -> None:
    telegram.user(7)
    assert await page.get("/chat/api/events?user=7") == (400, {"error": "Events come over a WebSocket."})


async def test_another_site_hears_no_events(telegram: Telegram, server: Server, http: aiohttp.ClientSession) -> None:
    telegram.user(7)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{server.url}/chat/api/events?user=7", origin="http://evil.example")
    assert refused.value.status == 403


async def test_what_a_page_says_on_the_line_of_events_counts_for_nothing(telegram: Telegram, stream: Stream) -> None:
    await stream.socket.send_bytes(bytes(range(256)))
    await stream.socket.send_str('{"type": "message"}')
    await telegram.user(7).says("still here")
    assert (await stream.event())["message"]["text"] == "still here"


async def test_other_sites_are_not_let_in(telegram: Telegram, server: Server, page: Page) -> None:
    telegram.user(7)
    state = "/chat/api/state?user=7"
    own = server.url.removeprefix("http://")
    assert (await page.get(state, Origin=server.url))[0] == 200
    assert (await page.get(state, Origin="http://evil.example"))[0] == 403
    assert (await page.get(state, Origin="null"))[0] == 403
    assert (await page.get(state, Host="evil.example"))[0] == 403
    assert (await page.get(state, Host=own.replace("127.0.0.1", "localhost")))[0] == 200
    assert (await page.get(state, Host="[::1]:80"))[0] == 200
