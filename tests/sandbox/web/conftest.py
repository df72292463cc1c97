"""A real browser in front of a real sandbox, and a bare bot behind it."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from sandbox.box import READER_ID, Box

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = 1280, 390


def chromium() -> str:
    """The path of a Chromium. Skips the test where there is none, but fails it in CI."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium")
    return found


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def box() -> AsyncIterator[Box]:
    async with Box.open(pace=None) as box:
        yield box


@dataclass
class BareBot:
    """A bot without a library: it calls methods and takes updates."""

    session: aiohttp.ClientSession
    address: str
    offset: int = 0
    waiting: list[Any] = field(default_factory=list)

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.address}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def sends(self, text: str, **parameters: Any) -> Any:
        return await self.call("sendMessage", chat_id=READER_ID, text=text, parse_mode="HTML", **parameters)

    async def next_update(self) -> Any:
        while not self.waiting:
            self.waiting = await self.call("getUpdates", offset=self.offset, timeout=10)
        update = self.waiting.pop(0)
        self.offset = update["update_id"] + 1
        return update


@pytest_asyncio.fixture(loop_scope="module")
async def bot(box: Box) -> AsyncIterator[BareBot]:
    async with aiohttp.ClientSession() as session:
        yield BareBot(session, f"{box.url}/bot{box.token}")


@pytest.fixture
def width(request: pytest.FixtureRequest) -> int:
    """How many pixels the window is wide; a test may ask for others."""
    asked: int = getattr(request, "param", DESKTOP)
    return asked


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser, width: int) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": width, "height": 800}, locale="uk-UA")
    context.set_default_timeout(10_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(context: BrowserContext, box: Box) -> AsyncIterator[Page]:
    """The page as a newcomer finds it. No script may fail in it."""
    page = await context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    await page.goto(f"{box.url}/")
    yield page
    assert failures == []
