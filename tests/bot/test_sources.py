"""Whatever may be followed: a site with several feeds, a site that names none, a public channel."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.bot.world import World
from tests.news.publisher import publisher

SITE = """<html><head>
<link rel="alternate" type="application/rss+xml" title="Усі новини" href="/rss/all">
<link rel="alternate" type="application/atom+xml" title="Усі новини" href="/atom/all">
<link rel="alternate" type="application/rss+xml" title="Спорт &amp; море" href="/rss/sport">
<link rel="alternate" type="application/rss+xml" title="Коментарі" href="/rss/comments">
</head></html>"""


def rss(title: str) -> str:
    return f"<rss version='2.0'><channel><title>{title}</title><item><title>Перша</title></item></channel></rss>"


@asynccontextmanager
async def site() -> AsyncIterator[str]:
    """A site with two feeds, one of them in two formats, and one of comments; gives its address."""
    feeds = {"/rss/all": rss("Газета"), "/rss/sport": rss("Газета: спорт")}

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/":
            return web.Response(text=SITE, content_type="text/html")
        if request.path not in feeds:
            raise web.HTTPNotFound
        return web.Response(text=feeds[request.path], content_type="application/rss+xml")

    async with publisher(answer) as server:
        yield server.url


async def test_of_several_feeds_the_one_pressed_is_followed_and_another_may_be_too(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    async with site() as url:
        await reader.says(f"/sub {url}")
        asked = await reader.expects("має кілька стрічок. За якою стежити?")
        assert [button["text"] for button in asked.buttons] == ["Усі новини", "Спорт & море"]
        await reader.presses("Спорт", asked)
        await reader.expects("Ви стежите за джерелом Газета: спорт.")
        await reader.presses("Усі новини", asked)
        await reader.expects("Ви стежите за джерелом Газета.")
        await reader.presses("Спорт", asked)
        await reader.expects("Ви вже стежите за джерелом Газета: спорт.")
    await reader.says("/list")
    await reader.expects("2 джерела")


async def test_the_next_chat_is_asked_again(world: World) -> None:
    async with site() as url:
        for number in (7, 8):
            reader = world.telegram.user(number, language_code="uk")
            await reader.says(url)
            await reader.presses("Усі новини", await reader.expects("має кілька стрічок"))
            await reader.expects("Ви стежите за джерелом Газета.")


async def test_somebody_elses_choice_and_one_too_old_are_told_so(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/start")
    sent = await reader.expects("Вісник")
    for press in ("pick:999:0", "pick::", "pick:1:99", "pick:x:y"):
        sent.body["reply_markup"] = {"inline_keyboard": [[{"text": press, "callback_data": press}]]}
        assert (await reader.presses(press, sent)).text == "Цей вибір застарів. Надішліть адресу ще раз."


async def test_a_feed_that_no_page_names_is_found_where_feeds_often_are(world: World) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss.xml":
            return web.Response(text=rss("Тиха газета"), content_type="application/rss+xml")
        return web.Response(text="<html><p>Газета</p></html>", content_type="text/html")

    reader = world.telegram.user(7, language_code="uk")
    async with publisher(answer) as server:
        await reader.says(f"/sub {server.url}")
        await reader.expects("Ви стежите за джерелом Тиха газета.")
        assert [request.path for request in server.requests] == ["/", "/feed", "/rss", "/rss.xml"]


@pytest.mark.parametrize("typed", ["/sub @bereg", "/follow @Bereg", "/sub t.me/bereg", "/add https://t.me/s/bereg/2"])
async def test_a_channel_is_followed_and_pushed(world: World, typed: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(typed)
    told = await reader.expects("Ви стежите за джерелом Вільний Берег")
    assert world.newsroom.outlet("bereg").newest[0].title in told.text
    world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться ввечері.")
    push = await reader.expects("Пором вийшов у море")
    assert re.fullmatch(r"Пором вийшов у море\nВільний Берег · \d\d:\d\d\n\nВін повернеться ввечері\.", push.text)
    assert f"{world.press_url}/bereg/4" in [entity.get("url") for entity in push.entities]


async def test_an_edited_post_is_corrected_and_not_pushed_again(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/sub @bereg")
    await reader.expects("Ви стежите за")
    article = world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться ввечері.")
    await reader.expects("Пором вийшов у море")
    world.newsroom.correct(article, title="Пором вийшов у затоку")
    world.newsroom.publish("bereg", title="Трамвай доїхав", lead="Він стоїть у порту.")
    await reader.expects("Трамвай доїхав")
    assert not [said for said in world.telegram.said(7) if "у затоку" in said.text]
    await reader.says("/search затока")
    await reader.expects("Пором вийшов у затоку")


async def test_a_forwarded_post_means_its_channel_and_unsub_knows_its_name(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.forwards("bereg", "/start: https://elsewhere.example/")
    await reader.presses("➕ Стежити", await reader.expects("Стежити за цим джерелом?"))
    await reader.expects("Ви стежите за джерелом Вільний Берег")
    await reader.forwards("bereg", "")
    await reader.expects("Ви вже стежите за джерелом Вільний Берег")
    await reader.says("/remove @bereg")
    await reader.expects("Ви більше не стежите за джерелом Вільний Берег")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/sub @surma", "Telegram не показує дописів @surma у вебі"),
        ("/sub t.me/nobody_there", "Telegram не показує дописів @nobody_there у вебі"),
        ("/sub @ab", "«@ab» – не публічний канал Telegram"),
        ("/sub t.me/+AbCdEf0123", "«t.me/+AbCdEf0123» – не публічний канал Telegram"),
        ("/unsub @ab", "Ви не стежите за «@ab»"),
        ("@канал", "Надішліть адресу сайту"),
    ],
)
async def test_what_is_no_public_channel_gets_a_sentence(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(typed)
    await reader.expects(answer)
    await reader.says("/list")
    await reader.expects("Ви ще ні за чим не стежите")


async def test_a_post_of_a_closed_channel_gets_a_sentence(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.forwards("", "Таємниця")
    await reader.expects("Цей допис із закритого каналу.")
