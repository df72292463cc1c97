"""Files that a reader hands over."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, begin, messages, the_input

pytestmark = pytest.mark.asyncio(loop_scope="session")

DROP = """(event) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["<opml/>"], "джерела.opml", { type: "text/x-opml" }));
    const target = document.querySelector("[role=log]");
    target.dispatchEvent(new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "джерела.opml"
    path.write_bytes(b"<opml/>" * 700)
    return path


@at_both_widths
async def test_a_file_is_attached_with_what_was_written_as_its_caption(page: Page, bot: BareBot, opml: Path) -> None:
    await begin(page, bot)
    await the_input(page).fill("мої джерела")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Додати файл").click()
    await (await chooser.value).set_files(opml)
    message = (await bot.next_update())["message"]
    assert (message["document"]["file_name"], message["caption"]) == ("джерела.opml", "мої джерела")
    await expect(messages(page).last.get_by_role("link", name="джерела.opml 4,8 КБ")).to_be_visible()
    await expect(the_input(page)).to_have_value("")


async def test_a_file_is_dropped_on_the_chat(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await page.evaluate(DROP, "dragenter")
    await expect(page.get_by_text("Відпустіть файл, щоб надіслати")).to_be_visible()
    await page.evaluate(DROP, "drop")
    assert (await bot.next_update())["message"]["document"]["file_name"] == "джерела.opml"
    await expect(page.get_by_text("Відпустіть файл")).to_be_hidden()


async def test_where_nobody_may_write_no_file_is_taken(page: Page) -> None:
    await expect(page.get_by_role("button", name="Почати")).to_be_visible()
    await page.evaluate(DROP, "dragenter")
    await expect(page.get_by_text("Відпустіть файл")).to_be_hidden()
    await page.evaluate(DROP, "drop")
    await expect(messages(page)).to_have_count(0)


async def test_a_file_whose_caption_is_too_long_waits(page: Page, bot: BareBot, opml: Path) -> None:
    await begin(page, bot)
    await the_input(page).fill("д" * 1025)
    await page.locator("input[type=file]").set_input_files(opml)
    await expect(page.get_by_role("status").get_by_text("уміщається щонайбільше 1024 знаки")).to_be_visible()
    await expect(the_input(page)).to_have_value("д" * 1025)
