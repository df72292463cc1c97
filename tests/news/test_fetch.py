import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from news.errors import (
    Denied,
    FeedError,
    Gone,
    Missing,
    Passing,
    RefusedAddress,
    ServerTrouble,
    TooLarge,
    TooManyRedirects,
    TooManyRequests,
    TooSlow,
    UnknownHost,
    Unreachable,
)
from news.feed import Validators
from news.fetch import ROOM, Fetched, Fetcher, Limits, NotModified, _without_haste, open_fetcher
from news.hosts import Errand, Hosts
from news.large import LARGE
from tests.news.publisher import Handler, publisher, raw_publisher

TINY = Limits(seconds=5, page_seconds=5, size=10_000, redirects=5)


@asynccontextmanager
async def fetcher(limits: Limits = TINY) -> AsyncIterator[Fetcher]:
    async with open_fetcher(
        user_agent="visnyk/1 (+https://visnyk.example)", private_networks=True, hosts=Hosts(pause=0), limits=limits
    ) as opened:
        yield opened


def answering(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return answer


def leading(*hops: tuple[int, str]) -> Handler:
    """/0 redirects by the first hop, /1 by the second, and so on; what is beyond answers "there"."""

    async def answer(request: web.Request) -> web.Response:
        number = int(request.path.strip("/") or 0)
        if number >= len(hops):
            return web.Response(text="there")
        status, location = hops[number]
        return web.Response(status=status, headers={"Location": location})

    return answer


async def fetched(handler: Handler, validators: Validators | None = None) -> Fetched | NotModified:
    async with publisher(handler) as server, fetcher() as opened:
        return await opened.fetch_feed(server.url, validators)


async def failure(handler: Handler, limits: Limits = TINY) -> FeedError:
    async with publisher(handler) as server, fetcher(limits) as opened:
        with pytest.raises(FeedError) as caught:
            await opened.fetch_feed(server.url)
        return caught.value


async def raw_failure(answer: bytes) -> FeedError:
    async with raw_publisher(answer) as server, fetcher() as opened:
        with pytest.raises(FeedError) as caught:
            await opened.fetch_feed(server.url)
        return caught.value


async def test_an_answer_comes_with_its_type_and_validators() -> None:
    headers = {"ETag": '"a"', "Last-Modified": "yesterday", "Content-Type": "text/xml; charset=utf-8"}
    got = await fetched(answering(body=b"<rss/>", headers=headers))
    assert isinstance(got, Fetched)
    assert (got.body, got.content_type, got.moved_to) == (b"<rss/>", "text/xml; charset=utf-8", None)
    assert got.validators == Validators('"a"', "yesterday")


async def test_what_is_known_is_asked_for_conditionally() -> None:
    async def answer(request: web.Request) -> web.Response:
        known = (request.headers["If-None-Match"], request.headers["If-Modified-Since"])
        return web.Response(status=304 if known == ('"a"', "yesterday") else 200)

    assert await fetched(answer, Validators('"a"', "yesterday")) == NotModified()


async def test_the_publisher_is_told_who_asks_and_may_compress() -> None:
    async with publisher(answering()) as server, fetcher() as opened:
        await opened.fetch_feed(server.url)
        headers = server.requests[0].headers
    assert headers["User-Agent"] == "visnyk/1 (+https://visnyk.example)"
    assert "gzip" in headers["Accept-Encoding"]
    assert "application/rss+xml" in headers["Accept"]
    assert "If-None-Match" not in headers


async def test_a_compressed_answer_is_unpacked() -> None:
    got = await fetched(answering(body=gzip.compress(b"<rss/>"), headers={"Content-Encoding": "gzip"}))
    assert isinstance(got, Fetched)
    assert got.body == b"<rss/>"


@pytest.mark.parametrize("packed", [False, True])
async def test_a_body_over_the_limit_is_given_up(packed: bool) -> None:
    body = b"a" * 30_000_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    assert isinstance(await failure(answering(body=gzip.compress(body) if packed else body, headers=headers)), TooLarge)


async def test_a_body_at_the_limit_is_taken() -> None:
    got = await fetched(answering(body=b"a" * TINY.size))
    assert isinstance(got, Fetched)
    assert len(got.body) == TINY.size


async def test_an_answer_that_drips_is_given_up_in_time() -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>")
        await asyncio.Event().wait()
        return response

    assert isinstance(await failure(drip, Limits(seconds=0.1)), TooSlow)


async def test_the_time_limit_is_for_all_redirects_together() -> None:
    async def lead_on(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{request.path}a")

    assert isinstance(await failure(lead_on, Limits(seconds=0.2, redirects=1_000_000)), TooSlow)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Missing),
        (401, Denied),
        (403, Denied),
        (404, Missing),
        (408, ServerTrouble),
        (410, Gone),
        (418, Missing),
        (429, TooManyRequests),
        (451, Denied),
        (500, ServerTrouble),
        (503, ServerTrouble),
        (599, ServerTrouble),
    ],
)
async def test_a_refusal_is_told_by_its_status(status: int, error: type[FeedError]) -> None:
    assert type(await failure(answering(status))) is error


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("99999999999", 7 * 86_400),
        ("inf", 7 * 86_400),
        ("nan", None),
        ("soon", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 99 Foo 99999 99:99:99 GMT", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_believed_within_reason(status: int, value: str, seconds: float | None) -> None:
    error = await failure(answering(status, headers={"Retry-After": value}))
    assert isinstance(error, Passing)
    assert error.retry_after == seconds


async def test_retry_after_may_be_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(hours=1)
    error = await failure(answering(429, headers={"Retry-After": format_datetime(moment, usegmt=True)}))
    assert isinstance(error, Passing)
    assert error.retry_after == pytest.approx(3600, abs=60)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=300", 300),
        ("public, MAX-AGE=60", 60),
        ('max-age="60"', 60),
        ("max-age=-1", None),
        ("max-age=²", None),
        ("no-cache", None),
    ],
)
@pytest.mark.parametrize("status", [200, 304])
async def test_max_age_says_how_long_an_answer_is_fresh(status: int, header: str, seconds: float | None) -> None:
    assert (await fetched(answering(status, headers={"Cache-Control": header}))).fresh_for == seconds


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(status: int) -> None:
    got = await fetched(leading((status, "/1")))
    assert isinstance(got, Fetched)
    assert got.body == b"there"
    assert got.url.endswith("/1")


