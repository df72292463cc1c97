"""Private feeds as people see them, through Telegram."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from sandbox.telegram import Player
from tests.bot.world import Process, World
from tests.news.publisher import Publisher, publisher

KEY = "Basic dXNlcjpodXNo"


@dataclass
class Paper:
    """A publisher that lets in those who know the password, or the token."""

    titles: list[str] = field(default_factory=lambda: ["Старе"])
    shut: bool = False
    server: Publisher = field(default_factory=lambda: Publisher(""))

    async def answer(self, request: web.Request) -> web.Response:
        known = request.headers.get("Authorization") == KEY or request.query.get("token") == "hush"
        if self.shut or not known:
            return web.Response(status=401)
        items = "".join(
            f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid></item>" for title in self.titles
        )
        body = f"<rss version='2.0'><channel><title>Таємний вісник</title>{items}</channel></rss>"
        return web.Response(body=body.encode(), content_type="application/rss+xml")

    def secretly(self, password: str = "hush") -> str:
        """The address with a password in it."""
        return f"{self.server.url.replace('//', f'//user:{password}@')}rss"


@pytest.fixture
async def paper() -> AsyncIterator[Paper]:
    made = Paper()
    async with publisher(made.answer) as server:
        made.server = server
        yield made


async def follows(reader: Player, text: str) -> None:
    await reader.says(f"/sub {text}")
    await reader.expects("інші його не бачать")


async def test_news_of_a_private_feed_reaches_its_follower_and_nobody_else_finds_it(world: World, paper: Paper) -> None:
    reader, other = world.telegram.user(7, language_code="uk"), world.telegram.user(8, language_code="uk")
    await follows(reader, paper.secretly())
    paper.titles.append("Жирафа Зою перевезли до Кракова")
    push = await reader.expects("Жирафа Зою")
    await reader.says("/search жирафа")
    await reader.expects("🔎 жирафа · 1 новина")
    assert (await reader.asks_inline("жирафа")).results
    await other.says("/search жирафа")
    await other.expects("новин немає")
    for words in ("жирафа", ""):
        assert not (await other.asks_inline(words)).results
    await reader.presses("Схоже", push)
    await reader.expects("поки більше нічого немає")


async def test_neither_password_nor_token_is_shown_anywhere(world: World, paper: Paper) -> None:
    reader = world.telegram.user(7, language_code="uk")
    for text in (paper.secretly(), f"{paper.server.url}rss?token=hush приватно"):
        await follows(reader, text)
    paper.shut = True
    await reader.says("/sub " + paper.secretly("hush2"))
    await reader.expects("не приймає цю адресу й пароль")
    await reader.says("/sub " + paper.secretly().replace("http:", "gopher:"))
    await reader.expects("не адреса сайту")
    await reader.says("/unsub " + paper.secretly("hush3"))
    await reader.expects("Ви не стежите за")
    await reader.says("/list")
    listed = await reader.expects("2 джерела")
    assert listed.text.count("· приватна") == 2
    assert not [said.text for said in world.telegram.said(7) if "hush" in said.text or "user" in said.text]


async def test_a_private_feed_is_left_by_its_address_too(world: World, paper: Paper) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await follows(reader, paper.secretly())
    await reader.says(f"/unsub {paper.secretly()}")
    await reader.expects("Ви більше не стежите за джерелом Таємний вісник")


async def test_in_a_group_such_an_address_is_asked_for_in_private(world: World, paper: Paper) -> None:
    reader = world.telegram.user(7, language_code="uk")
    group = world.telegram.group(-100200, admins=[reader])
    await reader.says(f"/sub {paper.secretly()}", group)
    await reader.expects("в приватний чат", chat=group)
    assert paper.server.requests == []


async def test_no_secret_is_in_the_logs(stage: World, process: Process, paper: Paper, tmp_path: Path) -> None:
    process.environment["LOG_LEVEL"] = "DEBUG"
    await process.start()
    reader = stage.telegram.user(7, language_code="uk")
    for text in (paper.secretly(), f"{paper.server.url}rss?token=hush private"):
        await reader.says(f"/sub {text}")
        await reader.expects("інші його не бачать", timeout=30)
    asked = len(paper.server.requests)
    paper.shut = True
    await reader.says("/sub " + paper.secretly("hush2"))
    await reader.expects("не приймає")
    await reader.says("/stats")
    await reader.expects("Такої команди немає")
    while len(paper.server.requests) < asked + 3:
        await reader.says("/list")
        await reader.expects("2 джерела")
    await process.terminate()
    log = (tmp_path / "log").read_text()
    assert "feed_checked" in log
    assert "feed_failed" in log
    assert "hush" not in log
    assert KEY.removeprefix("Basic ") not in log
