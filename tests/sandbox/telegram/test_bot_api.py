from typing import Any

import aiohttp
import pytest

from sandbox.telegram import DEMO_TOKEN, Server, Telegram, serve
from sandbox.telegram.bot_api import MAX_BODY
from sandbox.telegram.methods.table import METHODS

from .conftest import Api, Clock

NONSENSE: list[Any] = [
    [],
    {},
    [1],
    {"message_id": [1], "inline_keyboard": [[{"text": [], "url": {}}]], "type": []},
    [{"offset": 0, "length": 1}],
    [{"type": [], "offset": 0, "length": 1}],
    True,
    1.5,
    -1e300,
    10**30,
    "1" * 5000,
    "\x00",
    "\ud800",
    "[" * 5000,
    "@" * 5000,
]
NOT_FOUND = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
UNAUTHORIZED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert (await api("sendTelepathy")).body == NOT_FOUND


@pytest.mark.parametrize("token", ["", "x", "1:", ":a", "1:a b", "a:1"])
async def test_what_is_no_token_is_not_authorised(server: Server, http: aiohttp.ClientSession, token: str) -> None:
    async with http.get(f"{server.url}/bot{token}/getMe") as answer:
        assert (answer.status, await answer.json()) == (401, UNAUTHORIZED)


async def test_a_server_with_a_token_takes_no_other(http: aiohttp.ClientSession, clock: Clock) -> None:
    async with serve(Telegram(token="5:right")) as server:
        async with http.get(f"{server.url}/bot5:right/getMe") as answer:
            assert answer.status == 200
        async with http.get(f"{server.url}/bot5:wrong/getMe") as answer:
            assert (answer.status, await answer.json()) == (401, UNAUTHORIZED)


@pytest.mark.parametrize(
    "sent",
    [
        {"params": {"chat_id": "7", "text": "a"}},
        {"json": {"chat_id": 7, "text": "a"}},
        {"data": {"chat_id": "7", "text": "a"}},
    ],
)
async def test_parameters_come_as_query_json_or_form(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession, sent: dict[str, Any]
) -> None:
    telegram.user(7, started=True)
    async with http.post(f"{server.url}/bot{DEMO_TOKEN}/SENDmessage", **sent) as answer:
        assert (await answer.json())["result"]["text"] == "a"


async def test_parameters_come_as_multipart(telegram: Telegram, server: Server, http: aiohttp.ClientSession) -> None:
    telegram.user(7, started=True)
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in {"chat_id": "7", "text": "a"}.items():
            parts.append(value).set_content_disposition("form-data", name=name)
    async with http.post(f"{server.url}/bot{DEMO_TOKEN}/sendMessage", data=parts) as answer:
        assert (await answer.json())["result"]["text"] == "a"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":"\xff"}', "application/json"),
        (b'{"a":1e999}', "application/json"),
        (b'{"a":NaN}', "application/json"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "application/json"),
        (b"no parts", "multipart/form-data; boundary=x"),
        (b"no parts", "multipart/form-data"),
        (b"\xff\xfe", "application/x-www-form-urlencoded; charset=nonsense"),
    ],
)
async def test_a_body_that_can_not_be_read_is_the_callers_mistake(
    server: Server, http: aiohttp.ClientSession, api: Api, body: bytes, content_type: str
) -> None:
    url = f"{server.url}/bot{DEMO_TOKEN}/sendMessage"
    async with http.post(url, data=body, headers={"Content-Type": content_type}) as answer:
        assert answer.status == 400
        assert (await answer.json())["description"].startswith("Bad Request: ")
    assert (await api("getMe")).status == 200


async def test_a_huge_body_is_refused(server: Server, http: aiohttp.ClientSession, api: Api) -> None:
    url = f"{server.url}/bot{DEMO_TOKEN}/sendMessage"
    async with http.post(url, data=b" " * (MAX_BODY + 1), headers={"Content-Type": "application/json"}) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (413, False)
    assert (await api("getMe")).status == 200


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    "name", ["chat_id", "text", "reply_markup", "reply_parameters", "message_thread_id", "entities", "parse_mode"]
)
async def test_no_value_of_a_parameter_kills_the_server(telegram: Telegram, api: Api, name: str, value: Any) -> None:
    telegram.user(7, started=True)
    sent = await api("sendMessage", **{"chat_id": 7, "text": "a", name: value})
    assert sent.status in (200, 400)


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("method", sorted(set(METHODS) - {"getupdates"}))
async def test_no_method_breaks_on_nonsense(telegram: Telegram, api: Api, method: str, value: Any) -> None:
    telegram.user(7, started=True)
    names = ("action", "caption", "photo", "document", "message_id", "commands", "scope", "language_code", "file_id")
    others = ("callback_query_id", "user_id", "allowed_updates", "description", "reply_markup", "text", "name")
    called = await api(method, chat_id=7, **dict.fromkeys(names + others, value))
    assert called.status in (200, 400)


async def test_calls_are_recorded_without_the_token(telegram: Telegram, api: Api) -> None:
    telegram.user(7, started=True)
    await api("sendMessage", chat_id=7, text="a")
    await api("sendMessage", chat_id=8, text="a")
    first, second = telegram.calls
    assert (first.method, first.status, first.parameters) == ("sendMessage", 200, {"chat_id": 7, "text": "a"})
    assert (second.status, second.description) == (400, "Bad Request: chat not found")
    assert DEMO_TOKEN not in repr(telegram.calls)


CRUEL: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"text": "😀a", "entities": [{"type": "url", "offset": 1, "length": 1}]}),
    ("sendMessage", {"text": "a", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": 5}]}),
    ("sendMessage", {"text": "a", "link_preview_options": {"url": 5}}),
    ("sendPhoto", {"photo": "http://[1.1]/x.jpg"}),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [], "cache_time": "1" + "0" * 400}),
    ("sendMessage", {"text": "a", "message_thread_id": "9" * 400}),
]


@pytest.mark.parametrize(("method", "parameters"), CRUEL)
async def test_what_is_built_to_hurt_is_answered(
    telegram: Telegram, api: Api, method: str, parameters: dict[str, Any]
) -> None:
    telegram.user(7, started=True)
    assert (await api(method, chat_id=7, **parameters)).status in (200, 400)
    assert telegram.calls[-1].method == method


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_another_site_gives_the_bot_no_orders(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    telegram.user(7, started=True)
    async with http.get(f"{server.url}/bot1:a/sendMessage?chat_id=7&text=a", headers=headers) as answer:
        assert answer.status == 403
    assert not telegram.sent
