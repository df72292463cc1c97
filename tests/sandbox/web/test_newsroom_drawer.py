"""Behind the scenes, the newsroom: outlets publish and break when the reader says so."""

import asyncio
from base64 import b64encode
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from sandbox.box import Box
from sandbox.cast import CHANNEL_ID, GROUP_ID, READER_ID
from tests.sandbox.web.conftest import BareBot
from tests.sandbox.web.steps import at_both_widths, begin, messages, open_chat, open_drawer

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Of a picture, between its lightest and its darkest point, as WCAG has it.
CONTRAST = """async (address) => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
    const linear = (value) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const lights = [];
    for (let at = 0; at < data.length; at += 4)
        lights.push(0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]));
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
}"""


@at_both_widths
async def test_following_an_outlet_sends_its_address(page: Page, bot: BareBot, box: Box) -> None:
    await begin(page, bot)
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="Стежити: Місто Сьогодні").click()
    assert (await bot.next_update())["message"]["text"] == f"/sub {box.url}/news/misto/"


@pytest.mark.parametrize("chat", [CHANNEL_ID, GROUP_ID])
async def test_where_the_bot_hears_nothing_one_follows_in_private(
    page: Page, bot: BareBot, box: Box, chat: int
) -> None:
    await begin(page, bot)
    await open_chat(page, box.telegram.chats[chat])
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="Стежити: Місто Сьогодні").click()
    assert (await bot.next_update())["message"]["text"] == f"/sub {box.url}/news/misto/"
    await expect(page.get_by_role("heading", name="Вісник")).to_be_visible()
    await expect(messages(page).last).to_contain_text("/sub")
    assert box.telegram.messages(chat) == []


async def test_it_says_in_which_chat_one_follows(page: Page, box: Box) -> None:
    group, channel = box.telegram.chats[GROUP_ID], box.telegram.chats[CHANNEL_ID]
    for chat in (group, channel):
        box.telegram.user(READER_ID).adds_bot(chat, "administrator")
    newsroom = await open_drawer(page, "Редакція")
    await expect(newsroom.get_by_text("«Стежити» діє в чаті «Вісник».")).to_be_visible()
    await open_chat(page, group)
    await expect(newsroom.get_by_text(f"«Стежити» діє в чаті «{group.name}».")).to_be_visible()
    await open_chat(page, channel)
    await expect(newsroom.get_by_text("«Стежити» діє в чаті «Вісник».")).to_be_visible()


async def test_publish_now_publishes_and_says_what(page: Page, box: Box) -> None:
    newsroom = await open_drawer(page, "Редакція")
    async with asyncio.timeout(10):
        published = asyncio.create_task(box.newsroom.outlet("bereg").has_published())
        await newsroom.get_by_role("button", name="Опублікувати зараз: Вільний Берег").click()
        await published
    title = box.newsroom.outlet("bereg").newest[0].title
    await expect(page.get_by_role("status").get_by_text(title)).to_be_visible()


async def test_a_burst_publishes_twenty_at_once(page: Page, box: Box) -> None:
    before = box.newsroom.outlet("bereg").published
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="20 одразу: Вільний Берег").click()
    await expect(page.get_by_role("status").get_by_text("Вільний Берег: 20 новин одразу")).to_be_visible()
    assert box.newsroom.outlet("bereg").published == before + 20


async def test_one_event_is_told_by_three_outlets(page: Page) -> None:
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="Одна подія, три видання").click()
    await expect(page.get_by_role("status").get_by_text("– про одне:")).to_be_visible()


async def test_an_outlet_goes_down_and_recovers(page: Page, box: Box) -> None:
    outlet = box.newsroom.outlet("bereg")
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="Зупинити сервер: Вільний Берег").click()
    await expect(newsroom.get_by_text("Сервер не працює")).to_be_visible()
    assert outlet.behaviour is not None
    await newsroom.get_by_role("button", name="Полагодити: Вільний Берег").click()
    await expect(newsroom.get_by_text("Сервер не працює")).to_be_hidden()
    assert outlet.behaviour is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_button_of_other_troubles_stands_out(page: Page, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    # The drawer is open from the start: to open it again would draw the button anew, perhaps amid the picture.
    picture = await page.get_by_role("button", name="Інші негаразди: Вільний Берег").screenshot()
    assert await page.evaluate(CONTRAST, f"data:image/png;base64,{b64encode(picture).decode()}") >= 3
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")


async def test_other_troubles_are_in_a_menu_that_keys_can_walk(page: Page) -> None:
    newsroom = await open_drawer(page, "Редакція")
    await newsroom.get_by_role("button", name="Інші негаразди: Вільний Берег").press("Enter")
    await expect(page.get_by_role("menuitem", name="Сервер не працює")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(newsroom.get_by_text("Сервер відповідає повільно")).to_be_visible()


async def test_arrow_keys_walk_through_the_tabs(page: Page) -> None:
    await open_drawer(page, "Редакція")
    await page.get_by_role("tab", name="Редакція").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Збої")).to_be_focused()
    await expect(page.get_by_role("tabpanel", name="Збої")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="За лаштунками")).to_be_hidden()
    await expect(page.get_by_role("button", name="За лаштунками")).to_be_focused()
