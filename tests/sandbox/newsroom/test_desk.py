from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.newsroom import Newsroom
from sandbox.newsroom.desk import desk_routes


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
async def page(newsroom: Newsroom) -> AsyncIterator[aiohttp.ClientSession]:
    application = web.Application()
    application.add_routes(desk_routes(newsroom))
    async with TestServer(application) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        yield session


async def test_the_outlets_are_listed_with_addresses_that_lead_back_here(page: aiohttp.ClientSession) -> None:
    async with page.get("/sandbox/newsroom") as response:
        outlets = await response.json()
        here = str(response.url.origin())
    assert [outlet["slug"] for outlet in outlets] == ["bereg", "misto", "harbour"]
    assert outlets[0]["name"] == "Вільний Берег"
    assert outlets[0]["home"] == f"{here}/news/bereg/"
    assert outlets[0]["feed"] == f"{here}/news/bereg/feed.xml"


async def test_publish_now_publishes_the_next_story(page: aiohttp.ClientSession, newsroom: Newsroom) -> None:
    async with page.post("/sandbox/publish", json={"outlet": "misto"}) as response:
        answer = await response.json()
    assert newsroom.outlet("misto").newest[0].title == answer["title"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"{}"])
async def test_a_body_that_names_no_outlet_is_refused(page: aiohttp.ClientSession, body: bytes) -> None:
    async with page.post("/sandbox/publish", data=body) as response:
        assert response.status == 400


async def test_an_unknown_outlet_is_not_found(page: aiohttp.ClientSession) -> None:
    async with page.post("/sandbox/publish", json={"outlet": "nobody"}) as response:
        assert response.status == 404


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
async def test_pages_from_elsewhere_publish_nothing(
    page: aiohttp.ClientSession, newsroom: Newsroom, headers: dict[str, str]
) -> None:
    async with page.post("/sandbox/publish", json={"outlet": "misto"}, headers=headers) as response:
        assert response.status == 403
    assert newsroom.outlet("misto").published == 5
