"""Links under messages: their previews, and those that lead to the bot itself."""

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import GROUP_ID, READER_ID
from sandbox.telegram.previews import Preview
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import begin, messages, open_chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINK = '<a href="https://example.org/news">Порт відкрили</a>'


async def test_a_link_is_previewed_below_the_text(page: Page, bot: BareBot, box: Box) -> None:
    image = f"{box.url}/web/icon.svg"
    box.telegram.preview = lambda url: Preview(url, "Берег", "Порт відкрили знову", "Після шторму.", image)
    await begin(page, bot)
    await bot.sends(LINK)
    card = messages(page).last.get_by_role("link", name="Попередній перегляд: Порт відкрили знову")
    await expect(card).to_have_attribute("href", "https://example.org/news")
    await expect(card).to_contain_text("БерегПорт відкрили зновуПісля шторму.")
    await expect(card.locator("img")).to_have_js_property("complete", True)


async def test_a_preview_stands_above_where_the_bot_wants_it(page: Page, bot: BareBot, box: Box) -> None:
    box.telegram.preview = lambda url: Preview(url, "Берег", "Картка", "")
    await begin(page, bot)
    await bot.sends(LINK, link_preview_options={"show_above_text": True})
    await expect(messages(page).last).to_contain_text("Картка")
    text = await messages(page).last.inner_text()
    assert text.index("Картка") < text.index("Порт відкрили")


async def test_a_preview_does_without_a_picture_that_fails(page: Page, bot: BareBot, box: Box) -> None:
    box.telegram.preview = lambda url: Preview(url, "Берег", "Картка", "", f"{box.url}/nowhere.jpg")
    await begin(page, bot)
    await bot.sends(LINK)
    await expect(messages(page).last).to_contain_text("Картка")
    await expect(messages(page).last.locator("img")).to_have_count(0)


async def test_a_link_to_the_bot_starts_it_there(page: Page, bot: BareBot, box: Box) -> None:
    group = box.telegram.chats[GROUP_ID]
    box.telegram.user(READER_ID).adds_bot(group)
    door = {"inline_keyboard": [[{"text": "Відкрити", "url": "https://t.me/visnyk_bot?start=news-1"}]]}
    await bot.call("sendMessage", chat_id=GROUP_ID, text="Новина", reply_markup=door)
    await open_chat(page, group)
    await page.get_by_role("link", name="Відкрити").click()
    await expect(page.get_by_role("heading", name="Вісник")).to_be_visible()
    await expect(messages(page).last).to_contain_text("/start news-1")


async def test_a_link_that_adds_the_bot_to_groups_leads_to_the_menu(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.sends('<a href="https://t.me/visnyk_bot?startgroup=x">до групи</a>')
    await page.get_by_role("link", name="до групи").click()
    await expect(page.get_by_role("status").get_by_text("Додайте бота з меню")).to_be_visible()
