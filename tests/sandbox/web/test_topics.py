"""The topics of a forum."""

import re

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import FORUM_ID, NEIGHBOUR_ID, READER_ID
from sandbox.telegram import Topic
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, choose_in_menu, in_log, messages, open_chat, the_input, write

pytestmark = pytest.mark.asyncio(loop_scope="session")

PORT = 2


@at_both_widths
async def test_each_topic_has_its_messages_and_its_unread_count(page: Page, bot: BareBot, box: Box) -> None:
    box.telegram.user(READER_ID).adds_bot(box.telegram.chats[FORUM_ID], "administrator")
    await open_chat(page, box.telegram.chats[FORUM_ID])
    await bot.call("sendMessage", chat_id=FORUM_ID, text="Новина для всіх")
    await bot.call("sendMessage", chat_id=FORUM_ID, message_thread_id=PORT, text="Новина порту")
    port = page.get_by_role("tab", name="Порт")
    await expect(port.get_by_role("img", name="непрочитаних: 1")).to_be_visible()
    await expect(messages(page)).to_have_text(re.compile("Новина для всіх"))
    await port.click()
    await expect(messages(page)).to_have_text(re.compile("Новина порту"))
    await expect(port.get_by_role("img", name="непрочитаних")).to_be_hidden()
    await write(page, "Дякую")
    await expect(messages(page)).to_have_count(2)
    assert box.telegram.messages(FORUM_ID)[-1].thread == PORT


async def test_a_closed_topic_is_for_admins_only(page: Page, box: Box) -> None:
    await page.goto(f"{box.url}/?user={NEIGHBOUR_ID}")
    await open_chat(page, box.telegram.chats[FORUM_ID])
    closed = page.get_by_role("tab", name="Оголошення")
    await expect(closed.get_by_role("img", name="закрито")).to_be_visible()
    await closed.click()
    await expect(page.get_by_text("Тему закрито: пишуть лише адміністратори")).to_be_visible()
    await expect(the_input(page)).to_be_hidden()
    await expect(page.get_by_role("button", name="Нова тема")).to_be_hidden()


async def test_an_admin_makes_a_topic_is_in_it_then_closes_opens_and_deletes_it(page: Page, box: Box) -> None:
    await open_chat(page, box.telegram.chats[FORUM_ID])
    await page.get_by_role("button", name="Нова тема").click()
    await page.get_by_role("dialog").get_by_role("textbox", name="Як назвати нову тему?").fill("Ринок")
    await page.keyboard.press("Enter")
    topic = page.get_by_role("tab", name="Ринок")
    await expect(topic).to_have_attribute("aria-selected", "true")
    await expect(in_log(page, "Нова тема «Ринок»")).to_be_visible()
    await choose_in_menu(page, "Закрити тему «Ринок»")
    await expect(topic.get_by_role("img", name="закрито")).to_be_visible()
    await choose_in_menu(page, "Відкрити тему «Ринок»")
    await expect(in_log(page, "Тему знову відкрито")).to_be_visible()
    await choose_in_menu(page, "Видалити тему «Ринок»")
    await page.get_by_role("dialog").get_by_role("button", name="Гаразд").click()
    await expect(topic).to_be_hidden()
    await expect(page.get_by_role("tab", name="Загальна")).to_have_attribute("aria-selected", "true")


async def test_a_topic_made_by_another_leaves_one_where_one_is(page: Page, box: Box) -> None:
    box.telegram.group(-77, admins=[READER_ID, NEIGHBOUR_ID], title="Двір", topics=[Topic(2, "Порт")])
    await open_chat(page, "Двір")
    await choose_in_menu(page, "Нова тема")
    await page.get_by_role("dialog").get_by_role("textbox").fill("Ринок")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("tab", name="Ринок")).to_have_attribute("aria-selected", "true")
    box.telegram.user(NEIGHBOUR_ID).opens_topic(box.telegram.chats[-77], "Ринок")
    await expect(page.get_by_role("tab", name="Ринок")).to_have_count(2)
    await expect(page.get_by_role("tab", name="Ринок").first).to_have_attribute("aria-selected", "true")


async def test_arrow_keys_walk_through_the_topics(page: Page, box: Box) -> None:
    await open_chat(page, box.telegram.chats[FORUM_ID])
    await page.get_by_role("tab", name="Загальна").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Порт")).to_be_focused()
    await expect(page.get_by_role("tab", name="Порт")).to_have_attribute("aria-selected", "true")
