"""What no address can do to us, typed or redirected to; what holds for every attempt stands in hostile.py."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from news.address import host_of
from news.errors import BadAddress, Problem, RefusedAddress
from news.fetch import Fetcher, open_fetcher
from news.hosts import Hosts
from sandbox.newsroom import Outlet
from tests.news.hostile import one_round
from tests.news.internet import Names, internet
from tests.news.world import SHORT, World, world

PRIVATE = "http://169.254.169.254/latest/meta-data/"


def guarded(url: str) -> AbstractAsyncContextManager[Fetcher]:
    """A fetcher as the service opens it, to which the newsroom is the open internet."""
    names = Names(
        press=[[host_of(url).split(":")[0]]],
        rebinds=[["127.0.0.1"], ["10.0.0.1"]],
        inside=[["10.0.0.1"]],
        metadata=[["169.254.169.254"]],
    )
    return open_fetcher(user_agent="test", hosts=Hosts(pause=0), limits=SHORT, connector=internet(url, names))


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose private addresses are out of reach, but for the newsroom's."""
    async with world(tmp_path, guarded) as made:
        yield made


async def refused(here: World, text: str) -> None:
    """Nobody is let follow this, and it leaves no trace."""
    chat = await here.chat()
    rows = here.rows()
    with pytest.raises((RefusedAddress, BadAddress)):
        await here.follow(text, chat)
    assert here.rows() == rows


# fmt: off
PRIVATE_HOSTS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "100.64.0.1", "169.254.169.254", "[::1]", "[::]", "[fe80::1]", "[fd00:ec2::254]",
    "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "localhost",
    "inside.example", "metadata.example", "１２７.0.0.1",
)
# fmt: on


async def test_a_private_address_is_refused_however_it_is_spelt(outside: World) -> None:
    for host in PRIVATE_HOSTS:
        await refused(outside, f"http://{host}:8000/feed.xml")


@pytest.mark.parametrize("host", ["press.example", "127.0.0.1"])
async def test_what_passes_for_public_is_followed(outside: World, host: str) -> None:
    followed = await outside.follow(outside.feed_url("bereg").replace("127.0.0.1", host))
    assert len(followed.latest) == 3


@pytest.mark.parametrize("target", [PRIVATE, "http://inside.example/", "http://127.1:8000/", "http://[::1]/"])
async def test_a_redirect_into_a_private_network_is_refused(outside: World, target: str) -> None:
    for slug in ("bereg", "harbour"):
        await outside.follow(outside.feed_url(slug))
    outside.newsroom.outlet("bereg").moved_to(target)
    assert await one_round(outside) is Problem.REFUSED_ADDRESS


async def test_a_name_that_is_bound_anew_to_a_private_address_is_refused(outside: World) -> None:
    url = outside.feed_url("bereg").replace("127.0.0.1", "rebinds.example")
    assert len((await outside.follow(url)).latest) == 3
    await outside.follow(outside.feed_url("harbour"))
    outside.newsroom.publish_next("bereg")
    outside.newsroom.publish_next("harbour")
    assert await outside.poll() == 1
    feed = await outside.store.feeds.find(url)
    assert feed is not None
    assert feed.problem is Problem.REFUSED_ADDRESS


async def test_an_article_that_links_into_a_private_network_is_saved_without_its_page(outside: World) -> None:
    await outside.follow(outside.feed_url("misto"))
    outside.newsroom.publish("misto", title="Хто тут?", link=PRIVATE)
    assert await outside.poll() == 1
    assert await outside.owed() == ["Хто тут?"]


async def test_only_http_and_https_are_followed(here: World) -> None:
    for scheme in ("file:///etc", "ftp://", "gopher://", "data:text/xml,", "javascript:", "unix:/run/", "http:/", "//"):
        await refused(here, f"{scheme}outlet.example/rss")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://outlet.example/", "data:,x", "http://u:p@x.example/"])
async def test_a_redirect_to_anything_but_http_is_refused(here: World, villain: Outlet, target: str) -> None:
    villain.moved_to(target)
    assert await one_round(here) is Problem.REFUSED_ADDRESS


async def test_a_port_of_another_protocol_is_refused(here: World) -> None:
    for port in (0, 22, 25, 53, 110, 143, 465, 587, 6000, 6667, 10080):
        await refused(here, f"http://127.0.0.1:{port}/feed.xml")


async def test_a_redirect_to_a_port_of_another_protocol_is_refused(here: World, villain: Outlet) -> None:
    villain.moved_to("http://127.0.0.1:25/")
    assert await one_round(here) is Problem.REFUSED_ADDRESS
