"""Outlets that don't behave, as a client over HTTP meets them."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from sandbox.newsroom import Outlet
from sandbox.newsroom.behaviour import Fails
from tests.sandbox.newsroom.reader import Reader

FEED = "/news/bereg/feed.xml"


@pytest.fixture
def outlet(reader: Reader) -> Outlet:
    return reader.newsroom.outlet("bereg")


@asynccontextmanager
async def begun(reader: Reader, encoding: str = "identity") -> AsyncIterator[aiohttp.ClientResponse]:
    """A feed's answer whose body is still to come, undecoded."""
    raw = aiohttp.ClientSession(auto_decompress=False, headers={"Accept-Encoding": encoding})
    async with raw as session, asyncio.timeout(10), session.get(reader.url + FEED) as response:
        yield response


async def test_a_rate_is_limited_with_a_wish_for_how_long(reader: Reader, outlet: Outlet) -> None:
    outlet.limits_rate(retry_after=7, times=1)
    status, headers, _ = await reader.get(FEED)
    assert (status, headers["Retry-After"]) == (429, "7")
    assert (await reader.get(FEED))[0] == 200


async def test_pages_may_fail_while_the_feed_is_well(reader: Reader, outlet: Outlet) -> None:
    outlet.pages_behave(Fails(503))
    article = outlet.articles[0].address("")
    assert [(await reader.get(path))[0] for path in (FEED, article, "/news/bereg/")] == [200, 503, 503]
    outlet.pages_behave(None)
    assert (await reader.get(article))[0] == 200


async def test_pages_and_feed_recover_together(reader: Reader, outlet: Outlet) -> None:
    outlet.fails_with(500)
    outlet.pages_behave(Fails(503))
    outlet.recovers()
    assert [(await reader.get(path))[0] for path in (FEED, "/news/bereg/")] == [200, 200]


async def test_a_slow_outlet_answers_in_the_end(reader: Reader, outlet: Outlet) -> None:
    outlet.answers_slowly(0.05)
    assert "<rss" in (await reader.get(FEED))[2]


async def test_a_slow_outlet_that_recovers_answers_at_once(reader: Reader, outlet: Outlet) -> None:
    outlet.answers_slowly(3600)
    waiting = asyncio.create_task(reader.get(FEED))
    await reader.newsroom.requested("bereg", 1)
    outlet.recovers()
    assert "<rss" in (await asyncio.wait_for(waiting, 5))[2]


async def test_a_drip_has_no_end_until_it_recovers(reader: Reader, outlet: Outlet) -> None:
    outlet.drips(seconds=0.001, chunk=3)
    async with begun(reader) as response:
        opening = await response.content.readuntil(b"<title>")
        assert opening.startswith(b"<?xml")
        assert await response.content.readexactly(30) == b"x" * 30
        outlet.recovers()
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()
    assert (await reader.get(FEED))[0] == 200


async def test_a_flood_has_so_many_megabytes(reader: Reader, outlet: Outlet) -> None:
    outlet.floods(megabytes=2)
    async with begun(reader) as response:
        assert 2_000_000 < len(await response.read()) < 2_001_000


async def test_a_flood_may_have_no_end(reader: Reader, outlet: Outlet) -> None:
    outlet.floods()
    async with begun(reader) as response:
        for _ in range(5):
            await response.content.readexactly(1_000_000)
        outlet.recovers()
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()


@pytest.mark.parametrize(
    ("coding", "wbits"), [("gzip", zlib.MAX_WBITS | 16), ("deflate", zlib.MAX_WBITS), ("identity", 0)]
)
async def test_a_feed_comes_in_the_coding_it_was_told(reader: Reader, outlet: Outlet, coding: str, wbits: int) -> None:
    outlet.encodes(coding)
    async with begun(reader, "gzip" if coding == "identity" else "identity") as response:
        body = await response.read()
        assert response.headers.get("Content-Encoding", "identity") == coding
    assert b"<rss" in (zlib.decompress(body, wbits) if wbits else body)


async def test_a_bomb_is_small_until_it_is_unpacked(reader: Reader, outlet: Outlet) -> None:
    outlet.bombs(megabytes=5)
    async with begun(reader) as response:
        packed = await response.read()
        assert response.headers["Content-Encoding"] == "gzip"
    assert len(packed) < 20_000
    assert len(zlib.decompress(packed, zlib.MAX_WBITS | 16)) > 5_000_000


async def test_a_wrong_coding_is_not_that_of_the_body(reader: Reader, outlet: Outlet) -> None:
    outlet.mislabels("gzip")
    async with begun(reader, "gzip") as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert (await response.read()).startswith(b"<?xml")
    with pytest.raises(aiohttp.ClientError):
        await reader.get(FEED)


async def test_a_circle_leads_nowhere(reader: Reader, outlet: Outlet) -> None:
    outlet.circles()
    with pytest.raises(aiohttp.TooManyRedirects):
        await reader.get(FEED)


async def test_a_header_swells(reader: Reader, outlet: Outlet) -> None:
    outlet.swells(100_000)
    with pytest.raises(aiohttp.ClientError):
        await reader.get(FEED)
    async with aiohttp.ClientSession(max_field_size=200_000) as session, session.get(reader.url + FEED) as response:
        assert len(response.headers["X-Swollen"]) == 100_000


async def test_so_many_redirects_lead_to_the_feed(reader: Reader, outlet: Outlet) -> None:
    outlet.leads_on(3)
    async with reader.session.get(FEED) as response:
        assert len(response.history) == 3
        assert "<rss" in await response.text()


async def test_a_gzipped_feed_breaks_off(reader: Reader, outlet: Outlet) -> None:
    outlet.breaks_off()
    async with begun(reader) as response:
        packed = await response.read()
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(packed) == response.content_length
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert b"<rss" in unpacker.decompress(packed)
    assert not unpacker.eof


async def test_headers_are_added_to_the_feed_and_to_304(reader: Reader, outlet: Outlet) -> None:
    outlet.adds(Cache_Control="max-age=60")
    _, headers, _ = await reader.get(FEED)
    assert headers["Cache-Control"] == "max-age=60"
    status, headers, _ = await reader.get(FEED, headers={"If-None-Match": headers["ETag"]})
    assert (status, headers["Cache-Control"]) == (304, "max-age=60")


async def test_babble_is_no_answer(reader: Reader, outlet: Outlet) -> None:
    outlet.babbles(b"SSH-2.0\r\n")
    with pytest.raises(aiohttp.ClientError):
        await reader.get(FEED)


async def test_retry_after_may_be_a_date(reader: Reader, outlet: Outlet) -> None:
    outlet.fails_with(503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    assert (await reader.get(FEED))[1]["Retry-After"] == "Wed, 21 Oct 2026 07:28:00 GMT"


async def test_a_feed_moves_into_another_outlets_feed(reader: Reader, outlet: Outlet) -> None:
    other = reader.newsroom.outlet("misto").profile
    outlet.moved_to(other.feed_path)
    assert other.name in (await reader.get(FEED))[2]


async def test_a_feed_that_moved_is_at_its_new_address_and_was_there_before(reader: Reader, outlet: Outlet) -> None:
    there = outlet.profile.new_feed_path
    before = await reader.get(there)
    outlet.moved_to(there)
    assert (await reader.get(FEED))[2] == before[2]
