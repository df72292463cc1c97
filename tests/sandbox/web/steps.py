"""What a reader does over and over, and where things are on the page."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.telegram import Chat
from tests.sandbox.web.conftest import DESKTOP, PHONE, BareBot

at_both_widths = pytest.mark.parametrize("width", [DESKTOP, PHONE], indirect=True)


def messages(page: Page) -> Locator:
    return page.get_by_role("log", name="Повідомлення").get_by_role("article")


def the_input(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Повідомлення")


def in_log(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_text(text)


def begins(title: str) -> re.Pattern[str]:
    """A chat goes by its title; its last words may name another."""
    return re.compile(rf"^\s*{re.escape(title)}")


async def begin(page: Page, bot: BareBot) -> None:
    await page.get_by_role("button", name="Почати").click()
    assert (await bot.next_update())["message"]["text"] == "/start"
    await expect(the_input(page)).to_be_visible()


async def write(page: Page, text: str) -> None:
    await the_input(page).fill(text)
    await the_input(page).press("Enter")


async def open_chat(page: Page, chat: Chat | str) -> None:
    title = chat if isinstance(chat, str) else chat.name
    if not await page.get_by_role("navigation", name="Чати").is_visible():
        await page.get_by_role("button", name="Показати чати").click()
    await page.get_by_role("navigation", name="Чати").get_by_role("button", name=begins(title)).click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible()


async def choose_in_menu(page: Page, entry: str) -> None:
    await page.get_by_role("button", name="Меню чату").click()
    await page.get_by_role("menuitem", name=entry).click()


async def open_drawer(page: Page, tab: str) -> Locator:
    """The panel of that name behind the scenes."""
    drawer = page.get_by_role("complementary", name="За лаштунками")
    if not await drawer.is_visible():
        await page.get_by_role("button", name="За лаштунками").click()
    await drawer.get_by_role("tab", name=tab).click()
    return drawer.get_by_role("tabpanel", name=tab)
