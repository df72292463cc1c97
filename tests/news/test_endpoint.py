"""The endpoint for summaries, over real HTTP: what it is asked, and every way in which it may not answer."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from news.endpoint import LONGEST_ANSWER, open_endpoint
from news.errors import NoAnswer
from tests.news.publisher import Handler, Publisher, publisher, raw_publisher

KEY = "sk-a-key-nobody-may-see"


def says(text: Any) -> web.Response:
    """The answer of a model."""
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})


async def ask(server: Publisher, *, path: str = "v1", model: str | None = "small", seconds: float = 10) -> str:
    async with open_endpoint(
        f"{server.url}{path}", key=KEY, model=model, user_agent="visnyk/test", seconds=seconds
    ) as endpoint:
        return await endpoint.ask("Summarise.", "The article.", characters=300)


@pytest.mark.parametrize("path", ["v1", "v1/", "v1/chat/completions"])
async def test_it_is_asked_as_openai_is(path: str) -> None:
    asked: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path, request.headers, await request.json()))
        return says("Трамвай поїхав.")

    async with publisher(answer) as server:
        assert await ask(server, path=path) == "Трамвай поїхав."
    [(path, headers, body)] = asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert headers["User-Agent"] == "visnyk/test"
    assert (body["model"], body["temperature"], body["stream"]) == ("small", 0, False)
    assert body["messages"] == [
        {"role": "system", "content": "Summarise."},
        {"role": "user", "content": "The article."},
    ]
    assert 300 <= body["max_tokens"] < 400


async def test_without_a_model_none_is_named() -> None:
    async def answer(request: web.Request) -> web.Response:
        return says(json.dumps("model" in await request.json()))

    async with publisher(answer) as server:
        assert await ask(server, model=None) == "false"


def answering(make: Callable[[], web.StreamResponse]) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return make()

    return answer


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: web.Response(status=500, text="oops"), "status 500"),
        (lambda: web.Response(status=401), "status 401"),
        (lambda: web.Response(status=302, headers={"Location": "/elsewhere"}), "status 302"),
        (lambda: web.Response(text=""), "not understood"),
        (lambda: web.Response(text="<html>"), "not understood"),
        (lambda: web.Response(body=b"\xff\x00"), "not understood"),
        (lambda: web.Response(text="[" * 90_000), "not understood"),
        (lambda: web.json_response([]), "not understood"),
        (lambda: web.json_response({"choices": []}), "not understood"),
        (lambda: web.json_response({"choices": [{"message": {"content": None}}]}), "not understood"),
        (lambda: says({"text": "no"}), "not understood"),
        (lambda: says("я" * LONGEST_ANSWER), "too large"),
    ],
)
async def test_what_is_no_answer_is_told(make: Callable[[], web.StreamResponse], reason: str) -> None:
    async with publisher(answering(make)) as server:
        with pytest.raises(NoAnswer) as raised:
            await ask(server)
        assert len(server.requests) == 1
    assert str(raised.value) == reason
    assert raised.value.__cause__ is None
    assert KEY not in repr(raised.value)


async def test_a_wish_to_wait_is_passed_on() -> None:
    async with publisher(answering(lambda: web.Response(status=429, headers={"Retry-After": "17"}))) as server:
        with pytest.raises(NoAnswer) as raised:
            await ask(server)
    assert raised.value.retry_after == 17


async def test_a_silent_endpoint_is_given_up() -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with publisher(hang) as server:
        with pytest.raises(NoAnswer, match="too slow"):
            await ask(server, seconds=0.05)


async def test_a_line_that_breaks_or_is_refused_names_no_address() -> None:
    async with raw_publisher(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf") as server:
        with pytest.raises(NoAnswer) as broken:
            await ask(server)
    with pytest.raises(NoAnswer) as refused:
        await ask(Publisher("http://127.0.0.1:1/"))
    assert str(broken.value) == "ClientPayloadError"
    assert str(refused.value) == "ClientConnectorError"
