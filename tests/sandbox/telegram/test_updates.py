import asyncio
from typing import Any

import aiohttp

from sandbox.telegram import DEMO_TOKEN, Server, Telegram

from .conftest import Api


async def polling(telegram: Telegram, api: Api, **parameters: Any) -> "asyncio.Task[Any]":
    """A getUpdates call that the server has begun to hold open."""
    before = telegram.updates.polls
    task = asyncio.ensure_future(api("getUpdates", timeout=30, **parameters))
    while telegram.updates.polls == before:
        await telegram.updates.began.rung()
    return task


async def test_a_poll_waits_for_an_update(telegram: Telegram, api: Api) -> None:
    task = await polling(telegram, api)
    await telegram.user(7).says("hello")
    (update,) = (await task).result
    assert update["message"]["text"] == "hello"


async def test_updates_come_again_until_an_offset_confirms_them(telegram: Telegram, api: Api) -> None:
    for text in ("one", "two", "three"):
        await telegram.user(7).says(text)
    first = (await api("getUpdates", limit=2)).result
    assert [one["message"]["text"] for one in first] == ["one", "two"]
    assert (await api("getUpdates", limit=2)).result == first
    (rest,) = (await api("getUpdates", offset=first[-1]["update_id"] + 1)).result
    assert rest["message"]["text"] == "three"
    assert (await api("getWebhookInfo")).result["pending_update_count"] == 1


async def test_a_negative_offset_forgets_all_but_the_last(telegram: Telegram, api: Api) -> None:
    for text in ("one", "two", "three"):
        await telegram.user(7).says(text)
    (last,) = (await api("getUpdates", offset=-1)).result
    assert last["message"]["text"] == "three"
    assert len(telegram.updates.pending) == 1


async def test_a_second_poll_ends_the_first_with_a_conflict(telegram: Telegram, api: Api) -> None:
    first = await polling(telegram, api)
    second = await polling(telegram, api)
    assert (await first).refusal == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await telegram.user(7).says("hello")
    assert len((await second).result) == 1


async def test_only_the_kinds_asked_for_are_queued_and_the_wish_is_remembered(telegram: Telegram, api: Api) -> None:
    await api("getUpdates", allowed_updates=["message"])
    user = telegram.user(7)
    await user.says("hello")
    user.blocks_bot()
    kinds = [set(update) - {"update_id"} for update in (await api("getUpdates")).result]
    assert kinds == [{"message"}]


async def test_pending_updates_can_be_dropped(telegram: Telegram, api: Api) -> None:
    await telegram.user(7).says("hello")
    assert (await api("deleteWebhook", drop_pending_updates=True)).result is True
    assert (await api("getUpdates")).result == []


async def test_a_poll_that_waits_ends_at_once_when_the_server_closes(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession, api: Api
) -> None:
    task = await polling(telegram, api)
    await telegram.close()
    assert (await task).result == []


async def test_a_poll_takes_its_parameters_from_the_query(
    telegram: Telegram, server: Server, http: aiohttp.ClientSession
) -> None:
    await telegram.user(7).says("hello")
    async with http.get(f"{server.url}/bot{DEMO_TOKEN}/getupdates?limit=1&timeout=0") as answer:
        assert len((await answer.json())["result"]) == 1
