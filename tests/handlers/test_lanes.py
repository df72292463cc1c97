"""In turn within a chat, side by side between chats, whatever fails."""

import asyncio

from handlers.lanes import Lanes
from handlers.number import number_of
from news.ports import Received


def update(number: int, lane: str) -> Received:
    return Received(number, lane, "{}")


async def test_a_slow_chat_holds_up_no_other_and_keeps_its_order() -> None:
    release, seen, other = asyncio.Event(), [], asyncio.Event()

    async def deal_with(received: Received) -> None:
        if received.update_id == 1:
            await release.wait()
        seen.append(received.update_id)
        if received.lane == "b":
            other.set()

    lanes = Lanes(deal_with)
    for number, lane in ((1, "a"), (2, "a"), (3, "b")):
        lanes.take(update(number, lane))
    await asyncio.wait_for(other.wait(), 5)
    assert seen == [3]
    release.set()
    await lanes.stop(patience=5)
    assert seen == [3, 1]


async def test_what_fails_is_dealt_with_again_before_the_next() -> None:
    tried: list[int] = []
    done = asyncio.Event()

    async def deal_with(received: Received) -> None:
        tried.append(received.update_id)
        if len(tried) == 1:
            raise OSError("the disk is full")
        if received.update_id == 2:
            done.set()

    lanes = Lanes(deal_with)
    lanes.take(update(1, "a"))
    lanes.take(update(2, "a"))
    await asyncio.wait_for(done.wait(), 10)
    assert tried == [1, 1, 2]
    await lanes.stop(patience=5)


def test_numbers_of_rows() -> None:
    assert [number_of(text) for text in ("7", "²", "-1", "9" * 30, "", "1.0")] == [7, None, None, None, None, None]
