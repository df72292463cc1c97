import socket
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from news.errors import RefusedAddress
from news.fetch import Fetched, Fetcher, open_fetcher
from news.guard import AHEAD, PrivateAddress, guarded_socket, is_public, modest_socket
from news.hosts import Hosts
from tests.news.internet import Names, internet
from tests.news.publisher import Publisher, publisher


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
)
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
    ],
)
def test_private_and_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_no_socket_is_made_towards_a_private_address() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", 80))
    with pytest.raises(PrivateAddress):
        guarded_socket(info)


def test_a_socket_is_made_towards_a_public_address() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("8.8.8.8", 80))
    with guarded_socket(info) as made:
        assert made.family == socket.AF_INET


@pytest.mark.parametrize("make", [guarded_socket, modest_socket])
def test_a_publishers_socket_takes_in_little_ahead(make: Callable[[tuple[Any, ...]], socket.socket]) -> None:
    with make((socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("8.8.8.8", 80))) as made:
        assert made.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) <= 2 * AHEAD


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
async def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    async with open_fetcher(user_agent="test") as fetcher:
        with pytest.raises(RefusedAddress):
            await fetcher.fetch_feed(f"http://{host}:8000/")


async def test_nothing_reaches_a_private_server_unless_allowed() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="here")

    async with publisher(answer) as server:
        await _refused(server)
        assert server.requests == []
        async with open_fetcher(user_agent="test", private_networks=True) as fetcher:
            fetched = await fetcher.fetch_feed(server.url)
        assert isinstance(fetched, Fetched)
        assert fetched.body == b"here"


async def _refused(server: Publisher) -> None:
    async with open_fetcher(user_agent="test") as fetcher:
        with pytest.raises(RefusedAddress):
            await fetcher.fetch_feed(server.url)


async def test_a_redirect_into_a_private_network_is_refused() -> None:
    async def secret(_: web.Request) -> web.Response:
        return web.Response(text="secret")

    async def lead_astray(_: web.Request) -> web.Response:
        raise web.HTTPFound(inner.url)

    async with publisher(secret) as inner, publisher(lead_astray) as outer:
        async with aiohttp.ClientSession(connector=internet(outer.url)) as session:
            with pytest.raises(RefusedAddress):
                await Fetcher(session, Hosts()).fetch_feed(outer.url)
        assert len(outer.requests) == 1
        assert inner.requests == []


async def test_a_name_with_several_private_addresses_is_refused() -> None:
    names = Names(inside=[["10.0.0.1", "127.0.0.1", "192.168.0.1"]])
    connector = aiohttp.TCPConnector(socket_factory=guarded_socket, resolver=names)
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(RefusedAddress):
            await Fetcher(session, Hosts()).fetch_feed("http://inside.example/")
