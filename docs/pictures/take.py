"""Takes the README's pictures anew: the real bot in the sandbox, seen by a real Chromium.

make pictures
"""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize
from stage import TOWN, stage

from sandbox.box import Box
from sandbox.cast import SAILOR_ID

HERE = Path(__file__).parent
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
FIRST = (
    "Новий міст через Лиманку в Заріччі відкрили для трамваїв",
    "Першим у суботу вранці проїхав святковий вагон. Рух міст витримав без зауважень.",
)
SECOND = (
    "У Заріччі трамвай уперше поїхав новим мостом через Лиманку",
    "Дорога з правого берега до вокзалу скоротилася на двадцять хвилин. Проїзд у вихідні безкоштовний.",
)
ENGLISH = (
    "First tram crosses the new bridge over the Lymanka",
    "The trip from the right bank to the station is now twenty minutes shorter.",
)
# A moment for what slides and fades.
SETTLED = 600


async def main() -> None:
    """All of them."""
    async with stage() as (box, browser):
        await _on_a_desktop(browser, box)
        await _on_a_phone(browser, box)


async def _on_a_desktop(browser: Browser, box: Box) -> None:
    """chat.png: a push that two outlets tell, related articles; inline.png: the bot asked in a group."""
    page = await browser.new_page(viewport=DESKTOP, locale="uk-UA", timezone_id="Europe/Kyiv")
    await page.goto(box.url)
    await page.get_by_role("button", name="Почати").click()
    await _told(page, "Вісник стежить за новинами")
    for outlet, name in (("bereg", "Вільний Берег"), ("misto", "Місто Сьогодні")):
        await _say(page, f"{TOWN}/news/{outlet}/", "Стежити за цим джерелом?")
        await page.get_by_role("button", name="➕ Стежити").last.click()
        await _told(page, f"Ви стежите за джерелом {name}")
    _publish(box, "misto", FIRST, topic="transport")
    await _told(page, FIRST[0])
    _publish(box, "bereg", SECOND, topic="transport")
    await _told(page, "також: Вільний Берег")
    await page.get_by_role("button", name="🔗 Схоже").last.click()
    await _told(page, "Про те саме")
    await _take(page, "chat")
    await page.get_by_role("button", name="Сусіди з Липової").click()
    await page.get_by_role("textbox").last.fill("@visnyk_bot міст")
    await page.get_by_role("listbox", name="Знайдене").get_by_role("option").first.wait_for()
    await _take(page, "inline")
    await page.close()


async def _on_a_phone(browser: Browser, box: Box) -> None:
    """phone.png: in English, in the dark."""
    page = await browser.new_page(viewport=PHONE, locale="en-GB", timezone_id="Europe/Kyiv", color_scheme="dark")
    await page.goto(f"{box.url}/?user={SAILOR_ID}")
    await page.get_by_role("button", name="Start").click()
    await _told(page, "Visnyk follows the news")
    await _say(page, f"/sub {TOWN}/news/harbour/", "You now follow The Harbour Post")
    _publish(box, "harbour", ENGLISH, topic="harbour")
    await _told(page, ENGLISH[0])
    await _take(page, "phone")
    await page.close()


def _publish(box: Box, outlet: str, words: tuple[str, str], topic: str) -> None:
    title, lead = words
    box.newsroom.publish(outlet, title=title, lead=lead, body=lead, topic=topic)


async def _say(page: Page, words: str, answer: str) -> None:
    await page.get_by_role("textbox").last.fill(words)
    await page.keyboard.press("Enter")
    await _told(page, answer)


async def _told(page: Page, words: str) -> None:
    await page.get_by_role("log").get_by_text(words).first.wait_for()


async def _take(page: Page, name: str) -> None:
    await page.wait_for_timeout(SETTLED)
    await page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
