"""The web chat as a person uses it: by what it shows and says, on a desktop and on a phone."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from sandbox.box import Box
from sandbox.cast import GROUP_ID, READER_ID
from tests.sandbox.web.conftest import PHONE, BareBot
from tests.sandbox.web.steps import at_both_widths, begin, messages, open_chat, the_input, write

pytestmark = pytest.mark.asyncio(loop_scope="session")

RELATED = {"inline_keyboard": [[{"text": "Схоже", "callback_data": "related:1"}]]}


@at_both_widths
async def test_a_newcomer_sees_a_sandbox_with_an_empty_chat_and_starts(page: Page, bot: BareBot) -> None:
    await expect(page.get_by_text("Пісочниця Вісника: не справжній Telegram")).to_be_visible()
    await expect(page.get_by_role("heading", name="Вісник")).to_be_visible()
    await expect(page.get_by_text("Тут поки що порожньо")).to_be_visible()
    await begin(page, bot)
    await expect(messages(page)).to_have_text(re.compile("^/start"))
    await expect(page.get_by_text("Тут поки що порожньо")).to_be_hidden()


@at_both_widths
async def test_what_is_typed_reaches_the_bot_and_its_answer_the_page(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await write(page, "/search пором")
    update = await bot.next_update()
    assert update["message"]["text"] == "/search пором"
    assert update["message"]["from"]["id"] == READER_ID
    await bot.sends("Знайдено <b>дві</b> новини")
    await expect(messages(page).last.locator("b")).to_have_text("дві")


async def test_shift_enter_makes_a_line_and_enter_sends(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    box = the_input(page)
    await box.press_sequentially("перший")
    await box.press("Shift+Enter")
    await box.press_sequentially("другий")
    await box.press("Enter")
    assert (await bot.next_update())["message"]["text"] == "перший\nдругий"
    await expect(box).to_have_value("")


async def test_formatting_links_and_emoji_lie_where_telegram_puts_them(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.sends(
        '🇺🇦🔖 <b><a href="https://example.org/a">Заголовок</a></b> <i>курсив</i> <code>a&lt;b</code> '
        "<blockquote>цитата</blockquote><tg-spoiler>таємниця</tg-spoiler>"
    )
    message = messages(page).last
    link = message.get_by_role("link", name="Заголовок")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await expect(message.locator("i")).to_have_text("курсив")
    await expect(message.locator("code")).to_have_text("a<b")
    await expect(message.locator("blockquote")).to_have_text("цитата")
    await message.get_by_role("button", name="Прихований текст").click()
    await expect(message.get_by_text("таємниця")).to_be_visible()


async def test_a_picture_comes_with_its_caption(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    picture = box.url + box.newsroom.publish("bereg", title="Гавань").picture_path
    await bot.call("sendPhoto", chat_id=READER_ID, photo=picture, caption="<b>Гавань</b>", parse_mode="HTML")
    await expect(messages(page).last.get_by_role("img", name="Світлина")).to_have_js_property("complete", True)
    await expect(messages(page).last.get_by_role("img", name="Світлина")).to_have_attribute("src", picture)
    await expect(messages(page).last.locator("b")).to_have_text("Гавань")


async def test_markup_in_a_message_stays_text(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await write(page, "<img src=x onerror=alert(1)><b>ні</b>")
    await expect(messages(page).last).to_contain_text("<img src=x onerror=alert(1)><b>ні</b>")


@at_both_widths
async def test_a_pressed_button_turns_until_the_bot_answers(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.sends("Новина", reply_markup=RELATED)
    button = page.get_by_role("button", name="Схоже")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await bot.next_update())["callback_query"]
    assert query["data"] == "related:1"
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Схожого немає")
    await expect(page.get_by_role("status").get_by_text("Схожого немає")).to_be_visible()
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_button_that_is_never_answered_can_be_pressed_again(browser: Browser, bot: BareBot, box: Box) -> None:
    # A clock that is set by hand stays in its window for ever: the window is one of the test's own.
    context = await browser.new_context(locale="uk-UA")
    page = await context.new_page()
    await page.clock.install()
    await page.goto(f"{box.url}/")
    await begin(page, bot)
    await bot.sends("Новина", reply_markup=RELATED)
    button = page.get_by_role("button", name="Схоже")
    for _ in range(2):
        await button.click()
        assert (await bot.next_update())["callback_query"]["data"] == "related:1"
        await expect(button).to_have_attribute("aria-busy", "true")
        await page.clock.fast_forward(10_000)
        await expect(button).not_to_have_attribute("aria-busy", "true")
    await context.close()


async def test_an_answer_is_for_the_button_of_its_chat(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    group = box.telegram.chats[GROUP_ID]
    box.telegram.user(READER_ID).adds_bot(group)
    sent = await bot.sends("Новина", reply_markup=RELATED)
    same = await bot.call("sendMessage", chat_id=GROUP_ID, text="Новина", reply_markup=RELATED)
    assert sent["message_id"] == same["message_id"]
    button = page.get_by_role("button", name="Схоже")
    for chat in ("Вісник", group.name):
        await open_chat(page, chat)
        await button.click()
        await expect(button).to_have_attribute("aria-busy", "true")
    box.telegram.events.tell(bool, {"type": "answered", "chat": GROUP_ID, "message_id": same["message_id"]})
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await open_chat(page, "Вісник")
    await expect(button).to_have_attribute("aria-busy", "true")
    box.telegram.events.tell(bool, {"type": "answered", "message_id": sent["message_id"]})
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_to_be_read(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.sends("Новина", reply_markup=RELATED)
    await page.get_by_role("button", name="Схоже").click()
    query = (await bot.next_update())["callback_query"]
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Увага", show_alert=True)
    await page.get_by_role("dialog").get_by_role("button", name="Гаразд").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


@at_both_widths
async def test_an_edit_changes_the_message_in_its_place(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    sent = await bot.sends("Шукаю…")
    await bot.sends("Ще одне")
    await bot.call("editMessageText", chat_id=READER_ID, message_id=sent["message_id"], text="Знайшов")
    await expect(messages(page).nth(1)).to_contain_text("Знайшов")
    await expect(messages(page).nth(1)).to_contain_text("змінено")
    await expect(messages(page)).to_have_count(3)


async def test_an_edit_of_what_is_not_loaded_changes_nothing(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    old = await bot.sends("Давнє")
    for number in range(200):
        await box.telegram.user(READER_ID).says(f"рядок {number}")
    await page.reload()
    await expect(messages(page)).to_have_count(200)
    await bot.call("editMessageText", chat_id=READER_ID, message_id=old["message_id"], text="Змінене")
    await bot.sends("Свіже")
    await expect(messages(page).last).to_contain_text("Свіже")
    await expect(messages(page).filter(has_text="Змінене")).to_have_count(0)


async def test_a_deleted_message_goes(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    sent = await bot.sends("Зайве")
    await expect(messages(page)).to_have_count(2)
    await bot.call("deleteMessage", chat_id=READER_ID, message_id=sent["message_id"])
    await expect(messages(page)).to_have_count(1)


@at_both_widths
async def test_a_reply_names_its_message_and_quotes_it(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    sent = await bot.sends("Порт відкрили")
    await messages(page).last.hover()
    await messages(page).last.get_by_role("button", name="Відповісти").click()
    await write(page, "/related")
    reply = (await bot.next_update())["message"]
    assert reply["reply_to_message"]["message_id"] == sent["message_id"]
    await expect(messages(page).last.get_by_role("button", name="Порт відкрили")).to_be_visible()
    await expect(page.get_by_role("button", name="Скасувати відповідь")).to_be_hidden()


async def test_commands_are_suggested_while_a_slash_is_typed(page: Page, bot: BareBot) -> None:
    commands = [{"command": "search", "description": "Шукати"}, {"command": "list", "description": "Джерела"}]
    await bot.call("setMyCommands", commands=commands)
    await begin(page, bot)
    box = the_input(page)
    await box.press_sequentially("/")
    options = page.get_by_role("listbox", name="Команди").get_by_role("option")
    await expect(options).to_have_count(2)
    await box.press_sequentially("li")
    await expect(options).to_have_text("/listДжерела")
    await box.press("ArrowDown")
    await box.press("Enter")
    assert (await bot.next_update())["message"]["text"] == "/list"


async def test_one_who_reads_above_is_told_of_new_messages(page: Page, bot: BareBot, box: Box) -> None:
    reader = box.telegram.user(READER_ID)
    for number in range(40):
        await reader.says(f"рядок {number}")
    await expect(messages(page)).to_have_count(40)
    log = page.get_by_role("log")
    await log.evaluate("(log) => log.scrollTo(0, 0)")
    await bot.sends("Свіжа новина")
    await page.get_by_role("button", name="1 нове повідомлення").click()
    await expect(messages(page).last).to_be_in_viewport()
    await expect(page.get_by_role("button", name="нове повідомлення")).to_be_hidden()


@at_both_widths
async def test_the_language_is_switched_and_remembered(page: Page, width: int) -> None:
    if width == PHONE:
        await page.get_by_role("button", name="Показати чати").click()
    await page.get_by_role("button", name="Switch to English").click()
    await expect(page.get_by_text("Visnyk’s sandbox: not the real Telegram")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Visnyk’s sandbox: not the real Telegram")).to_be_visible()


async def test_two_users_have_chats_of_their_own(page: Page, context: BrowserContext, box: Box) -> None:
    other = box.telegram.new_user("Тарас", "uk")
    second = await context.new_page()
    await second.goto(f"{box.url}/?user={other.id}")
    await second.get_by_role("button", name="Почати").click()
    await expect(messages(second)).to_have_count(1)
    await expect(messages(page)).to_have_count(0)


async def test_many_tabs_of_one_browser_all_hear_the_bot(
    page: Page, context: BrowserContext, bot: BareBot, box: Box
) -> None:
    # A browser keeps six ordinary lines to one address at most; the seventh tab would hear nothing.
    await begin(page, bot)
    pages = [page, *[await context.new_page() for _ in range(7)]]
    await asyncio.gather(*[one.goto(f"{box.url}/") for one in pages[1:]])
    for one in pages:
        await expect(messages(one)).to_have_count(1)
    await bot.sends("Усім вкладкам")
    for one in pages:
        await expect(messages(one).filter(has_text="Усім вкладкам")).to_be_visible()
        await write(one, "Чую")
        assert (await bot.next_update())["message"]["text"] == "Чую"


async def test_an_address_of_an_unknown_user_leads_to_the_usual_one(page: Page, box: Box) -> None:
    await page.goto(f"{box.url}/?user=4242")
    await expect(page.get_by_role("button", name="Почати")).to_be_visible()
    assert page.url == f"{box.url}/"


async def test_the_page_comes_back_by_itself_after_the_line_was_cut(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    box.telegram.events.hang_up()
    await bot.sends("Поки вас не було")
    await expect(messages(page).last).to_contain_text("Поки вас не було")
    await bot.sends("І знову тут")
    await expect(messages(page).last).to_contain_text("І знову тут")


@at_both_widths
async def test_nothing_sticks_out_at_the_side(page: Page, bot: BareBot) -> None:
    await begin(page, bot)
    await bot.sends("д" * 600, reply_markup=RELATED)
    await expect(messages(page)).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.get_by_role("log").evaluate("(log) => log.scrollWidth <= log.clientWidth")
