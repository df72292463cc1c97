"""Large bodies have so much room and no more, and none of it is ever lost."""

import asyncio
from typing import Any

import pytest

from news.large import Place, Room

ROOM = 10


async def settled() -> None:
    """All that is ready to run has run."""
    for _ in range(10):
        await asyncio.sleep(0)


class Guest:
    """A task that takes a place, and holds it until it is told to go."""

    def __init__(self, room: Room, size: int) -> None:
        self.place: Place | None = None
        self._go = asyncio.Event()
        self.task = asyncio.create_task(self._stay(room, size))

    async def _stay(self, room: Room, size: int) -> None:
        self.place = await room.take(size)
        await self._go.wait()
        self.place = None

    async def goes(self) -> None:
        self._go.set()
        await self.task
        await settled()


async def guests(room: Room, *sizes: int) -> list[Guest]:
    some = [Guest(room, size) for size in sizes]
    await settled()
    return some


async def test_who_finds_no_room_waits_until_somebody_goes() -> None:
    first, second, third = await guests(Room(ROOM), 6, 4, 4)
    assert (first.place is not None, second.place is not None, third.place) == (True, True, None)
    await first.goes()
    assert third.place is not None
    for guest in (second, third):
        await guest.goes()


async def test_a_small_one_does_not_push_in_before_a_large_one() -> None:
    room = Room(ROOM)
    first, large, small = await guests(room, 6, 10, 1)
    assert small.place is None
    await first.goes()
    assert (large.place is not None, small.place) == (True, None)
    for guest in (large, small):
        await guest.goes()
    assert room.free == ROOM


async def test_what_a_body_turns_out_not_to_need_is_there_for_others_at_once() -> None:
    room = Room(ROOM)
    first, second = await guests(room, 10, 8)
    assert first.place is not None
    first.place.shrink(2)
    await settled()
    assert second.place is not None
    for guest in (first, second):
        await guest.goes()
    assert room.free == ROOM


async def test_a_place_is_free_only_when_nobody_holds_it_any_more() -> None:
    room = Room(ROOM)
    place: Place | None = await room.take(4)
    answer, copy = {"place": place}, {"place": place}
    place = None
    answer.clear()
    await settled()
    assert room.free == ROOM - 4
    copy.clear()
    await settled()
    assert room.free == ROOM


async def test_a_place_that_a_thread_lets_go_is_free_as_well() -> None:
    room = Room(ROOM)
    held: list[Any] = [await room.take(4)]
    await asyncio.to_thread(held.clear)
    await settled()
    assert room.free == ROOM


async def test_one_who_waits_and_is_cancelled_takes_nothing() -> None:
    room = Room(ROOM)
    first, second, third = await guests(room, 10, 10, 3)
    second.task.cancel()
    await settled()
    await first.goes()
    assert third.place is not None
    await third.goes()
    assert room.free == ROOM


async def test_one_who_is_cancelled_in_the_moment_of_its_turn_takes_nothing() -> None:
    room = Room(ROOM)
    first, second = await guests(room, 10, 10)
    assert first.place is not None
    first.place.shrink(0)
    second.task.cancel()
    await asyncio.gather(second.task, return_exceptions=True)
    await first.goes()
    assert (second.place, room.free) == (None, ROOM)


@pytest.mark.parametrize("number", [2, 5])
async def test_those_who_have_a_place_get_a_second_one_without_waiting_for_each_other(number: int) -> None:
    room = Room(ROOM)
    both = asyncio.Barrier(number)

    async def visit() -> None:
        held = [await room.take(ROOM // number)]
        await both.wait()
        held.append(await room.take(ROOM // number))

    async with asyncio.timeout(10):
        await asyncio.gather(*(visit() for _ in range(number)))
    await settled()
    assert room.free == ROOM


async def test_who_wants_more_than_there_is_gets_all_of_it() -> None:
    room = Room(ROOM)
    place = await room.take(100 * ROOM)
    assert room.free == 0
    del place
    await settled()
    assert room.free == ROOM


def test_a_place_that_outlives_its_loop_hurts_nobody() -> None:
    place = asyncio.run(Room(ROOM).take(1))
    del place
