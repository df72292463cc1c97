"""Inline mode: the bot's name and some words in the input."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.box import Box
from sandbox.cast import GROUP_ID
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, begin, messages, open_chat, the_input

pytestmark = pytest.mark.asyncio(loop_scope="session")


def results(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Знайдене").get_by_role("option")


def article(title: str) -> dict[str, Any]:
    content = {"message_text": f"Стаття: {title}"}
    return {"type": "article", "id": title, "title": title, "description": "Берег", "input_message_content": content}


async def asked(bot: BareBot) -> Any:
    while "inline_query" not in (update := await bot.next_update()):
        pass
    return update["inline_query"]


async def answer(bot: BareBot, query: Any, *titles: str, **more: Any) -> None:
    found = [article(title) for title in titles]
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=found, cache_time=0, **more)


@at_both_widths
async def test_words_after_the_bots_name_bring_results_to_send(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await the_input(page).fill("@visnyk_bot порт")
    query = await asked(bot)
    assert (query["query"], query["chat_type"]) == ("порт", "supergroup")
    await answer(bot, query, "Порт відкрили", "Порт закрили")
    await expect(results(page)).to_have_count(2)
    await the_input(page).press("ArrowDown")
    await the_input(page).press("Enter")
    await expect(messages(page).last).to_contain_text("через @visnyk_bot")
    await expect(messages(page).last).to_contain_text("Стаття: Порт закрили")
    await expect(the_input(page)).to_have_value("")
    await expect(results(page)).to_have_count(0)


async def test_a_result_is_sent_by_a_click(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await the_input(page).fill("@visnyk_bot порт")
    await answer(bot, await asked(bot), "Порт відкрили")
    await results(page).click()
    await expect(messages(page).last).to_contain_text("Стаття: Порт відкрили")


async def test_scrolling_brings_more(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await the_input(page).fill("@visnyk_bot порт")
    await answer(bot, await asked(bot), *[f"Порт {number}" for number in range(20)], next_offset="20")
    await results(page).nth(19).scroll_into_view_if_needed()
    more = await asked(bot)
    assert more["offset"] == "20"
    await answer(bot, more, "Остання")
    await results(page).nth(20).click()
    await expect(messages(page).last).to_contain_text("Стаття: Остання")


async def test_an_answer_to_older_words_is_passed_over(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await the_input(page).fill("@visnyk_bot порт")
    old = await asked(bot)
    await the_input(page).fill("@visnyk_bot міст")
    await answer(bot, await asked(bot), "Міст відкрили")
    await expect(results(page)).to_contain_text("Міст відкрили")
    await answer(bot, old, "Порт відкрили")
    await expect(results(page)).to_contain_text("Міст відкрили")


async def test_nothing_found_is_said_and_the_button_leads_to_the_bot(page: Page, bot: BareBot, box: Box) -> None:
    await open_chat(page, box.telegram.chats[GROUP_ID])
    await the_input(page).fill("@visnyk_bot кенгуру")
    await answer(bot, await asked(bot), button={"text": "Мої джерела", "start_parameter": "list"})
    await expect(page.get_by_role("status").get_by_text("Нічого не знайдено")).to_be_visible()
    await page.get_by_role("button", name="Мої джерела").click()
    await expect(page.get_by_role("heading", name="Вісник")).to_be_visible()
    await expect(messages(page).last).to_contain_text("/start list")


async def test_the_bots_name_is_offered_and_says_what_may_follow(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await the_input(page).press_sequentially("@vi")
    await expect(page.get_by_role("listbox", name="Бот").get_by_role("option")).to_contain_text("@visnyk_bot")
    await the_input(page).press("Enter")
    await expect(the_input(page)).to_have_value("@visnyk_bot ")
    await expect(page.get_by_text("що шукати…")).to_be_visible()
    query = await asked(bot)
    assert query["query"] == ""
    await answer(bot, query)
