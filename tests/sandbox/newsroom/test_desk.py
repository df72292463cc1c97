from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.newsroom import Newsroom, routes
from sandbox.newsroom.desk import desk_routes


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
async def page(newsroom: Newsroom) -> AsyncIterator[aiohttp.ClientSession]:
    application = web.Application()
    application.add_routes([*routes(newsroom), *desk_routes(newsroom)])
    async with TestServer(application) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        yield session


async def test_the_outlets_are_listed_with_addresses_that_lead_back_here(page: aiohttp.ClientSession) -> None:
    async with page.get("/sandbox/newsroom") as response:
        outlets = await response.json()
        here = str(response.url.origin())
    assert [outlet["slug"] for outlet in outlets] == ["bereg", "misto", "harbour", "surma", "tideline", "likhtar"]
    assert outlets[0]["name"] == "Вільний Берег"
    assert outlets[0]["home"] == f"{here}/news/bereg/"
    assert outlets[0]["feed"] == f"{here}/news/bereg/feed.xml"
    assert [outlet["format"] for outlet in outlets] == ["rss", "atom", "rss", "rss", "json", "rss"]
    assert not any(outlet["trouble"] for outlet in outlets)


async def test_publish_now_publishes_the_next_story(page: aiohttp.ClientSession, newsroom: Newsroom) -> None:
    async with page.post("/sandbox/publish", json={"outlet": "misto"}) as response:
        answer = await response.json()
    assert newsroom.outlet("misto").newest[0].title == answer["title"]


@pytest.mark.parametrize(("asked", "count"), [({}, 20), ({"count": 7}, 7)])
async def test_a_burst_is_many_stories_at_once(
    page: aiohttp.ClientSession, newsroom: Newsroom, asked: dict[str, int], count: int
) -> None:
    async with page.post("/sandbox/burst", json={"outlet": "surma"} | asked) as response:
        titles = (await response.json())["titles"]
    assert [article.title for article in newsroom.outlet("surma").articles[5:]] == titles
    assert len(titles) == count


@pytest.mark.parametrize(("asked", "count"), [({}, 3), ({"outlets": 2}, 2), ({"outlets": 4}, 4)])
async def test_a_story_is_one_event_in_the_words_of_several_outlets(
    page: aiohttp.ClientSession, newsroom: Newsroom, asked: dict[str, int], count: int
) -> None:
    async with page.post("/sandbox/story", json=asked) as response:
        answer = await response.json()
    assert len({told["outlet"] for told in answer["titles"]}) == count
    for told in answer["titles"]:
        newest = newsroom.outlet(told["outlet"]).newest[0]
        assert (newest.title, newest.event) == (told["title"], answer["event"])


TROUBLES = {"down": 503, "gone": 410, "moved": 301, "limited": 429}


@pytest.mark.parametrize("trouble", [*TROUBLES, "slow", "hangs"])
async def test_an_outage_is_made_shown_and_mended(
    page: aiohttp.ClientSession, newsroom: Newsroom, trouble: str
) -> None:
    async with page.post("/sandbox/outage", json={"outlet": "misto", "trouble": trouble}) as response:
        assert (await response.json())["trouble"] == trouble
    async with page.get("/sandbox/newsroom") as response:
        assert [card["trouble"] for card in await response.json() if card["trouble"]] == [trouble]
    if trouble in TROUBLES:
        async with page.get("/news/misto/feed.xml", allow_redirects=False) as feed:
            assert feed.status == TROUBLES[trouble]
    async with page.post("/sandbox/outage", json={"outlet": "misto", "trouble": None}) as response:
        assert (await response.json())["trouble"] is None
    async with page.get("/news/misto/feed.xml") as feed:
        assert feed.status == 200


async def test_a_feed_that_moved_is_found_where_it_went(page: aiohttp.ClientSession) -> None:
    await page.post("/sandbox/outage", json={"outlet": "misto", "trouble": "moved"})
    async with page.get("/news/misto/feed.xml") as feed:
        assert (feed.status, feed.url.path) == (200, "/news/misto/moved/feed.xml")
        assert "Місто Сьогодні" in await feed.text()


ACTS = ("publish", "burst", "story", "outage")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"[" * 100_000, b"\xff"])
async def test_a_body_that_is_no_object_is_refused(page: aiohttp.ClientSession, act: str, body: bytes) -> None:
    await refused(page, act, 400, data=body)


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("publish", {}),
        ("publish", {"outlet": 7}),
        ("burst", {"count": 2}),
        ("burst", {"outlet": "misto", "count": 0}),
        ("burst", {"outlet": "misto", "count": 51}),
        ("burst", {"outlet": "misto", "count": "2"}),
        ("burst", {"outlet": "misto", "count": True}),
        ("story", {"outlets": 1}),
        ("story", {"outlets": 5}),
        ("story", {"outlets": None}),
        ("outage", {"outlet": "misto"}),
        ("outage", {"outlet": "misto", "trouble": "sad"}),
        ("outage", {"outlet": "misto", "trouble": []}),
        ("outage", {"trouble": None}),
    ],
)
async def test_what_is_asked_wrongly_is_told_in_a_sentence(
    page: aiohttp.ClientSession, newsroom: Newsroom, act: str, asked: dict[str, object]
) -> None:
    before = [outlet.published for outlet in newsroom.outlets]
    await refused(page, act, 400, json=asked)
    assert [outlet.published for outlet in newsroom.outlets] == before


@pytest.mark.parametrize("act", ["publish", "burst", "outage"])
async def test_an_unknown_outlet_is_not_found(page: aiohttp.ClientSession, act: str) -> None:
    await refused(page, act, 404, json={"outlet": "nobody", "trouble": None})


async def refused(page: aiohttp.ClientSession, act: str, status: int, **body: Any) -> None:
    async with page.post(f"/sandbox/{act}", **body) as response:
        assert (response.status, response.content_type) == (status, "text/plain")
        assert (await response.text()).endswith(".")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
async def test_pages_from_elsewhere_publish_nothing(
    page: aiohttp.ClientSession, newsroom: Newsroom, act: str, headers: dict[str, str]
) -> None:
    asked = {"outlet": "misto", "trouble": "down"}
    async with page.post(f"/sandbox/{act}", json=asked, headers=headers) as response:
        assert response.status == 403
    assert {outlet.published for outlet in newsroom.outlets} == {5}
    assert newsroom.outlet("misto").behaviour is None
