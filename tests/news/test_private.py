"""Private feeds over HTTP: what is sent where, and what is told to whom."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import structlog
from aiohttp import web

from news.address import host_of
from news.chat import Address
from news.errors import BadAddress, Denied, NotAFeed, Problem
from tests.news.publisher import Publisher, publisher
from tests.news.world import World

KEY = "Basic dXNlcjpodXNo"


@dataclass
class Paper:
    """A publisher that lets in those who know the password, or the token."""

    items: list[str] = field(default_factory=lambda: ["One"])
    status: int = 200
    to: str = ""
    server: Publisher = field(default_factory=lambda: Publisher(""))

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/away":
            return web.Response(status=301, headers={"Location": self.to})
        if request.headers.get("Authorization") != KEY and request.query.get("token") != "hush":
            return web.Response(status=401)
        items = "".join(
            f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid></item>" for title in self.items
        )
        body = f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>"
        return web.Response(status=self.status, body=body.encode(), content_type="application/rss+xml")

    def secretly(self, path: str = "rss", *, password: str = "hush") -> str:
        """The address with the password in it."""
        return f"http://user:{password}@{host_of(self.server.url)}/{path}"

    def keys(self) -> list[str | None]:
        """The authorization of each request so far."""
        return [request.headers.get("Authorization") for request in self.server.requests]


@pytest.fixture
async def paper() -> AsyncIterator[Paper]:
    made = Paper()
    async with publisher(made.answer) as server:
        made.server = server
        yield made


async def test_a_private_feed_is_followed_and_polled_with_its_key(here: World, paper: Paper) -> None:
    chat = await here.chat()
    followed = await here.follow(paper.secretly(), chat)
    assert (followed.feed.title, followed.feed.url, followed.feed.private) == ("Paper", paper.server.url, True)
    assert [one.title for one in followed.latest] == ["One"]
    assert (await here.follow(paper.secretly(), chat)).already
    paper.items.append("Two")
    assert await here.poll() == 1
    assert paper.keys() == [KEY, KEY]


async def test_a_token_in_the_address_is_a_key_too(here: World, paper: Paper) -> None:
    followed = await here.follow(f"{paper.server.url}rss?token=hush private")
    assert followed.feed.url == paper.server.url
    paper.items.append("Two")
    assert await here.poll() == 1
    assert [request.query_string for request in paper.server.requests] == ["token=hush"] * 2


async def test_who_does_not_know_the_key_uses_nobody_elses(here: World, paper: Paper) -> None:
    first = await here.follow(paper.secretly())
    for text in (f"{paper.server.url}rss", paper.secretly(password="guess")):
        with pytest.raises(Denied):
            await here.follow(text)
    second = await here.follow(paper.secretly())
    assert second.feed.id == first.feed.id
    assert len(paper.server.requests) == 3


async def test_the_key_is_for_its_origin_alone(here: World, paper: Paper) -> None:
    asked: list[str | None] = []

    async def other(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization"))
        raise web.HTTPFound(f"{paper.server.url}rss")

    async with publisher(other) as elsewhere:
        paper.to = elsewhere.url
        followed = await here.follow(paper.secretly("away"))
    assert asked == [None]
    assert paper.keys() == [KEY, KEY]
    assert (followed.feed.title, followed.feed.url) == ("Paper", paper.server.url)


async def test_a_move_of_a_private_feed_is_not_written_where_it_shows(here: World, paper: Paper) -> None:
    paper.to = f"{paper.server.url}rss?token=hush"
    await here.follow(paper.secretly("away"))
    for _ in range(3):
        await here.poll()
    assert here.count("SELECT count(*) FROM feeds WHERE url LIKE '%hush%' OR moved_to IS NOT NULL") == 0
    assert here.count("SELECT count(*) FROM addresses WHERE url LIKE '%hush%' OR url LIKE '%away%'") == 0


async def test_a_private_feed_that_fails_now_is_tried_again(here: World, paper: Paper) -> None:
    paper.status = 503
    assert (await here.follow(paper.secretly())).feed.problem is Problem.SERVER_TROUBLE
    paper.status = 200
    await here.poll()
    paper.items.append("Two")
    assert await here.poll() == 1


async def test_what_lasts_leaves_no_trace(here: World, paper: Paper) -> None:
    chat, before = await here.chat(), here.rows()
    with pytest.raises(Denied):
        await here.follow(paper.secretly(password="wrong"), chat)
    paper.items = []
    with pytest.raises(NotAFeed):
        await here.follow(f"{here.url}/news/bereg/ private", chat)
    assert {**here.rows(), "chats": before["chats"]} == before


async def test_in_a_group_no_secret_is_taken(here: World, paper: Paper) -> None:
    group = await here.store.chats.meet(
        Address("telegram", -5), kind="group", language="uk", timezone="UTC", now=here.clock()
    )
    with pytest.raises(BadAddress):
        await here.follow(paper.secretly(), group)
    assert paper.server.requests == []


async def test_no_secret_is_logged(here: World, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    with structlog.testing.capture_logs() as lines:
        await here.follow(f"{paper.server.url}rss?token=hush private")
        await here.follow(paper.secretly())
        for paper.status in (500, 404, 410):
            await here.poll()
        paper.status, paper.items = 200, ["\0"]
        await here.poll()
    assert len(lines) >= 6
    assert "hush" not in repr(lines)
    assert KEY not in repr(lines)