@pytest.mark.parametrize(
    ("first", "second", "moved"), [(301, 308, True), (301, 302, False), (307, 301, False), (308, 308, True)]
)
async def test_a_move_is_permanent_only_if_every_hop_is(first: int, second: int, moved: bool) -> None:
    got = await fetched(leading((first, "/1"), (second, "/2")))
    assert isinstance(got, Fetched)
    assert got.moved_to == (got.url if moved else None)


async def test_five_redirects_are_followed_and_six_are_not() -> None:
    hops = [(302, f"/{number}") for number in range(1, 7)]
    assert isinstance(await fetched(leading(*hops[:5])), Fetched)
    assert isinstance(await failure(leading(*hops)), TooManyRedirects)


async def test_a_circle_of_redirects_ends() -> None:
    assert isinstance(await failure(leading((301, "/0"))), TooManyRedirects)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "http://x.example:22/",
        "http://[",
        "http://u:p@x/",
    ],
)
async def test_a_redirect_to_no_proper_address_is_refused(location: str) -> None:
    assert isinstance(await failure(leading((301, location))), RefusedAddress)


async def test_a_redirect_without_a_target_is_no_feed() -> None:
    assert isinstance(await failure(answering(302)), Missing)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff" * 100 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnot\0zip",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n",
    ],
)
async def test_what_is_no_http_counts_as_no_connection(answer: bytes) -> None:
    assert isinstance(await raw_failure(answer), Unreachable)


async def test_a_redirect_with_broken_bytes_is_refused() -> None:
    assert isinstance(
        await raw_failure(b"HTTP/1.1 301 Moved\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n"), RefusedAddress
    )


async def test_a_refused_connection_may_mend() -> None:
    async with publisher(answering()) as server:
        url = server.url
    async with fetcher() as opened:
        with pytest.raises(Unreachable):
            await opened.fetch_feed(url)


async def test_a_name_that_cannot_exist_is_unknown() -> None:
    async with fetcher() as opened:
        with pytest.raises(UnknownHost):
            await opened.fetch_feed("http://nowhere.invalid/")


async def test_a_page_is_fetched_without_conditions() -> None:
    async with publisher(answering(body=b"<html>")) as server, fetcher() as opened:
        assert (await opened.fetch_page(server.url)).body == b"<html>"


async def test_a_page_not_modified_for_nobody_is_the_servers_trouble() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=404 if request.path == "/robots.txt" else 304)

    async with publisher(answer) as server, fetcher() as opened:
        with pytest.raises(ServerTrouble):
            await opened.fetch_page(server.url)


async def test_waiting_for_a_slot_does_not_use_up_the_time() -> None:
    async with (
        publisher(answering(body=b"here")) as server,
        open_fetcher(
            user_agent="t", private_networks=True, hosts=Hosts(at_once=1, pause=0.3), limits=Limits(seconds=0.25)
        ) as opened,
    ):
        answers = await asyncio.gather(*(opened.fetch_feed(server.url) for _ in range(3)))
    assert [answer.body for answer in answers if isinstance(answer, Fetched)] == [b"here"] * 3


async def test_of_a_page_over_its_limit_the_beginning_is_taken() -> None:
    body = b"<html>" + b"a" * 50_000
    limits = replace(TINY, page_size=20_000)
    async with publisher(answering(body=body)) as server, fetcher(limits) as opened:
        assert (await opened.fetch_page(server.url)).body == body[:20_000]


async def trickle(request: web.Request) -> web.StreamResponse:
    """A large body that doesn't say its length."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(20):
        await response.write(b"x" * (LARGE // 10))
    return response


@pytest.mark.parametrize("answer_with", [trickle, answering(body=b"x" * 2 * LARGE)], ids=["trickling", "told"])
async def test_large_bodies_wait_until_those_before_them_are_needed_no_more(
    answer_with: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROOM, Errand.POLL, 3 * LARGE)
    limits = Limits(size=3 * LARGE)
    async with publisher(answer_with) as server, fetcher(limits) as opened:
        first: list[Any] = [await asyncio.create_task(opened.fetch_feed(server.url))]
        room = opened._rooms[Errand.POLL]
        assert room.free == LARGE
        second = asyncio.create_task(opened.fetch_feed(server.url))
        async with asyncio.timeout(20):
            while not room.waiting:  # noqa: ASYNC110 - it tells nobody that somebody waits
                await asyncio.sleep(0.01)
            first.clear()
            answer = await second
        assert isinstance(answer, Fetched)
        assert len(answer.body) == 2 * LARGE


async def test_a_small_body_waits_for_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROOM, Errand.POLL, 0)
    assert isinstance(await fetched(answering(body=b"<rss/>")), Fetched)


async def test_waiting_for_room_takes_nothing_off_the_time_left() -> None:
    come = asyncio.Event()
    async with asyncio.timeout(60) as time:
        waiting = asyncio.create_task(_without_haste(come.wait(), time))
        await asyncio.sleep(0)
        assert time.when() is None
        come.set()
        await waiting
        assert time.when() is not None
