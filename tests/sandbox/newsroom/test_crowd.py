import asyncio
import socket
import subprocess
from collections.abc import Callable, Sequence

import aiohttp
import pytest

from news.parse import parse_feed
from sandbox.newsroom.crowd import Crowd, serve_crowd
from sandbox.newsroom.loopback import host, listen_each, listen_once
from sandbox.newsroom.newsroom import utc_now

Listen = Callable[[Sequence[str]], list[socket.socket]]


def one_socket_is_allowed() -> bool:
    try:
        [listener] = listen_once([])
    except (OSError, AttributeError):
        return False
    listener.close()
    return True


ONE = pytest.param(listen_once, marks=pytest.mark.skipif(not one_socket_is_allowed(), reason="needs SO_BINDTODEVICE"))
WAYS = pytest.mark.parametrize("listen", [ONE, listen_each, None])


async def read_all(crowd: Crowd, etags: Sequence[str] = ()) -> list[tuple[int, str, bytes]]:
    async with aiohttp.ClientSession() as session:

        async def read(number: int) -> tuple[int, str, bytes]:
            headers = {"If-None-Match": etags[number]} if etags else {}
            async with session.get(crowd.urls[number], headers=headers) as response:
                return response.status, response.headers["ETag"], await response.read()

        return await asyncio.gather(*(read(number) for number in range(len(crowd.feeds))))


@WAYS
async def test_hundreds_of_feeds_live_on_hosts_of_their_own(listen: Listen | None) -> None:
    async with serve_crowd(feeds=300, items=10, listen=listen) as crowd:
        answers = await read_all(crowd)
    assert {status for status, _, _ in answers} == {200}
    assert len({url.split(":")[1] for url in crowd.urls}) == 300
    assert crowd.requests == 300
    for number in (0, 17, 299):
        feed = parse_feed(answers[number][2], url=crowd.urls[number])
        assert [entry.title for entry in feed.entries] == [crowd.feeds[number].title(item) for item in range(10, 0, -1)]
        assert feed.entries[0].link == crowd.urls[number].replace("feed.xml", "10.html")


def test_no_headline_is_anothers() -> None:
    titles = [feed.title(item) for feed in Crowd(300, 30, utc_now).feeds for item in range(1, 31)]
    assert len(set(titles)) == len(titles)


async def test_a_feed_is_304_until_it_publishes() -> None:
    async with serve_crowd(feeds=20, items=5) as crowd:
        etags = [etag for _, etag, _ in await read_all(crowd)]
        title = crowd.publish(7)
        again = await read_all(crowd, etags)
    assert [status for status, _, _ in again] == [200 if number == 7 else 304 for number in range(20)]
    fresh = parse_feed(again[7][2], url=crowd.urls[7])
    assert (fresh.entries[0].title, len(fresh.entries)) == (title, 5)
    assert (crowd.requests, crowd.not_modified) == (40, 19)
    assert (crowd.feeds[7].requests, crowd.feeds[7].not_modified) == (2, 0)


async def test_requests_can_be_waited_for() -> None:
    async with serve_crowd(feeds=3) as crowd:
        waiting = asyncio.create_task(crowd.requested(3))
        await read_all(crowd)
        await asyncio.wait_for(waiting, 5)


async def test_it_ends_although_readers_keep_their_lines() -> None:
    async with asyncio.timeout(5):
        async with serve_crowd(feeds=1) as crowd:
            reader, writer = await asyncio.open_connection(host(0), crowd.port)
            writer.write(b"GET /feed.xml HTTP/1.1\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
        assert (await reader.read()).endswith(b"</rss>\n"), "and no more after it"
        writer.close()


async def test_anything_else_is_404() -> None:
    async with serve_crowd(feeds=1) as crowd, aiohttp.ClientSession() as session:
        async with session.get(crowd.urls[0] + "x") as response:
            assert response.status == 404
        async with session.get(crowd.urls[0].replace(host(0), host(1))) as response:
            assert response.status == 404


@pytest.mark.skipif(not one_socket_is_allowed(), reason="needs SO_BINDTODEVICE")
async def test_no_other_device_is_listened_on() -> None:
    async with serve_crowd(feeds=1, listen=listen_once) as crowd:
        for address in other_addresses():
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection(address, crowd.port)


def other_addresses() -> list[str]:
    """The addresses of this machine that are not on loopback; none where nobody tells."""
    try:
        told = subprocess.run(["hostname", "-I"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return [address for address in told.split() if ":" not in address]


def test_hosts_are_distinct_and_on_loopback() -> None:
    hosts = [host(number) for number in range(70_000)]
    assert len(set(hosts)) == 70_000
    assert all(name.startswith("127.") and not name.endswith((".0", ".255")) for name in hosts)
