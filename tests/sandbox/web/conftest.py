"""A real browser in front of a real sandbox, and a bare bot behind it."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, ViewportSize, async_playwright

from sandbox.box import Box
from sandbox.cast import READER_ID

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


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
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


@pytest_asyncio.fixture(loop_scope="session")
async def bot(box: Box) -> AsyncIterator[BareBot]:
    async with aiohttp.ClientSession() as session:
        yield BareBot(session, f"{box.url}/bot{box.token}")


@pytest.fixture
def width(request: pytest.FixtureRequest) -> int:
    """How many pixels the window is wide; a test may ask for others."""
    asked: int = getattr(request, "param", DESKTOP)
    return asked


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def contexts(browser: Browser) -> dict[int, BrowserContext]:
    """A window by width. Each box has a port, and so an origin, of its own: no test sees another's storage."""
    return {width: await _window(browser, width) for width in (DESKTOP, PHONE)}


@pytest.fixture
def context(contexts: dict[int, BrowserContext], width: int) -> BrowserContext:
    return contexts[width]


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, box: Box) -> AsyncIterator[Page]:
    """The page as a newcomer finds it, in a tab of its own. No script may fail in it."""
    page = await context.new_page()
    failures: list[str] = []

    def note(error: Error) -> None:
        failures.append(str(error))

    page.on("pageerror", note)
    await page.goto(f"{box.url}/")
    yield page
    # Closed tabs let go of the box, which would wait for them otherwise, also in the midst of going elsewhere.
    for tab in context.pages:
        await tab.close()
    assert failures == []


async def _window(browser: Browser, width: int) -> BrowserContext:
    size = ViewportSize(width=width, height=800)
    context = await browser.new_context(viewport=size, locale="uk-UA", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    return context
