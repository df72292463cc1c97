"""What could not be sent is not lost, and the page says in the reader's language why."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from sandbox.box import Box
from sandbox.cast import NEIGHBOUR_ID, READER_ID
from sandbox.telegram import Topic
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import begin, messages, open_chat, the_input, write

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def hold_the_next(page: Page, deed: str) -> "asyncio.Future[Route]":
    """It waits on its way until the test lets it go."""
    held = asyncio.get_running_loop().create_future()

    async def hold(route: Route) -> None:
        held.set_result(route)

    await page.route(f"**/chat/api/{deed}", hold, times=1)
    return held


async def lose_the_next(page: Page, deed: str) -> None:
    """It never arrives."""

    async def lose(route: Route) -> None:
        await route.abort()

    await page.route(f"**/chat/api/{deed}", lose, times=1)


async def is_told(page: Page, sentence: str) -> None:
    await expect(page.get_by_role("status").get_by_text(sentence)).to_be_visible()


async def test_what_could_not_be_sent_is_there_again_with_its_reply(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    sent = await bot.sends("Порт відкрили")
    await messages(page).last.hover()
    await messages(page).last.get_by_role("button", name="Відповісти").click()
    await lose_the_next(page, "say")
    await write(page, "Коли саме?")
    await is_told(page, "Немає зв’язку з пісочницею")
    await expect(the_input(page)).to_have_value("Коли саме?")
    await expect(page.get_by_role("button", name="Скасувати відповідь")).to_be_visible()
    await the_input(page).press("Enter")
    reply = (await bot.next_update())["message"]
    assert (reply["text"], reply["reply_to_message"]["message_id"]) == ("Коли саме?", sent["message_id"])
    await expect(the_input(page)).to_have_value("")


async def test_what_was_written_meanwhile_stays_too(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    held = await hold_the_next(page, "say")
    await write(page, "Перше")
    route = await held
    await the_input(page).fill("Друге")
    await route.abort()
    await expect(the_input(page)).to_have_value("Перше\nДруге")


async def test_a_caption_is_there_again_when_its_file_was_lost(page: Page, bot: BareBot, tmp_path: Path) -> None:
    await begin(page, bot)
    path = tmp_path / "feeds.opml"
    path.write_text("<opml/>", encoding="utf-8")
    await lose_the_next(page, "file")
    await the_input(page).fill("мої джерела")
    await page.locator("input[type=file]").set_input_files(path)
    await is_told(page, "Немає зв’язку з пісочницею")
    await expect(the_input(page)).to_have_value("мої джерела")


async def test_english_readers_are_told_in_english(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await page.get_by_role("button", name="Switch to English").click()
    await lose_the_next(page, "say")
    await page.get_by_role("textbox", name="Message").fill("hello")
    await page.get_by_role("button", name="Send").click()
    await is_told(page, "No connection to the sandbox")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("hello")


async def test_what_is_too_long_is_not_even_sent(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await write(page, "д" * 4097)
    await is_told(page, "Задовгий текст: уміщається щонайбільше 4096 знаків")
    await expect(the_input(page)).to_have_value("д" * 4097)
    await write(page, "😀" * 2048)
    assert (await bot.next_update())["message"]["text"] == "😀" * 2048


async def test_a_refusal_of_the_sandbox_is_told_in_the_readers_language(page: Page, box: Box) -> None:
    box.telegram.group(-77, admins=[READER_ID], members=[NEIGHBOUR_ID], title="Двір", topics=[Topic(2, "Ринок")])
    await page.goto(f"{box.url}/?user={NEIGHBOUR_ID}")
    await open_chat(page, "Двір")
    await page.get_by_role("tab", name="Ринок").click()
    held = await hold_the_next(page, "say")
    await write(page, "Почім абрикоси?")
    route = await held
    box.telegram.user(READER_ID).closes_topic(box.telegram.chats[-77], Topic(2, "Ринок"))
    await route.continue_()
    await is_told(page, "Тему закрито: пишуть лише адміністратори")
