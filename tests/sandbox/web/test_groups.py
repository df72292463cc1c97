"""Groups and channels, and where the bot stands in them."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import CHANNEL_ID, GROUP_ID, NEIGHBOUR_ID, READER_ID
from sandbox.telegram.membership import upgrade
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, begin, choose_in_menu, in_log, messages, open_chat, the_input, write

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def standing(bot: BareBot) -> Any:
    return (await bot.next_update())["my_chat_member"]["new_chat_member"]["status"]


@at_both_widths
async def test_an_admin_lets_the_bot_into_a_group(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await expect(page.get_by_text("3 учасники")).to_be_visible()
    await page.get_by_role("main").get_by_role("button", name="Додати Вісника").click()
    assert await standing(bot) == "member"
    await expect(in_log(page, "Олена додає до групи: Вісник")).to_be_visible()
    await expect(page.get_by_text("Вісника тут немає")).to_be_hidden()
    await expect(page.get_by_text("4 учасники")).to_be_visible()


async def test_a_member_is_told_that_an_admin_can_let_it_in(page: Page, box: Box) -> None:
    await page.goto(f"{box.url}/?user={NEIGHBOUR_ID}")
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await expect(page.get_by_text("додати його може адміністратор")).to_be_visible()
    await expect(page.get_by_role("button", name="Додати Вісника")).to_be_hidden()
    await expect(page.get_by_role("button", name="Меню чату")).to_be_hidden()


async def test_the_menu_gives_the_bot_rights_and_puts_it_out(page: Page, bot: BareBot, box: Box) -> None:
    group = box.telegram.chats[GROUP_ID]
    box.telegram.user(READER_ID).adds_bot(group)
    assert await standing(bot) == "member"
    await bot.next_update()
    await open_chat(page, group)
    await choose_in_menu(page, "Зробити адміністратором")
    assert await standing(bot) == "administrator"
    await choose_in_menu(page, "Вилучити Вісника")
    assert await standing(bot) == "left"
    await expect(in_log(page, "Олена вилучає з групи: Вісник")).to_be_visible()
    await expect(page.get_by_text("Вісника тут немає")).to_be_visible()


async def test_in_a_group_one_sees_who_wrote(page: Page, box: Box) -> None:
    group = box.telegram.chats[GROUP_ID]
    for text in ("Є вода?", "Агов"):
        await box.telegram.user(NEIGHBOUR_ID).says(text, group)
    await open_chat(page, group)
    await expect(messages(page).first.get_by_text("Тарас", exact=True)).to_be_visible()
    await expect(messages(page).last.get_by_text("Тарас", exact=True)).to_be_hidden()
    await write(page, "Так")
    await expect(page.get_by_role("navigation").get_by_text("Ви: Так")).to_be_visible()


async def test_a_command_in_a_group_names_the_bot(page: Page, bot: BareBot, box: Box) -> None:
    await bot.call("setMyCommands", commands=[{"command": "list", "description": "Джерела"}])
    box.telegram.user(READER_ID).adds_bot(box.telegram.chats[GROUP_ID], "administrator")
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await page.get_by_role("button", name="Команди").click()
    await page.get_by_role("option", name="/list").click()
    await expect(messages(page).last).to_contain_text("/list@visnyk_bot")


@at_both_widths
async def test_a_reader_of_a_channel_has_nothing_to_write_in(page: Page, bot: BareBot, box: Box) -> None:
    channel = box.telegram.chats[CHANNEL_ID]
    box.telegram.user(READER_ID).adds_bot(channel, "administrator")
    await page.goto(f"{box.url}/?user={NEIGHBOUR_ID}")
    await open_chat(page, channel)
    await bot.call("sendMessage", chat_id=CHANNEL_ID, text="Порт відкрили", disable_notification=True)
    await expect(messages(page).last).to_contain_text("Порт відкрили")
    await expect(messages(page).last.get_by_role("img", name="без звуку")).to_be_visible()
    await expect(page.get_by_text("Пишуть лише адміністратори каналу")).to_be_visible()
    await expect(page.get_by_text("4 підписники")).to_be_visible()
    await expect(the_input(page)).to_be_hidden()


@at_both_widths
async def test_a_channel_says_what_a_bot_does_there(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[CHANNEL_ID])
    hint = page.get_by_text("Бот пише в канал, коли він там адміністратор")
    await expect(hint).to_be_visible()
    await expect(page.get_by_role("main").get_by_role("button", name="Додати Вісника")).to_be_hidden()
    await page.get_by_role("main").get_by_role("button", name="Додати як адміністратора").click()
    assert await standing(bot) == "administrator"
    await expect(hint).to_be_hidden()


async def test_a_channel_has_no_commands(page: Page, bot: BareBot, box: Box) -> None:
    await bot.call("setMyCommands", commands=[{"command": "list", "description": "Джерела"}])
    for chat in (CHANNEL_ID, GROUP_ID):
        box.telegram.user(READER_ID).adds_bot(box.telegram.chats[chat], "administrator")
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await expect(page.get_by_role("button", name="Команди")).to_be_visible()
    await open_chat(page, box.telegram.chats[CHANNEL_ID])
    await expect(page.get_by_role("button", name="Команди")).to_be_hidden()
    await the_input(page).press_sequentially("/")
    await expect(page.get_by_role("listbox", name="Команди")).to_be_hidden()


async def test_a_blocked_bot_waits_to_be_let_in_again(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await choose_in_menu(page, "Заблокувати бота")
    assert await standing(bot) == "kicked"
    await expect(the_input(page)).to_be_hidden()
    await page.get_by_role("button", name="Розблокувати бота").click()
    assert await standing(bot) == "member"
    await expect(the_input(page)).to_be_visible()


async def test_a_group_that_moves_takes_its_reader_along(page: Page, box: Box) -> None:
    old = box.telegram.group(-5, members=[READER_ID], title="Двір", type="group")
    await open_chat(page, old)
    upgrade(box.telegram, old, -1005)
    await expect(in_log(page, "Тут продовжується колишня група")).to_be_visible()
    await expect(page.get_by_role("navigation").get_by_role("button", name="Двір")).to_have_count(1)


async def test_one_who_is_elsewhere_finds_the_moved_group_once(page: Page, box: Box) -> None:
    old = box.telegram.group(-5, members=[READER_ID], title="Двір", type="group")
    entry = page.get_by_role("navigation").get_by_role("button", name="Двір")
    await expect(entry).to_have_count(1)
    upgrade(box.telegram, old, -1005)
    await expect(entry).to_contain_text("Тут продовжується колишня група")
    await expect(page.get_by_role("heading", name="Вісник")).to_be_visible()
    await page.reload()
    await expect(entry).to_have_count(1)
    await open_chat(page, "Двір")
    await write(page, "Є хто?")
    await expect(messages(page)).to_have_count(1)
    assert box.telegram.messages(-1005)[-1].text == "Є хто?"
