"""The log's two ends: the newest message stays in sight, and what is older than the page shows is told of."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from sandbox.box import Box
from sandbox.cast import FORUM_ID, READER_ID
from sandbox.telegram.previews import Preview
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, messages, open_chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"/>'
# A picture gets its height after the log went to its end, and before the event of that.
GROWS = """(log) => {
    window.gone = new Promise((resolve) => log.addEventListener("scroll", resolve, { once: true }));
    new MutationObserver(() => log.querySelectorAll("img").forEach((image) => { image.style.minHeight = "600px"; }))
        .observe(log, { childList: true });
}"""
AT_END = """() => {
    const log = document.getElementById("log");
    return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
}"""

# A page keeps a thousand messages of a chat: too many to write for a test.
TRIMMED = """async () => {
    const { Store } = await import("/web/store.js");
    const store = new Store();
    const messages = Array.from({ length: 1001 }, (_, id) => ({ message_id: id + 1 }));
    store.load({ bot: {}, user: { id: 7 }, users: [], chats: [{ id: 7, type: "private", messages, older: [] }] });
    return [store.hasOlder, store.trim(7).length, store.hasOlder];
}"""


async def fill(box: Box, lines: int) -> None:
    for number in range(lines):
        await box.telegram.user(READER_ID).says(f"рядок {number}")


async def late_pictures(page: Page, box: Box) -> asyncio.Event:
    """Lets links have pictures, which come once the event is set."""
    drawn = asyncio.Event()

    async def draw(route: Route) -> None:
        await drawn.wait()
        await route.fulfill(content_type="image/svg+xml", body=PICTURE)

    await page.route("**/late.svg", draw)
    box.telegram.preview = lambda url: Preview(url, "Берег", "Картка", "", f"{box.url}/late.svg")
    return drawn


@at_both_widths
async def test_the_newest_message_stays_in_sight_however_late_its_picture(page: Page, bot: BareBot, box: Box) -> None:
    drawn = await late_pictures(page, box)
    await fill(box, 40)
    await expect(messages(page)).to_have_count(40)
    await page.get_by_role("log").evaluate(GROWS)
    await bot.sends('<a href="https://example.org/news">Порт відкрили</a>')
    await expect(messages(page)).to_have_count(41)
    await page.evaluate("() => window.gone")
    drawn.set()
    await page.wait_for_function(AT_END)
    await expect(page.get_by_role("button", name="нове повідомлення")).to_be_hidden()


async def test_one_who_went_up_is_not_taken_down_by_a_picture(page: Page, bot: BareBot, box: Box) -> None:
    drawn = await late_pictures(page, box)
    await fill(box, 40)
    await bot.sends('<a href="https://example.org/news">Порт відкрили</a>')
    await expect(messages(page)).to_have_count(41)
    await page.wait_for_function(AT_END)
    await page.get_by_role("log").hover()
    await page.mouse.wheel(0, -3000)
    await expect(messages(page).first).to_be_in_viewport()
    drawn.set()
    await expect(messages(page).last.locator("img")).to_have_js_property("naturalWidth", 800)
    await bot.sends("Ще одна")
    await expect(page.get_by_role("button", name="1 нове повідомлення")).to_be_visible()
    await expect(messages(page).first).to_be_in_viewport()


async def test_what_is_older_than_the_page_shows_is_told_of(page: Page, box: Box) -> None:
    told = page.get_by_role("log").get_by_text("Давніших повідомлень тут не показано")
    await fill(box, 200)
    await page.reload()
    await expect(messages(page)).to_have_count(200)
    await expect(told).to_have_count(0)
    await fill(box, 1)
    await page.reload()
    await expect(messages(page).first).to_contain_text("рядок 1")
    await expect(told).to_have_count(1)
    await expect(page.get_by_role("log").locator("> *").first).to_have_text("Давніших повідомлень тут не показано")


async def test_a_topic_that_shows_all_it_has_tells_of_nothing_older(page: Page, box: Box) -> None:
    forum = box.telegram.chats[FORUM_ID]
    for thread, lines in ((None, 1), (2, 200)):
        for number in range(lines):
            await box.telegram.user(READER_ID).says(f"рядок {number}", forum, thread=thread)
    await page.reload()
    await open_chat(page, forum)
    told = page.get_by_role("log").get_by_text("Давніших повідомлень тут не показано")
    await expect(told).to_be_visible()
    await page.get_by_role("tab", name="Порт").click()
    await expect(messages(page)).to_have_count(200)
    await expect(told).to_have_count(0)


async def test_what_a_page_lets_go_counts_as_older(page: Page) -> None:
    assert await page.evaluate(TRIMMED) == [False, 1, True]
