"""What a page leads to: its only feed, a choice, a well-known path, a site's rule."""

import asyncio
from collections.abc import Callable

import pytest
from aiohttp import web

import news.find
from news.errors import Missing, NoPreview, NotAFeed, Problem, SeveralFeeds
from tests.news.publisher import Handler, publisher
from tests.news.test_bulk import follow_addresses
from tests.news.world import World

RSS = b"<rss version='2.0'><channel><title>Outlet</title><item><title>One</title></item></channel></rss>"
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
TWO = LINK.format("News", "/news.rss") + LINK.format("Sport", "/sport.rss")


def site(page: str, *feeds: str, status: int = 404) -> Handler:
    """Answers "/" with the page, these paths with a feed, all others with the status."""

    async def answer(request: web.Request) -> web.Response:
        if request.path in feeds:
            return web.Response(body=RSS, content_type="application/rss+xml")
        if request.path == "/":
            return web.Response(text=f"<html>{page}</html>", content_type="text/html")
        return web.Response(status=status)

    return answer


async def test_several_feeds_are_a_choice_without_a_trace(here: World) -> None:
    async with publisher(site(TWO + LINK.format("Comments", "/comments.rss"))) as server:
        chat = await here.chat()
        before = here.rows()
        with pytest.raises(SeveralFeeds) as choice:
            await here.follow(server.url, chat)
        assert [(feed.title, feed.url) for feed in choice.value.feeds] == [
            ("News", f"{server.url}news.rss"),
            ("Sport", f"{server.url}sport.rss"),
        ]
        assert here.rows() == before


async def test_a_main_feed_beside_its_comments_is_no_choice(here: World) -> None:
    page = LINK.format("Outlet » Comments Feed", "/comments/feed/") + LINK.format("Outlet » Feed", "/feed/")
    async with publisher(site(page, "/feed/")) as server:
        assert (await here.follow(server.url)).feed.url == f"{server.url}feed/"


async def test_a_file_of_feeds_takes_the_first_and_leaves_others_the_choice(here: World) -> None:
    async with publisher(site(TWO, "/news.rss", "/sport.rss")) as server:
        [tried], _ = await follow_addresses(here, await here.chat(), server.url)
        assert tried.followed is not None
        assert tried.followed.feed.url == f"{server.url}news.rss"
        with pytest.raises(SeveralFeeds):
            await here.follow(server.url)


async def test_a_well_known_path_is_found_once_and_remembered(here: World) -> None:
    async with publisher(site("", "/feed.xml")) as server:
        assert (await here.follow(server.url)).feed.url == f"{server.url}feed.xml"
        asked = [request.path for request in server.requests]
        assert asked == ["/", "/feed", "/rss", "/rss.xml", "/feed.xml"]
        await here.follow(server.url)
        assert len(server.requests) == len(asked)


async def test_what_a_page_links_to_goes_before_what_is_guessed(here: World) -> None:
    async with publisher(site('<a href="/q7">RSS</a>', "/q7", "/feed")) as server:
        assert (await here.follow(server.url)).feed.url == f"{server.url}q7"
        assert [request.path for request in server.requests] == ["/", "/q7"]


@pytest.mark.parametrize(("status", "asked"), [(404, 8), (403, 8), (429, 2), (503, 2)])
async def test_guessing_ends_where_the_publisher_is_in_trouble(here: World, status: int, asked: int) -> None:
    async with publisher(site("", status=status)) as server:
        with pytest.raises(NotAFeed):
            await here.follow(server.url)
        assert len(server.requests) == asked


