"""A server, a bare client of its Bot API, and python-telegram-bot's own."""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import aiohttp
import pytest
import telegram as ptb
from PIL import Image

from sandbox.telegram import DEMO_TOKEN, Server, Telegram, serve

_drawn = BytesIO()
Image.new("RGB", (4, 3)).save(_drawn, "PNG")
PICTURE = _drawn.getvalue()


class Clock:
    """Time that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Api(Protocol):
    """Calls a method and gives the HTTP status and the answer."""

    def __call__(self, method: str, **parameters: Any) -> Awaitable["Reply"]: ...


@dataclass(frozen=True)
class Reply:
    """What a call was answered."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.status == 200, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.body.get("description", "")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(limits=None, clock=clock, now=clock)


@pytest.fixture
async def server(telegram: Telegram) -> AsyncIterator[Server]:
    async with serve(telegram) as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(server: Server, http: aiohttp.ClientSession) -> Api:
    async def call(method: str, **parameters: Any) -> Reply:
        async with http.post(f"{server.url}/bot{DEMO_TOKEN}/{method}", json=parameters) as answer:
            return Reply(answer.status, await answer.json())

    return call


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[ptb.Bot]:
    async with ptb.Bot(DEMO_TOKEN, f"{server.url}/bot", f"{server.url}/file/bot") as bot:
        yield bot
