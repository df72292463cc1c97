"""The whole bot with an endpoint for summaries: what readers get, and what they get when it is in trouble."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from sandbox.telegram import Player
from tests.bot.world import Process, World
from tests.news.publisher import publisher
from tests.news.test_endpoint import KEY, says

SUMMARY = "Модель переказала новину одним реченням."
LEAD = "Лід цієї новини написала сама редакція."


@dataclass
class Model:
    """An endpoint's address, and what it was asked."""

    url: str
    requests: list[web.Request]
    asked: list[Any] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def model(reply: Callable[[], Awaitable[web.StreamResponse]]) -> AsyncIterator[Model]:
    async def answer(request: web.Request) -> web.StreamResponse:
        there.asked.append(await request.json())
        there.heard.set()
        return await reply()

    async with publisher(answer) as server:
        there = Model(f"{server.url}v1", server.requests)
        yield there


async def good() -> web.StreamResponse:
    return says(SUMMARY)


async def broken() -> web.StreamResponse:
    return web.Response(status=500, text="secret thoughts")


async def silent() -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


def endpoint(world: World, model: Model) -> None:
    """The bot's environment names this model."""
    world.extra = {"SUMMARY_API_URL": model.url, "SUMMARY_API_KEY": KEY, "SUMMARY_MODEL": "small"}


async def follows(world: World, user: int = 7, language: str = "uk") -> Player:
    reader = world.telegram.user(user, language_code=language)
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Берег")
    return reader


async def test_a_push_carries_what_the_model_wrote_and_a_short_one_is_asked_for_as_short(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However busy the machine is.
    monkeypatch.setattr("bot.summaries.PATIENCE", timedelta(minutes=1))
    async with model(good) as there:
        endpoint(stage, there)
        async with stage.bot():
            reader, brief, silent_ = [await follows(stage, user) for user in (7, 8, 9)]
            await brief.says("/summary 150")
            await brief.expects("150")
            await silent_.says("/summary 0")
            await silent_.expects("самі заголовки")
            stage.newsroom.publish("bereg", title="Трамвай поїхав мостом", lead=LEAD)
            assert (await reader.expects("Трамвай поїхав мостом")).text.endswith(f"\n\n{SUMMARY}")
            assert (await brief.expects("Трамвай поїхав мостом")).text.endswith(f"\n\n{SUMMARY}")
            assert SUMMARY not in (await silent_.expects("Трамвай поїхав мостом")).text
    told = [one["messages"][0]["content"] for one in there.asked]
    assert sorted("at most 150 characters" in one for one in told) == [False, True]
    assert {one["model"] for one in there.asked} == {"small"}
    assert {request.headers["Authorization"] for request in there.requests} == {f"Bearer {KEY}"}


@pytest.mark.parametrize("reply", [broken, silent])
async def test_with_an_endpoint_in_trouble_the_extractive_summary_goes_out(
    stage: World, reply: Callable[[], Awaitable[web.StreamResponse]]
) -> None:
    async with model(reply) as there:
        endpoint(stage, there)
        async with stage.bot():
            reader = await follows(stage)
            stage.newsroom.publish("bereg", title="Трамвай поїхав мостом", lead=LEAD)
            assert (await reader.expects("Трамвай поїхав мостом")).text.endswith(f"\n\n{LEAD}")
        assert len(there.requests) == 1


async def test_a_kill_while_the_model_thinks_loses_no_push(process: Process, stage: World) -> None:
    async with model(silent) as there:
        process.environment |= {"SUMMARY_API_URL": there.url, "SUMMARY_API_KEY": KEY, "LOG_LEVEL": "DEBUG"}
        await process.start()
        reader = await follows(stage)
        stage.newsroom.publish("bereg", title="Трамвай поїхав мостом", lead=LEAD)
        await asyncio.wait_for(there.heard.wait(), 30)
        await process.kill()
        await process.start()
        assert (await reader.expects("Трамвай поїхав мостом")).text.endswith(f"\n\n{LEAD}")
        await process.terminate()
    logged = (stage.folder / "log").read_text()
    assert "started" in logged
    assert KEY not in logged
    assert there.url not in logged