async def test_guessing_takes_no_longer_than_a_person_waits(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(0 if request.path == "/" else 60)
        return web.Response(text="<html>", content_type="text/html")

    monkeypatch.setattr(news.find, "GUESSING_SECONDS", 0.1)
    async with publisher(answer) as server:
        before = here.rows()
        with pytest.raises(NotAFeed):
            await here.follow(server.url)
        assert here.rows()["feeds"] == before["feeds"]


async def test_only_pages_are_guessed_at(here: World) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=b"\x00\xff", content_type="application/rss+xml")

    async with publisher(answer) as server:
        with pytest.raises(NotAFeed):
            await here.follow(server.url)
        assert len(server.requests) == 1


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Sets a rule: what is asked for at one address is at another."""

    def set_rule(address: str, feed: str) -> None:
        monkeypatch.setattr(news.find, "feed_address", lambda asked, _: feed if asked == address else asked)

    return set_rule


async def test_where_a_rule_exists_no_page_is_asked(here: World, ruled: Callable[[str, str], None]) -> None:
    async with publisher(site(TWO, "/sport.rss")) as server:
        ruled(server.url, f"{server.url}sport.rss")
        followed = await here.follow(server.url)
        assert followed.feed.url == f"{server.url}sport.rss"
        assert [request.path for request in server.requests] == ["/sport.rss"]
        assert (await here.follow(server.url)).feed.id == followed.feed.id
        assert len(server.requests) == 1


async def test_where_a_rule_does_not_hold_the_page_is_asked(here: World, ruled: Callable[[str, str], None]) -> None:
    async with publisher(site(LINK.format("", "/real.rss"), "/real.rss")) as server:
        ruled(server.url, f"{server.url}no.rss")
        assert (await here.follow(server.url)).feed.url == f"{server.url}real.rss"


async def test_a_rules_feed_that_fails_now_is_tried_later(here: World, ruled: Callable[[str, str], None]) -> None:
    async with publisher(site(TWO, status=503)) as server:
        ruled(server.url, f"{server.url}no.rss")
        feed = (await here.follow(server.url)).feed
        assert (feed.url, feed.problem) == (f"{server.url}no.rss", Problem.SERVER_TROUBLE)


# Channels


async def test_a_channel_is_read_by_whatever_name_and_an_edit_is_no_news(here: World) -> None:
    followed = await here.follow("@bereg")
    assert (followed.feed.url, followed.feed.title) == (f"{here.url}/s/bereg", "Вільний Берег")
    assert [one.title for one in followed.latest] == [one.title for one in here.newsroom.outlet("bereg").newest]
    for text in ("t.me/Bereg", "https://t.me/s/bereg", "http://telegram.me/bereg/5"):
        assert (await here.follow(text)).feed.id == followed.feed.id
    assert here.newsroom.outlet("bereg").page_requests == 1
    article = here.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться ввечері.")
    assert await here.poll() == 4
    here.newsroom.correct(article, lead="Він повернеться вранці.")
    assert await here.poll() == 0
    [latest] = await here.store.articles.latest(followed.feed.id, 1)
    assert (latest.title, latest.summary) == ("Пором вийшов у море", "Він повернеться вранці.")
    assert latest.image == f"{here.url}/news/bereg/0004.jpg"


async def test_a_one_line_post_has_no_page_to_ask(here: World) -> None:
    await here.follow("@bereg")
    here.newsroom.publish("bereg", title="Пором вийшов у море")
    assert await here.poll() == 1
    assert here.newsroom.outlet("bereg").page_requests == 2


@pytest.mark.parametrize("text", ["@surma", "t.me/nobody_there"])
async def test_without_a_preview_a_channel_is_refused_without_a_trace(here: World, text: str) -> None:
    chat = await here.chat()
    before = here.rows()
    with pytest.raises(NoPreview):
        await here.follow(text, chat)
    assert here.rows() == before


async def test_a_channel_that_closes_says_so(here: World) -> None:
    feed = (await here.follow("@bereg")).feed
    here.newsroom.outlet("bereg").profile = here.newsroom.outlet("surma").profile
    await here.poll()
    known = await here.store.feeds.find(feed.url)
    assert known is not None
    assert known.problem is Problem.NO_PREVIEW


async def test_a_missing_path_stays_missing(here: World) -> None:
    async with publisher(site("")) as server:
        with pytest.raises(Missing):
            await here.follow(f"{server.url}nothing")
        assert len(server.requests) == 1
