"""The stage of the pictures: the real bot in the sandbox, and a real Chromium before it."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.demo import demo_settings
from bot.service import serve
from sandbox.box import Box
from sandbox.telegram.previews import Preview

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Where the newsroom seems to be: a name in the messages instead of a number and a port.
TOWN = "http://town.example"


@asynccontextmanager
async def stage() -> AsyncIterator[tuple[Box, Browser]]:
    """Box, bot and browser, for as long as the pictures take; the newsroom is at TOWN's addresses."""
    with tempfile.TemporaryDirectory() as folder:
        async with Box.open(Path(folder), pace=None) as box, _bot(box, Path(folder)):
            _preview_town(box)
            rules = f"--host-resolver-rules=MAP {TOWN.removeprefix('http://')} {box.url.removeprefix('http://')}"
            async with async_playwright() as play:
                browser = await play.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, rules])
                yield box, browser
                await browser.close()


@asynccontextmanager
async def _bot(box: Box, folder: Path) -> AsyncIterator[None]:
    stop, ready = asyncio.Event(), asyncio.Event()
    # The box stands in for whatever lies behind a proxy.
    settings = demo_settings(box.url, folder).model_copy(update={"fetch_proxy": box.url})
    service = asyncio.create_task(serve(settings, stop, ready=ready.set))
    await ready.wait()
    yield
    stop.set()
    await service


def _preview_town(box: Box) -> None:
    """Links into the town have a preview, as those to the box itself."""
    of_box = box.telegram.preview

    def preview(url: str) -> Preview | None:
        seen = of_box(url.replace(TOWN, box.url))
        return replace(seen, url=url) if seen else None

    box.telegram.preview = preview
