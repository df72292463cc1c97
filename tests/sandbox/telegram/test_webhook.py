import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import telegram as ptb
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.telegram import DEMO_TOKEN, Telegram, serve
from sandbox.telegram.webhook import SECRET_HEADER

from .conftest import Api, Clock


class Hook:
    """A bot's own server: what came to it, and how it answers the next."""

    def __init__(self) -> None:
        self.came: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.statuses: list[int] = []

    async def take(self, request: web.Request) -> web.Response:
        self.came.put_nowait((request.headers.get(SECRET_HEADER, ""), await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next(self) -> tuple[str, Any]:
        return await asyncio.wait_for(self.came.get(), 10)


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(limits=None, webhook_pause=0.01, clock=clock, now=clock)


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def address(hook: Hook) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/hook", hook.take)
    async with TestServer(application) as server:
        yield str(server.make_url("/hook"))


async def test_updates_are_brought_in_order_with_the_secret(
    telegram: Telegram, api: Api, hook: Hook, address: str
) -> None:
    user = telegram.user(7)
    await user.says("before")
    set_ = await api("setWebhook", url=address, secret_token="s-1", max_connections=3)
    assert (set_.result, set_.body["description"]) == (True, "Webhook was set")
    await user.says("after")
    brought = [await hook.next(), await hook.next()]
    assert [(secret, update["message"]["text"]) for secret, update in brought] == [("s-1", "before"), ("s-1", "after")]
    info = (await api("getWebhookInfo")).result
    assert (info["url"], info["max_connections"]) == (address, 3)


async def test_an_update_is_brought_again_until_it_is_taken(
    telegram: Telegram, api: Api, hook: Hook, address: str
) -> None:
    hook.statuses = [500, 302]
    await telegram.user(7).says("once")
    await api("setWebhook", url=address)
    ids = [(await hook.next())[1]["update_id"] for _ in range(3)]
    assert len(set(ids)) == 1
    await telegram.user(7).says("twice")
    assert (await hook.next())[1]["update_id"] == ids[0] + 1
    info = (await api("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_a_webhook_that_can_not_be_reached_is_told_of(telegram: Telegram, api: Api, clock: Clock) -> None:
    await telegram.user(7).says("lost")
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    while telegram.hook.failure is None:
        await telegram.hook.changed.rung()
    info = (await api("getWebhookInfo")).result
    assert info["last_error_message"].startswith("Connection failed")
    assert (info["last_error_date"], info["pending_update_count"]) == (int(clock.now), 1)


async def test_who_polls_is_sent_away_when_a_webhook_is_set(telegram: Telegram, api: Api, address: str) -> None:
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await telegram.updates.began.rung()
    await api("setWebhook", url=address)
    assert (await poll).refusal == (409, "Conflict: terminated by setWebhook request")
    active = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert (await api("getUpdates")).refusal == (409, f"Conflict: {active}")
    assert (await api("setWebhook", url=address)).body["description"] == "Webhook is already set"
    assert (await api("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook")).body["description"] == "Webhook is already deleted"
    assert (await api("getUpdates")).status == 200


@pytest.mark.parametrize("url", ["https://example.org/hook", "http://10.0.0.1/", "http://127.0.0.1.example.org/"])
async def test_nothing_is_brought_to_other_machines(api: Api, url: str) -> None:
    refused = await api("setWebhook", url=url)
    assert refused.refusal[1] == "Bad Request: bad webhook: this sandbox brings updates to loopback addresses only"


@pytest.mark.parametrize("url", ["http://[", "http://127.0.0.1:99999/"])
async def test_what_is_no_address_is_refused(api: Api, url: str) -> None:
    assert (await api("setWebhook", url=url)).refusal == (400, "Bad Request: invalid webhook URL specified")


async def test_a_webhook_survives_a_restart(tmp_path: Path, hook: Hook, address: str) -> None:
    state = tmp_path / "telegram.db"
    async with serve(Telegram(state=state)) as server, ptb.Bot(DEMO_TOKEN, f"{server.url}/bot") as bot:
        await bot.set_webhook(address, secret_token="s")
    again = Telegram(state=state)
    async with serve(again):
        await again.user(7).says("/start")
        assert (await hook.next())[0] == "s"
