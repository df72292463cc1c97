"""In turn within a chat, side by side between chats, whatever fails."""

import asyncio

from handlers.lanes import MOST_WAITING, Lanes, tells_of_flood
from handlers.number import number_of
from news.chat import Address
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


class Desk:
    """Deals with an update once it is let go."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self._free = asyncio.Event()
        self._done = asyncio.Condition()

    async def deal_with(self, received: Received) -> None:
        await self._free.wait()
        self.seen.append(received.update_id)
        async with self._done:
            self._done.notify_all()

    async def lets_go(self, until: int) -> None:
        """Deal with all there is, and wait until this one is dealt with."""
        self._free.set()
        async with asyncio.timeout(10), self._done:
            await self._done.wait_for(lambda: until in self.seen)


def take_all(lanes: Lanes, updates: list[Received]) -> list[Received]:
    admitted = lanes.admit(updates)
    for one in admitted:
        lanes.take(one)
    return admitted


async def test_of_a_flood_the_first_is_kept_to_tell_of_it_and_the_rest_dropped() -> None:
    desk = Desk()
    lanes = Lanes(desk.deal_with)
    for first in (0, 100, 200):
        admitted = take_all(lanes, [update(number, "a") for number in range(first, first + 100)])
        assert len(admitted) == (1 if first == 200 else 100)
    assert [(one.update_id, one.lane) for one in admitted] == [(200, "a flood")]
    assert tells_of_flood(admitted[0])
    assert [one.lane for one in take_all(lanes, [update(300, "a"), update(301, "b"), update(302, "a file")])] == [
        "b",
        "a file",
    ]
    await desk.lets_go(until=199)
    assert sorted(desk.seen) == [*range(201), 301, 302]
    await lanes.stop(patience=5)


async def test_after_a_flood_is_worked_off_all_is_as_before() -> None:
    told = []
    for _ in range(2):
        desk = Desk()
        lanes = Lanes(desk.deal_with)
        for _ in range(2):
            admitted = take_all(lanes, [update(number, "a") for number in range(MOST_WAITING + 3)])
            told.append(sum(tells_of_flood(one) for one in admitted))
            await desk.lets_go(until=MOST_WAITING - 1)
            # The lane ends in the same turn.
            await asyncio.sleep(0)
            desk.seen.clear()
        await lanes.stop(patience=5)
    assert told == [1, 1, 1, 1]


async def test_a_lane_below_its_bound_again_does_not_tell_again_before_it_is_empty() -> None:
    desk, gate = Desk(), asyncio.Event()

    async def deal_with(received: Received) -> None:
        if received.update_id == 1:
            await gate.wait()
        await desk.deal_with(received)

    lanes = Lanes(deal_with)
    take_all(lanes, [update(number, "a") for number in range(MOST_WAITING + 1)])
    await desk.lets_go(until=0)
    admitted = take_all(lanes, [update(number, "a") for number in range(900, 903)])
    assert [one.update_id for one in admitted] == [900]
    gate.set()
    await desk.lets_go(until=900)
    await lanes.stop(patience=5)


async def test_what_waits_beside_a_forgotten_chat_is_dropped() -> None:
    desk = Desk()
    lanes = Lanes(desk.deal_with)
    for number, lane in enumerate(("7 file", "7 file", "7", "70 file", "70 file", "7 file")):
        lanes.take(update(number, lane))
    await asyncio.sleep(0)
    lanes.drop_beside(Address("telegram", 7), 5)
    await desk.lets_go(until=5)
    assert sorted(desk.seen) == [0, 2, 3, 4, 5]
    await lanes.stop(patience=5)


def test_numbers_of_rows() -> None:
    assert [number_of(text) for text in ("7", "²", "-1", "9" * 30, "", "1.0")] == [7, None, None, None, None, None]
