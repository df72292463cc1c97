import asyncio

import pytest
from aiohttp import web

from news.errors import BadAddress, Denied, Gone, Lasting, Missing, NotAFeed, Problem, UnknownHost
from news.follow import Doorman
from tests.news.publisher import publisher
from tests.news.world import World

RSS = b"<rss version='2.0'><channel><title>Outlet</title><item><title>One</title></item></channel></rss>"


async def test_a_feed_is_followed_and_its_newest_are_shown(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    assert (followed.feed.title, followed.already) == ("Вільний Берег", False)
    assert [one.title for one in followed.latest] == [one.title for one in here.newsroom.outlet("bereg").newest]


async def test_following_twice_is_noticed(here: World) -> None:
    chat = await here.chat()
    await here.follow(here.feed_url("bereg"), chat)
    assert (await here.follow(here.feed_url("bereg"), chat)).already


async def test_a_second_chat_costs_no_fetch(here: World) -> None:
    first = await here.follow(here.feed_url("bereg"))
    second = await here.follow(here.feed_url("bereg"))
    assert here.newsroom.outlet("bereg").requests == 1
    assert (second.feed.id, second.already, second.latest) == (first.feed.id, False, first.latest)


async def test_a_crowd_at_once_costs_one_fetch(here: World) -> None:
    chats = [await here.chat() for _ in range(50)]
    followed = await asyncio.gather(*(here.follow(here.feed_url("bereg"), chat) for chat in chats))
    assert here.newsroom.outlet("bereg").requests == 1
    assert {one.feed.id for one in followed} == {followed[0].feed.id}
    assert not any(one.already for one in followed)


async def test_a_page_that_names_its_feed_will_do(here: World) -> None:
    followed = await here.follow(f"{here.url}/news/bereg/")
    assert followed.feed.url == here.feed_url("bereg")
    asked = here.newsroom.outlet("bereg").page_requests
    assert (await here.follow(f"{here.url}/news/bereg/")).feed.id == followed.feed.id
    assert here.newsroom.outlet("bereg").page_requests == asked


@pytest.mark.parametrize("slug", ["misto", "surma", "tideline", "likhtar"])
async def test_every_kind_of_feed_is_found_from_its_home_page(here: World, slug: str) -> None:
    outlet = here.newsroom.outlet(slug)
    followed = await here.follow(here.url + outlet.profile.home_path)
    assert (followed.feed.url, followed.feed.title) == (here.feed_url(slug), outlet.profile.name)
    assert [one.title for one in followed.latest] == [one.title for one in outlet.newest]
    here.newsroom.publish_next(slug)
    assert await here.poll() == 1
    assert await here.owed() == [outlet.newest[0].title]


async def test_without_a_scheme_http_is_found_too(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg").removeprefix("http://"))
    assert followed.feed.url == here.feed_url("bereg")


@pytest.mark.parametrize(("status", "error"), [(401, Denied), (403, Denied), (404, Missing), (410, Gone)])
async def test_trouble_that_lasts_is_refused_without_a_trace(here: World, status: int, error: type[Lasting]) -> None:
    here.newsroom.outlet("bereg").fails_with(status)
    await _refused(here, here.feed_url("bereg"), error)


@pytest.mark.parametrize("body", [b"", b"garbage", b"<html><title>No feed here</title></html>", b"<rss"])
async def test_what_is_no_feed_is_refused_without_a_trace(here: World, body: bytes) -> None:
    here.newsroom.outlet("bereg").serves(body, "text/html")
    await _refused(here, here.feed_url("bereg"), NotAFeed)


async def test_an_unknown_host_is_refused_without_a_trace(here: World) -> None:
    await _refused(here, "nowhere.invalid", UnknownHost)


async def test_a_page_whose_feed_is_none_is_refused_without_a_trace(here: World) -> None:
    here.newsroom.outlet("bereg").serves(b"garbage")
    await _refused(here, f"{here.url}/news/bereg/", NotAFeed)


async def test_no_address_is_refused_without_a_trace(here: World) -> None:
    await _refused(here, "file:///etc/passwd", BadAddress)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_trouble_that_may_mend_is_followed_and_mends(here: World, status: int) -> None:
    here.newsroom.outlet("bereg").fails_with(status, times=1)
    followed = await here.follow(here.feed_url("bereg"))
    assert followed.feed.problem is not None
    assert followed.latest == ()
    assert await here.poll() == 0
    healthy = await here.store.feeds.find(here.feed_url("bereg"))
    assert healthy is not None
    assert (healthy.title, healthy.problem) == ("Вільний Берег", None)
    here.newsroom.publish_next("bereg")
    assert await here.poll() == 1


async def test_a_page_whose_feed_fails_now_leads_to_the_feed_later(here: World) -> None:
    here.newsroom.outlet("bereg").fails_with(503, times=1)
    followed = await here.follow(f"{here.url}/news/bereg/")
    assert followed.feed.problem is Problem.SERVER_TROUBLE
    assert followed.feed.url == here.feed_url("bereg")
    await here.poll()
    healthy = await here.store.feeds.find(f"{here.url}/news/bereg/")
    assert healthy is not None
    assert healthy.title == "Вільний Берег"


async def test_a_refused_connection_is_followed(here: World) -> None:
    async def never(_: web.Request) -> web.Response:
        return web.Response()

    async with publisher(never) as server:
        url = server.url
    assert (await here.follow(url.removeprefix("http://"))).feed.problem is Problem.UNREACHABLE


async def test_the_next_feed_a_page_names_is_tried_when_the_first_is_none(here: World) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/":
            kinds = {"bad": "rss", "good": "atom"}.items()
            link = "<link rel=alternate type=application/{1}+xml title=News href=/{0}>"
            names = "".join(link.format(name, kind) for name, kind in kinds)
            return web.Response(text=names, content_type="text/html")
        return web.Response(body=RSS if request.path == "/good" else b"garbage")

    async with publisher(answer) as server:
        assert (await here.follow(server.url)).feed.url == f"{server.url}good"


async def test_a_feed_that_had_gone_may_come_back(here: World) -> None:
    await here.follow(here.feed_url("bereg"))
    here.newsroom.outlet("bereg").gone()
    await here.poll()
    here.newsroom.outlet("bereg").recovers()
    await here.follow(here.feed_url("bereg"))
    here.newsroom.publish_next("bereg")
    assert await here.poll() == 2


async def test_idle_locks_are_not_kept_for_ever() -> None:
    doorman = Doorman()
    held = doorman.lock("held")
    async with held:
        for number in range(2000):
            doorman.lock(f"https://outlet.example/{number}")
        assert doorman.lock("held") is held


async def _refused(here: World, text: str, error: type[Exception]) -> None:
    chat = await here.chat()
    before = here.rows()
    with pytest.raises(error):
        await here.follow(text, chat)
    assert here.rows() == before
