"""Behind the scenes, what Telegram does wrong and what the bot asked of it."""

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import READER_ID
from sandbox.telegram.faults import Fault
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, begin, open_drawer

pytestmark = pytest.mark.asyncio(loop_scope="session")


@at_both_widths
async def test_a_flood_in_this_chat_is_begun_seen_and_ended(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    faults = await open_drawer(page, "Збої")
    await faults.get_by_label("Зачекати, секунд").fill("7")
    await faults.get_by_label("Скільки разів").fill("3")
    await faults.get_by_role("button", name="Почати збій").click()
    await expect(faults.get_by_text("Вісник · зачекати 7 с · ще 3 рази")).to_be_visible()
    assert box.telegram.faults == (Fault("flood", chat=READER_ID, retry_after=7, times=3, id=1),)
    await bot.session.post(f"{bot.address}/sendMessage", json={"chat_id": READER_ID, "text": "Новина"})
    await expect(faults.get_by_text("ще 2 рази")).to_be_visible()
    await faults.get_by_role("button", name="Завершити: Забагато повідомлень").click()
    await expect(faults.get_by_text("Усе працює.")).to_be_visible()
    assert not box.telegram.faults


async def test_a_sign_in_the_chat_leads_to_the_faults(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    box.telegram.add_fault(Fault("slow", seconds=2.5))
    box.telegram.add_fault(Fault("error", status=502))
    await page.get_by_role("button", name="Увімкнено: 2 збої").click()
    faults = page.get_by_role("tabpanel", name="Збої")
    await expect(faults.get_by_text("всюди · 2,5 с")).to_be_visible()
    await expect(faults.get_by_text("всюди · код 502")).to_be_visible()
    await faults.get_by_role("button", name="Завершити всі").click()
    await expect(page.get_by_role("button", name="Увімкнено")).to_be_hidden()


async def test_each_kind_asks_for_what_it_needs(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    faults = await open_drawer(page, "Збої")
    for kind, field in [("Повільні відповіді", "Затримка, секунд"), ("Помилка сервера", "Код відповіді")]:
        await faults.get_by_label("Що стається").select_option(kind)
        await expect(faults.get_by_label(field)).to_be_visible()
        await expect(faults.get_by_label("Зачекати, секунд")).to_be_hidden()
    await faults.get_by_label("Що стається").select_option("Telegram недоступний")
    await expect(faults.get_by_label("Де")).to_be_hidden()
    await faults.get_by_role("button", name="Почати збій").click()
    await expect(faults.get_by_role("listitem")).to_contain_text("Telegram недоступний")
    assert box.telegram.faults == (Fault("down", id=1),)


async def test_the_last_calls_are_shown_with_what_was_refused(page: Page, bot: BareBot) -> None:
    calls = await open_drawer(page, "Виклики")
    await bot.call("getMe")
    await bot.call("getUpdates", timeout=0)
    await bot.session.post(f"{bot.address}/sendMessage", json={"chat_id": 404, "text": "Нікому"})
    rows = calls.get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text("sendMessage400")
    await expect(rows.first).to_contain_text("chat not found")
    await rows.first.locator("summary").click()
    await expect(rows.first.get_by_text('"text": "Нікому"')).to_be_visible()
    await calls.get_by_role("checkbox", name="Показувати getUpdates").check()
    await expect(rows).to_have_count(3)
    await expect(rows.first.get_by_text('"text": "Нікому"')).to_be_visible()
