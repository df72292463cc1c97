"""Reading a feed holds up nothing else and ends in time, whatever is in it."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from news import aside, aside_worker
from news.aside import LARGE, Room, Worker, read_feed
from news.errors import FeedError, NotAFeed, OurFault, TooLarge, TooSlow
from news.parse import parse_quickly

URL = "https://outlet.example/rss"
ILL_FORMED = b"<rss><channel><title>One & two</title><item><title>Three</title></item></channel></rss>"
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def _no_workers_before_and_after() -> Iterator[None]:
    aside._ROOM.close()
    yield
    aside._ROOM.close()


def described(markup: bytes, times: int) -> bytes:
    """A feed with one item whose description is this, so many times."""
    text = b"<![CDATA[" + markup * times + b"]]>"
    return b"<rss><channel><item><title>One</title><description>" + text + b"</description></item></channel></rss>"


@asynccontextmanager
async def ticking() -> AsyncIterator[list[int]]:
    """Counts how often the event loop gets round while the block runs."""
    ticks = [0]

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.001)
            ticks[0] += 1

    task = asyncio.create_task(tick())
    try:
        yield ticks
    finally:
        task.cancel()


async def test_what_is_quick_is_read_here() -> None:
    feed = await read_feed(ILL_FORMED.replace(b"&", b"and"), url=URL)
    assert feed.title == "One and two"
    assert aside._ROOM._idle == []


async def test_what_is_doubtful_is_read_aside_by_one_process_after_the_other_body() -> None:
    for _ in range(3):
        assert (await read_feed(ILL_FORMED, url=URL)).title == "One & two"
    assert len(aside._ROOM._idle) == 1


async def test_an_error_comes_back_from_aside() -> None:
    with pytest.raises(NotAFeed, match="no feed in it"):
        await read_feed(b"<html>", url=URL)


async def test_what_comes_from_a_long_address_is_read_aside_as_each_link_grows_by_it() -> None:
    feed = await read_feed(ILL_FORMED.replace(b"&", b"and"), url=f"{URL}/{'a/' * 400}")
    assert feed.title == "One and two"
    assert len(aside._ROOM._idle) == 1


async def test_links_that_grow_by_their_base_take_no_memory_here() -> None:
    base, links = b"a/" * 60_000, b"".join(b'<a href="x%d">' % n for n in range(20_000))
    body = described(links, 1).replace(b"<rss>", b"<rss xml:base='https://b.example/" + base + b"'>")
    assert parse_quickly(body, url=URL) is None
    with pytest.raises((TooSlow, TooLarge)):
        await read_feed(body, url=URL)


async def test_entries_that_tell_a_reader_nothing_are_left_out() -> None:
    feed = await read_feed(
        ILL_FORMED.replace(b"<item>", b"<item><guid isPermaLink='false'>1</guid></item><item>"), url=URL
    )
    assert [entry.title for entry in feed.entries] == ["Three"]


async def test_a_large_archive_is_read_at_both_ends() -> None:
    items = b"".join(
        b"<item><title>%d</title><description>%s</description></item>" % (n, b"a" * 1000) for n in range(3000)
    )
    feed = await read_feed(b"<rss><channel>" + items + b"</channel></rss>", url=URL)
    assert [feed.entries[place].title for place in (0, 499, 500, -1)] == ["0", "499", "2500", "2999"]
    # Its process leaves after it, and another one takes its place.
    assert (await read_feed(ILL_FORMED, url=URL)).title == "One & two"


@pytest.mark.parametrize(
    "body",
    [
        described(b"<!--", MEGABYTE // 4),
        b"<rss><channel><item><author>" + b"a." * (MEGABYTE // 2) + b"&</author></item></channel></rss>",
        b"<rss><channel>" + b"<item/>" * MEGABYTE + b"</channel></rss>",
        b"<rss><channel><item><title>" + b"<" * (10 * MEGABYTE),
    ],
    ids=["comments", "author", "items", "brackets"],
)
async def test_the_loop_goes_round_while_a_hostile_body_is_read_and_given_up(body: bytes) -> None:
    async with ticking() as ticks:
        with pytest.raises((TooSlow, TooLarge)):
            await read_feed(body, url=URL)
    assert ticks[0] > 50
    assert (await read_feed(ILL_FORMED, url=URL)).title == "One & two"


async def test_a_hostile_body_does_not_hold_up_another() -> None:
    hostile = asyncio.create_task(read_feed(described(b"<!--", MEGABYTE // 4), url=URL))
    await asyncio.sleep(0.1)
    assert (await read_feed(ILL_FORMED, url=URL)).title == "One & two"
    assert not hostile.done()
    with pytest.raises(TooSlow):
        await hostile


@pytest.mark.parametrize("filler", [b"\x00", b"\xff", b"<", b"&", b"{", b'{"a":', b"]]>", b"\xfe\xff", b"\x1f\x8b"])
async def test_large_nonsense_is_refused(filler: bytes) -> None:
    with pytest.raises(FeedError):
        await read_feed(filler * (LARGE // len(filler) + 1), url=URL)


async def test_a_billion_laughs_are_not_laughed_aside() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE rss [<!ENTITY l0 "{"lol" * 1000}">{entities}]><rss><channel><title>&l11;</title></channel></rss>'
    async with ticking():
        try:
            assert len((await read_feed(body.encode(), url=URL)).title) <= 300
        except FeedError:
            return


def test_the_process_aside_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")
    room = Room()
    room.ask(ILL_FORMED, URL, None)
    environment = Path(f"/proc/{room._idle[0]._process.pid}/environ")
    assert not environment.exists() or b"secret" not in environment.read_bytes()
    room.close()


def test_the_process_aside_yields_to_ours_and_hears_no_ctrl_c() -> None:
    room = Room()
    room.ask(ILL_FORMED, URL, None)
    process = room._idle[0]._process.pid
    assert os.getpriority(os.PRIO_PROCESS, process) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
    assert os.getsid(process) == os.getsid(0)
    assert os.getpgid(process) != os.getpgid(0)
    room.close()


class LostRace(list[Worker]):
    """Idle workers of which the other thread takes the last one as soon as it was seen."""

    def __bool__(self) -> bool:
        return True


def test_a_worker_that_the_other_thread_takes_first_is_replaced() -> None:
    room = Room()
    room._idle = LostRace()
    assert room.ask(ILL_FORMED, URL, None).title == "One & two"
    room._idle.pop().close()


def test_a_worker_that_cannot_work_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(OurFault):
        Room().ask(ILL_FORMED, URL, None)


def test_the_worker_answers_until_its_caller_is_gone() -> None:
    assert isinstance(aside_worker.answer_to(b"<html>", URL, None), NotAFeed)
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as questions, Path(os.devnull).open("wb") as answers:
        aside_worker.serve(questions, answers)
