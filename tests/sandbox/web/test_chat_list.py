"""The chats at the left: which comes first, what is unread, who else could be looking."""

import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from sandbox.box import Box
from sandbox.cast import CHANNEL_ID, GROUP_ID, NEIGHBOUR_ID, READER_ID
from tests.sandbox.web.conftest import PHONE, BareBot
from tests.sandbox.web.steps import at_both_widths, begin, messages, open_chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

STICKING_OUT = """(side) => {
    const edge = side.getBoundingClientRect().right;
    const shown = [...side.querySelectorAll("*")].filter((one) => one.checkVisibility());
    return shown.filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.outerHTML);
}"""


def chats(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Чати").get_by_role("listitem")


async def test_what_is_unread_is_counted_until_it_is_read(page: Page, box: Box) -> None:
    group = box.telegram.chats[GROUP_ID]
    neighbour = box.telegram.user(NEIGHBOUR_ID)
    await expect(chats(page)).to_have_count(4)
    for text in ("Є вода?", "Агов"):
        await neighbour.says(text, group)
    await expect(chats(page).first).to_contain_text("Сусіди з Липової")
    await expect(chats(page).first.get_by_role("img", name="непрочитаних: 2")).to_be_visible()
    await expect(page).to_have_title(re.compile(r"^\(2\) ● Вісник"))
    await page.reload()
    await expect(page).to_have_title(re.compile(r"^\(2\) ● Вісник"))
    await open_chat(page, group)
    await open_chat(page, "Вісник")
    await expect(page).to_have_title("Вісник")
    await page.reload()
    await expect(chats(page)).to_have_count(4)
    await expect(page).to_have_title("Вісник")


async def test_the_chat_with_the_newest_message_comes_first(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    box.telegram.user(READER_ID).adds_bot(box.telegram.chats[CHANNEL_ID], "administrator")
    await bot.call("sendMessage", chat_id=CHANNEL_ID, text="Порт відкрили")
    await expect(chats(page).first).to_contain_text("Порт відкрили")
    await bot.sends("Новина")
    await expect(chats(page).first).to_contain_text("Новина")


async def test_the_bot_is_seen_typing_until_its_message_comes(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.call("sendChatAction", chat_id=READER_ID, action="typing")
    await expect(page.get_by_role("main").get_by_text("друкує…")).to_be_visible()
    await expect(chats(page).first).to_contain_text("друкує…")
    await bot.sends("Ось")
    await expect(page.get_by_role("main").get_by_text("друкує…")).to_be_hidden()


async def test_only_the_bots_message_ends_its_typing(page: Page, bot: BareBot, box: Box) -> None:
    group = box.telegram.chats[GROUP_ID]
    box.telegram.user(READER_ID).adds_bot(group, "administrator")
    sent = await bot.call("sendMessage", chat_id=GROUP_ID, text="Шукаю…")
    await open_chat(page, group)
    await bot.call("sendChatAction", chat_id=GROUP_ID, action="typing")
    typing = page.get_by_role("main").get_by_text("Вісник друкує…")
    await expect(typing).to_be_visible()
    await box.telegram.user(NEIGHBOUR_ID).says("Є вода?", group)
    await bot.call("editMessageText", chat_id=GROUP_ID, message_id=sent["message_id"], text="Майже знайшов")
    await expect(messages(page).first).to_contain_text("Майже знайшов")
    await expect(typing).to_be_visible()
    await bot.call("sendMessage", chat_id=GROUP_ID, text="Ось")
    await expect(typing).to_be_hidden()


async def test_another_user_opens_in_a_tab_of_their_own(page: Page, context: BrowserContext) -> None:
    async with context.expect_page() as opened:
        await page.get_by_role("link", name="Тарас – у новій вкладці").click()
    second = await opened.value
    await second.get_by_role("button", name="Почати").click()
    await expect(messages(second)).to_have_count(1)
    await expect(messages(page)).to_have_count(0)


async def test_a_newcomer_is_made_and_becomes_the_reader(page: Page) -> None:
    await page.get_by_text("Новий користувач").click()
    await page.get_by_role("textbox", name="Ім’я").fill("Марта")
    await page.get_by_role("button", name="Додати", exact=True).click()
    await expect(page).to_have_url(re.compile(r"\?user=\d+$"))
    await expect(page.get_by_role("combobox", name="Ви:")).to_contain_text("Марта")
    await expect(page.get_by_role("button", name="Почати")).to_be_visible()


async def test_a_user_made_elsewhere_is_offered_at_once(page: Page, box: Box) -> None:
    await expect(page.get_by_role("combobox", name="Ви:")).to_have_value(str(READER_ID))
    users = [{"id": id, "name": name, "language": "uk"} for id, name in ((READER_ID, "Олена"), (21, "Марта"))]
    box.telegram.events.tell(bool, {"type": "users", "users": users})
    await expect(page.get_by_role("link", name="Марта – у новій вкладці")).to_have_attribute("href", "?user=21")
    await expect(page.get_by_role("combobox", name="Ви:")).to_have_text(re.compile("Марта"))
    await expect(page.get_by_role("combobox", name="Ви:")).to_have_value(str(READER_ID))


@at_both_widths
async def test_the_longest_names_stay_within_the_side(page: Page, box: Box, width: int) -> None:
    others = [box.telegram.new_user(letter * 64, "uk") for letter in "Щж"]
    for user in (READER_ID, others[0].id):
        await page.goto(f"{box.url}/?user={user}")
        if width == PHONE:
            await page.get_by_role("button", name="Показати чати").click()
        await page.get_by_text("Новий користувач").click()
        side = page.get_by_role("complementary", name="Чати")
        await expect(side.get_by_role("link", name=re.compile("^жж"))).to_be_visible()
        assert await side.evaluate(STICKING_OUT) == []
