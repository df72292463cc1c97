"""Bad input gets one clear sentence and leaves no trace."""

import pytest
from aiohttp import web

from tests.bot.world import World

GARBAGE = b"\x00\xff<<<>>>" * 50


@pytest.fixture
async def site(world: World, aiohttp_site: str) -> str:
    return aiohttp_site


@pytest.fixture
async def aiohttp_site() -> object:
    """A site with a page that names no feed, a feed of garbage, and nothing else."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<html><title>Shop</title><p>No feed here</p></html>", content_type="text/html")

    async def garbage(_: web.Request) -> web.Response:
        return web.Response(body=GARBAGE, content_type="application/rss+xml")

    application = web.Application()
    application.router.add_get("/page", page)
    application.router.add_get("/garbage", garbage)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def no_trace(world: World) -> None:
    admin = world.telegram.user(1, language_code="en")
    await admin.says("/stats")
    told = await admin.expects("Visnyk in figures")
    assert "Feeds: 0" in told.text
    assert "Subscriptions: 0" in told.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/sub", "Яке джерело?"),
        ("/sub not-a-url", "не адреса сайту"),
        ("/sub file:///etc/passwd", "не адреса сайту"),
        ("/sub javascript:alert(1)", "не адреса сайту"),
        ("/sub http://user:secret@no-such-host.invalid/", "не існує"),
        ("/sub http://user:secret@example.com:25/", "не адреса сайту"),
        ("/sub http://no-such-host.invalid/feed", "не існує"),
        ("/sub {site}/page", "немає стрічки новин"),
        ("/sub {site}/garbage", "немає стрічки новин"),
        ("/sub {site}/missing", "нічого немає"),
        ("/unsub 999", "Ви не стежите за «999»"),
        ("/unsub", "Ви ще ні за чим не стежите"),
        ("/unsub_all", "Ви ще ні за чим не стежите"),
        ("/share", "Немає джерела, яким можна поділитися"),
        ("/share <b>", "Я не знаю джерела «<b>»"),
        ("/unsub -1", "Ви не стежите за"),
        ("/unsub <b>", "Ви не стежите за «<b>»"),
        ("/related", "Схоже на що?"),
        ("/search", "Що знайти?"),
        ('/search "', "Що знайти?"),
        ("/search (", "Що знайти?"),
        ("/search 😀😀", "Що знайти?"),
        ("/search NEAR(", "новин немає"),
        ("/search '; DROP TABLE articles; --", "новин немає"),
        ("/search \x01\x02\u202eабв", "новин немає"),
        ("/nosuchcommand", "Такої команди немає"),
        ("просто слова", "Надішліть адресу сайту"),
    ],
)
async def test_one_clear_sentence(world: World, site: str, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(typed.format(site=site))
    await reader.expects(answer)
    assert len(world.telegram.said(7)) == 1
    await no_trace(world)


async def test_a_search_of_four_thousand_letters(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/search " + "я" * 4000)
    await reader.expects("новин немає")
    await reader.says("/search " + "слово " * 600)
    await reader.expects("новин немає")


@pytest.mark.parametrize(
    "title",
    ["2 < 3 & 4 > 1", "<b>Незакритий тег", "</i>Чужий тег", "Текст \u202eназад\u202c", "&amp;lt;script&gt;", "<<<>>>"],
)
async def test_titles_with_markup_are_inert(world: World, title: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    world.newsroom.publish("bereg", title=title, lead="Лід цієї новини цілком звичайний.")
    push = await reader.expects("Лід цієї новини")
    assert not set("\u202e\u202c") & set(push.text)
    assert {entity["type"] for entity in push.entities} <= {"bold", "text_link"}
    refused = [call for call in world.telegram.calls if call.method == "sendMessage" and call.status == 400]
    assert not refused
