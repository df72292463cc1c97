"""What no server can do to us by the way it answers; what holds for every attempt stands in hostile.py."""

import pytest

from news.errors import Problem
from sandbox.newsroom import Outlet
from tests.news.hostile import one_round, rss
from tests.news.world import World

# The way


async def test_a_circle_of_redirects_is_left(here: World, villain: Outlet) -> None:
    villain.circles()
    assert await one_round(here) is Problem.TOO_MANY_REDIRECTS


async def test_five_redirects_are_followed(here: World, villain: Outlet) -> None:
    villain.leads_on(5)
    here.newsroom.publish_next(villain)
    assert await here.poll() == 1


async def test_six_redirects_are_not(here: World, villain: Outlet) -> None:
    villain.leads_on(6)
    assert await one_round(here) is Problem.TOO_MANY_REDIRECTS


async def test_a_server_that_hangs_is_left_in_time(here: World, villain: Outlet) -> None:
    villain.hangs()
    assert await one_round(here) is Problem.TOO_SLOW


async def test_a_server_that_drips_is_left_in_time(here: World, villain: Outlet) -> None:
    villain.drips(seconds=0.05)
    assert await one_round(here) is Problem.TOO_SLOW


async def test_an_article_page_that_hangs_holds_up_no_push(here: World) -> None:
    await here.follow(here.feed_url("misto"))
    elsewhere = here.newsroom.publish("bereg", title="Сторінка, що мовчить")
    here.newsroom.outlet("bereg").hangs(everywhere=True)
    here.newsroom.publish("misto", title="Без сторінки", link=elsewhere.address(here.url))
    assert await here.poll() == 1


# Heads


@pytest.mark.parametrize("size", [20_000, 10_000_000])
async def test_a_giant_header_is_not_taken(here: World, villain: Outlet, size: int) -> None:
    villain.swells(size)
    assert await one_round(here) is Problem.UNREACHABLE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x16\x03\x01\x00\x02\x02\x28",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 2 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\x00\xff\x00: \x01\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nno colon at all\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
    ],
)
async def test_what_is_no_head_is_no_answer(here: World, villain: Outlet, raw: bytes) -> None:
    villain.babbles(raw)
    assert await one_round(here) is Problem.UNREACHABLE


@pytest.mark.parametrize(
    "name", [b"ETag", b"Last-Modified", b"Cache-Control", b"Content-Type", b"Content-Encoding", b"X-Other"]
)
async def test_garbage_in_a_header_does_no_harm(here: World, villain: Outlet, name: bytes) -> None:
    garbage = b"max-age=\xff\xfe, \xe2\x80\xae; charset=\\\"'--' OR 1=1"
    body = rss("<item><title>One</title><guid>1</guid></item>")
    head = b"HTTP/1.1 200 OK\r\n%s: %s\r\nContent-Length: %d\r\n\r\n" % (name, garbage, len(body))
    villain.babbles(head + body)
    assert [await here.poll() for _ in range(3)] == [1, 0, 0]
    assert (await here.feed("bereg")).problem is None
