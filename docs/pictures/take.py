"""Takes the README's pictures anew: the real bot in the sandbox, seen by a real Chromium.

make pictures
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.demo import demo_settings
from bot.service import serve
from sandbox.box import Box

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FIRST = (
    "Новий міст через Лиманку в Заріччі відкрили для трамваїв",
    "Першим у суботу вранці проїхав святковий вагон. Рух міст витримав без зауважень.",
)
SECOND = (
    "У Заріччі трамвай уперше поїхав новим мостом через Лиманку",
    "Дорога з правого берега до вокзалу скоротилася на двадцять хвилин. Проїзд у вихідні безкоштовний.",
)


async def main() -> None:
    """A subscription, a push, related articles, a search."""
    with tempfile.TemporaryDirectory() as folder:
        async with Box.open(Path(folder), pace=None) as box:
            stop, ready = asyncio.Event(), asyncio.Event()
            service = asyncio.create_task(serve(demo_settings(box.url, Path(folder)), stop, ready=ready.set))
            await ready.wait()
            await _play(box)
            stop.set()
            await service


async def _play(box: Box) -> None:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = await browser.new_page(
            viewport={"width": 1180, "height": 900}, locale="uk-UA", timezone_id="Europe/Kyiv"
        )
        await page.goto(box.url)
        await page.get_by_role("button", name="Почати").click()
        await page.get_by_text("Вісник стежить за новинами").first.wait_for()
        await _say(page, f"/sub {box.url}/news/misto/", "Ви стежите за Місто Сьогодні")
        await _say(page, f"/sub {box.url}/news/bereg/", "Ви стежите за Вільний Берег")
        await _publish(page, box, "misto", *FIRST)
        await _publish(page, box, "bereg", *SECOND)
        await page.get_by_role("button", name="🔗 Схоже").last.click()
        await page.get_by_text("Про те саме").first.wait_for()
        await _say(page, "/search трамваї", "🔎")
        await page.screenshot(path=HERE / "chat.png")
        await browser.close()


async def _publish(page: Page, box: Box, outlet: str, title: str, lead: str) -> None:
    box.newsroom.publish(outlet, title=title, lead=lead, body=lead)
    await page.get_by_text(title).first.wait_for()


async def _say(page: Page, words: str, answer: str) -> None:
    await page.get_by_role("textbox").last.fill(words)
    await page.keyboard.press("Enter")
    await page.get_by_text(answer).first.wait_for()


if __name__ == "__main__":
    asyncio.run(main())
