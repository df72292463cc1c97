"""A whole visit: the real bot, the newsroom and a browser, all by what a person sees."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.demo import demo_settings
from bot.service import serve
from sandbox.box import Box
from sandbox.cast import SAILOR_ID
from tests.sandbox.web.conftest import DESKTOP
from tests.sandbox.web.steps import at_both_widths, in_log, messages, open_drawer, the_input, write

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Two reports of one event, in different words.
FIRST = ("Новий міст через Лиманку відкрили для трамваїв", "Першим у суботу вранці проїхав святковий вагон.")
SECOND = ("Трамвай уперше поїхав новим мостом через Лиманку", "Святковий вагон у суботу відкрив рух мостом.")
# A poll comes every few seconds; the rest of the patience is for a busy machine.
PUSHED = 40_000
DROP = """(text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "feeds.opml", { type: "text/x-opml" }));
    const target = document.querySelector("[role=log]");
    for (const name of ["dragenter", "dragover", "drop"])
        target.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def visnyk(box: Box, tmp_path: Path) -> AsyncIterator[None]:
    """The bot at work against the box."""
    stop, ready = asyncio.Event(), asyncio.Event()
    service = asyncio.create_task(serve(demo_settings(box.url, tmp_path), stop, ready=ready.set))
    await ready.wait()
    yield
    stop.set()
    await service


async def follow(page: Page, outlet: str, told: str) -> None:
    drawer = await open_drawer(page, "Редакція")
    await drawer.get_by_role("button", name=f"Стежити: {outlet}").click()
    await expect(in_log(page, told)).to_be_visible(timeout=PUSHED)


async def leave_drawer(page: Page, width: int) -> None:
    """On a phone it lies over the chat."""
    if width < DESKTOP:
        await page.get_by_role("complementary", name="За лаштунками").get_by_role("button", name="Закрити").click()


async def is_pushed(page: Page, title: str) -> None:
    await expect(messages(page).get_by_role("link", name=title).first).to_be_visible(timeout=PUSHED)


@at_both_widths
@pytest.mark.usefixtures("visnyk")
async def test_a_first_visit(page: Page, box: Box, width: int) -> None:
    await page.get_by_role("button", name="Почати").click()
    await expect(in_log(page, "Вісник стежить за новинами")).to_be_visible(timeout=PUSHED)

    await follow(page, "Вільний Берег", "Ви стежите за джерелом Вільний Берег")
    await follow(page, "Місто Сьогодні", "Ви стежите за джерелом Місто Сьогодні")
    drawer = await open_drawer(page, "Редакція")
    await drawer.get_by_role("button", name="Опублікувати зараз: Вільний Берег").click()
    await leave_drawer(page, width)
    await is_pushed(page, box.newsroom.outlet("bereg").newest[0].title)
    await expect(messages(page).last.locator("img")).to_have_js_property("naturalWidth", 800)

    for outlet, (title, lead) in (("bereg", FIRST), ("misto", SECOND)):
        box.newsroom.publish(outlet, title=title, lead=lead, body=lead)
        await is_pushed(page, FIRST[0])
    push = messages(page).filter(has_text=FIRST[0])
    await expect(push).to_contain_text("також: Місто Сьогодні", timeout=PUSHED)
    await push.get_by_role("button", name="Схоже").click()
    await expect(messages(page).last).to_contain_text("Про те саме")
    await expect(messages(page).last).to_contain_text(SECOND[0])

    await write(page, "/search трамваями")
    await expect(messages(page).last).to_contain_text("🔎 трамваями")
    await expect(messages(page).last.get_by_role("link", name=SECOND[0])).to_be_visible()
    await expect(messages(page).last).to_contain_text("і ще 1")

    await the_input(page).fill("@visnyk_bot мостами Лиманки")
    await page.get_by_role("listbox", name="Знайдене").get_by_role("option").filter(has_text=SECOND[0]).click()
    await expect(messages(page).last).to_contain_text("через @visnyk_bot")
    await expect(messages(page).last).to_contain_text(SECOND[0])

    feeds = "".join(f'<outline text="{name}" xmlUrl="{box.url}/news/{name}/"/>' for name in ("likhtar", "harbour"))
    await page.evaluate(DROP, f"<opml version='2.0'><body>{feeds}</body></opml>")
    await expect(messages(page).last).to_contain_text("Додано 2 джерела", timeout=PUSHED)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@at_both_widths
async def test_the_page_speaks_english_too(page: Page, width: int) -> None:
    if width < DESKTOP:
        await page.get_by_role("button", name="Показати чати").click()
    await page.get_by_role("button", name="Switch to English").click()
    await expect(page.get_by_text("Visnyk’s sandbox: not the real Telegram")).to_be_visible()


@pytest.mark.usefixtures("visnyk")
async def test_a_visit_in_english(page: Page, box: Box) -> None:
    await page.goto(f"{box.url}/?user={SAILOR_ID}")
    await page.get_by_role("button", name="Switch to English").click()
    await page.get_by_role("button", name="Start").click()
    log = page.get_by_role("log", name="Messages")
    await expect(log.get_by_text("Visnyk follows the news")).to_be_visible(timeout=PUSHED)
    await page.get_by_role("button", name="Follow: The Harbour Post").click()
    await expect(log.get_by_text("You now follow The Harbour Post")).to_be_visible(timeout=PUSHED)
    await page.get_by_role("button", name="Publish now: The Harbour Post").click()
    title = box.newsroom.outlet("harbour").newest[0].title
    await expect(log.get_by_role("link", name=title).first).to_be_visible(timeout=PUSHED)
    await expect(log.get_by_role("button", name="Related").last).to_be_visible()
