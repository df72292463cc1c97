"""Where the keys go: whoever never touches the mouse is led from one step to the next."""

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import READER_ID
from tests.sandbox.web.conftest import PHONE, BareBot
from tests.sandbox.web.steps import begin, choose_in_menu, the_input

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_newcomer_starts_and_writes_without_a_mouse(page: Page, bot: BareBot) -> None:
    await expect(page.get_by_role("button", name="Почати")).to_be_focused()
    await page.keyboard.press("Enter")
    assert (await bot.next_update())["message"]["text"] == "/start"
    await expect(the_input(page)).to_be_focused()
    await page.reload()
    await expect(the_input(page)).to_be_focused()


async def test_one_who_lets_the_bot_in_again_goes_on_writing(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await choose_in_menu(page, "Заблокувати бота")
    await page.get_by_role("button", name="Розблокувати бота").press("Enter")
    await expect(the_input(page)).to_be_focused()


async def test_one_who_is_elsewhere_is_left_there(page: Page, box: Box) -> None:
    await expect(page.get_by_role("button", name="Почати")).to_be_focused()
    await page.get_by_role("button", name="Switch to English").focus()
    await box.telegram.user(READER_ID).says("/start")
    await expect(the_input(page)).to_be_visible()
    await expect(page.get_by_role("button", name="Switch to English")).to_be_focused()


@pytest.mark.parametrize("width", [PHONE], indirect=True)
async def test_on_a_phone_no_keyboard_comes_up_unasked(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await expect(the_input(page)).not_to_be_focused()
