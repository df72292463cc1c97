"""What is shown of a feed before anybody follows it, and that nothing is written for that."""

from datetime import timedelta

import pytest
from aiohttp import web

from news.errors import BadAddress, NotAFeed, Problem, SeveralFeeds, UnknownHost
from news.preview import preview, preview_of
from tests.news.publisher import publisher
from tests.news.test_follow_page import TWO, site
from tests.news.world import World


async def feeds_kept(here: World) -> int:
    return (await here.store.keeper.overview(now=here.clock())).feeds


async def test_a_feed_is_seen_with_its_headlines_newest_first_and_nothing_is_kept(here: World) -> None:
    seen = await preview(here.desk, here.feed_url("bereg"))
    newest = here.newsroom.outlet("bereg").newest
    assert (seen.title, seen.address, seen.feed) == ("Вільний Берег", here.feed_url("bereg"), None)
    assert [one.title for one in seen.latest] == [one.title for one in newest][:3]
    assert await feeds_kept(here) == 0


async def test_a_feed_that_is_polled_anyway_costs_no_fetch(here: World) -> None:
    followed = await here.follow(here.feed_url("bereg"))
    seen = await preview(here.desk, here.feed_url("bereg"))
    assert here.newsroom.outlet("bereg").requests == 1
    assert seen.feed == followed.feed
    assert [one.title for one in seen.latest] == [one.title for one in followed.latest]
    assert seen == await preview_of(here.desk, followed.feed)


async def test_a_feed_that_fell_asleep_is_asked_and_known_all_the_same(here: World) -> None:
    chat = await here.chat()
    followed = await here.follow(here.feed_url("bereg"), chat)
    await here.store.chats.unfollow(chat.id, followed.feed.id)
    seen = await preview(here.desk, here.feed_url("bereg"))
    assert here.newsroom.outlet("bereg").requests == 2
    assert seen.feed is not None
    assert seen.feed.id == followed.feed.id


async def test_how_often_it_writes_is_told_by_its_dates(here: World) -> None:
    dates = [here.clock() - timedelta(hours=6 * place) for place in range(9)]
    items = "".join(
        f"<item><title>{place}</title><pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for place, date in enumerate(dates)
    )

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>")

    async with publisher(answer) as server:
        seen = await preview(here.desk, server.url)
    assert seen.a_day == pytest.approx(4.5)


async def test_what_fails_and_may_mend_is_seen_with_its_trouble(here: World) -> None:
    here.newsroom.outlet("bereg").fails_with(503)
    seen = await preview(here.desk, here.feed_url("bereg"))
    assert seen.problem is Problem.SERVER_TROUBLE
    assert (seen.address, seen.latest) == (here.feed_url("bereg"), ())
    assert await feeds_kept(here) == 0


async def test_a_page_with_a_choice_asks(here: World) -> None:
    async with publisher(site(TWO, "/sport.rss")) as server:
        with pytest.raises(SeveralFeeds):
            await preview(here.desk, server.url)
    assert await feeds_kept(here) == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("https://user:hush@example.com/", BadAddress),
        ("example.com private", BadAddress),
        ("http://no-such-host.invalid/", UnknownHost),
        ("{page}", NotAFeed),
    ],
)
async def test_what_can_not_be_followed_is_not_shown(here: World, typed: str, error: type[Exception]) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="Слова.", content_type="text/plain")

    async with publisher(answer) as server:
        with pytest.raises(error):
            await preview(here.desk, typed.format(page=server.url))
    assert await feeds_kept(here) == 0
