import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from news.errors import (
    Denied,
    FeedError,
    Gone,
    Missing,
    NoWayOut,
    RefusedAddress,
    ServerTrouble,
    TooManyRedirects,
    TooManyRequests,
    TooSlow,
    UnknownHost,
    Unreachable,
)
from news.fetch import Fetcher, Limits, open_fetcher
from news.hosts import Hosts
from news.robots import AFTER_TROUBLE, DAY, MOST_LETTERS, MOST_ORIGINS, Robots
from tests.news.publisher import Publisher, publisher

NOTHING = b"User-agent: *\nDisallow: /"


class Publishers:
    """What is at the addresses of robots.txt files, and how often each was asked for; `now` is in seconds."""

    def __init__(self, answer: bytes | FeedError = NOTHING) -> None:
        self.answer = answer
        self.asked: Counter[str] = Counter()
        self.now = 0.0
        self.robots = Robots(self.ask, lambda: self.now)

    async def ask(self, url: str) -> bytes:
        self.asked[url] += 1
        await asyncio.sleep(0)
        if isinstance(self.answer, FeedError):
            raise self.answer
        return self.answer

    async def refusal(self, url: str = "https://outlet.example/1.html") -> type[FeedError] | None:
        try:
            await self.robots.check(url)
        except FeedError as error:
            return type(error)
        return None


async def test_a_forbidden_page_is_denied_and_another_is_not() -> None:
    publishers = Publishers(b"User-agent: visnyk\nDisallow: /private/")
    assert await publishers.refusal("https://outlet.example/private/1") is Denied
    assert await publishers.refusal("https://outlet.example/public/1") is None


@pytest.mark.parametrize("answer", [Missing("404"), Gone("410"), Denied("403"), TooManyRedirects("6")])
async def test_no_file_means_that_everything_is_allowed(answer: FeedError) -> None:
    assert await Publishers(answer).refusal() is None


@pytest.mark.parametrize(
    "answer",
    [
        ServerTrouble("503"),
        Unreachable("cut"),
        TooSlow("10 s"),
        TooManyRequests("429"),
        UnknownHost("outlet.example"),
        RefusedAddress("a private address"),
        NoWayOut("407"),
    ],
)
async def test_trouble_means_that_nothing_is_allowed_for_now(answer: FeedError) -> None:
    publishers = Publishers(answer)
    assert await publishers.refusal() is Unreachable
    publishers.answer = b""
    assert await publishers.refusal() is Unreachable
    publishers.now += AFTER_TROUBLE
    assert await publishers.refusal() is None


async def test_a_file_is_asked_for_once_a_day() -> None:
    publishers = Publishers()
    for now in (0.0, 1.0, DAY - 1):
        publishers.now = now
        assert await publishers.refusal() is Denied
    assert publishers.asked == {"https://outlet.example/robots.txt": 1}
    publishers.now = DAY
    publishers.answer = b""
    assert await publishers.refusal() is None
    assert publishers.asked == {"https://outlet.example/robots.txt": 2}


async def test_each_origin_has_a_file_of_its_own() -> None:
    publishers = Publishers()
    for origin in ("https://outlet.example", "http://outlet.example", "https://outlet.example:8443"):
        await publishers.refusal(f"{origin}/1.html")
        assert publishers.asked[f"{origin}/robots.txt"] == 1


async def test_many_who_ask_at_once_cost_one_request() -> None:
    publishers = Publishers()
    assert await asyncio.gather(*(publishers.refusal() for _ in range(20))) == [Denied] * 20
    assert publishers.asked.total() == 1


async def test_one_who_gives_up_leaves_the_others_their_answer() -> None:
    publishers = Publishers()
    impatient, patient = asyncio.create_task(publishers.refusal()), asyncio.create_task(publishers.refusal())
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient is Denied


async def test_so_many_origins_are_remembered_and_the_longest_unused_go_first() -> None:
    publishers = Publishers(b"")
    for number in range(MOST_ORIGINS + 10):
        await publishers.refusal(f"https://outlet{number}.example/")
        await publishers.refusal("https://outlet0.example/")
    assert len(publishers.robots) == MOST_ORIGINS
    assert publishers.asked["https://outlet0.example/robots.txt"] == 1
    await publishers.refusal("https://outlet1.example/")
    assert publishers.asked["https://outlet1.example/robots.txt"] == 2


async def test_so_many_letters_of_rules_are_remembered() -> None:
    size = MOST_LETTERS // 10
    publishers = Publishers(b"User-agent: *\nDisallow: /" + b"a" * size)
    for number in range(30):
        await publishers.refusal(f"https://outlet{number}.example/")
    assert len(publishers.robots) == 9


LIMITS = Limits(seconds=5, page_seconds=5, size=600_000)


@asynccontextmanager
async def served(robots: str | web.Response) -> AsyncIterator[tuple[Publisher, Fetcher]]:
    """A publisher with this robots.txt, and a fetcher."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(text=robots) if isinstance(robots, str) else robots
        if request.path == "/astray":
            raise web.HTTPFound("/private/")
        return web.Response(text="here")

    opened = open_fetcher(user_agent="visnyk/1", private_networks=True, hosts=Hosts(pause=0), limits=LIMITS)
    async with publisher(answer) as server, opened as fetcher:
        yield server, fetcher


PRIVATE = "User-agent: *\nDisallow: /private/"
FILLING = "# nothing\n" * 60_000


async def test_a_page_is_fetched_only_where_robots_allow_it() -> None:
    async with served(PRIVATE) as (server, fetcher):
        assert (await fetcher.fetch_page(f"{server.url}public/")).body == b"here"
        with pytest.raises(Denied):
            await fetcher.fetch_page(f"{server.url}private/")
    assert [request.path for request in server.requests] == ["/robots.txt", "/public/"]


async def test_a_redirect_leads_to_no_page_that_robots_keep_us_from() -> None:
    async with served(PRIVATE) as (server, fetcher):
        with pytest.raises(Denied):
            await fetcher.fetch_page(f"{server.url}astray")
    assert [request.path for request in server.requests] == ["/robots.txt", "/astray"]


async def test_a_feed_is_fetched_whatever_robots_say() -> None:
    async with served("User-agent: *\nDisallow: /") as (server, fetcher):
        await fetcher.fetch_feed(f"{server.url}private/")
    assert [request.path for request in server.requests] == ["/private/"]


async def test_of_an_endless_file_the_beginning_is_read() -> None:
    async with served(f"{PRIVATE}\n{FILLING}Disallow: /public/") as (server, fetcher):
        assert (await fetcher.fetch_page(f"{server.url}public/")).body == b"here"
        with pytest.raises(Denied):
            await fetcher.fetch_page(f"{server.url}private/")


async def test_a_file_is_found_behind_a_redirect() -> None:
    async with (
        served(PRIVATE) as (server, _),
        served(web.Response(status=301, headers={"Location": f"{server.url}robots.txt"})) as (other, fetcher),
    ):
        with pytest.raises(Denied):
            await fetcher.fetch_page(f"{other.url}private/")
