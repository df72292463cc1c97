import asyncio
from collections.abc import Iterable

import pytest

from handlers.limits import NEVER
from handlers.line import Line, Waiter

CLOSED = {7: 5.0}


async def waiter(chat_id: int) -> Waiter:
    return Waiter(chat_id, asyncio.get_running_loop().create_future())


async def line_of(chats: Iterable[int]) -> Line:
    line = Line()
    for chat_id in chats:
        line.join(await waiter(chat_id))
    return line


def served(line: Line, now: float = 0.0, closed: dict[int, float] | None = None) -> list[int]:
    """Everybody who may go now, in order."""
    order = []
    while one := line.take(now, lambda chat_id, now: (closed or {}).get(chat_id, now)):
        order.append(one.chat_id)
    return order


async def test_chats_take_turns_and_within_a_chat_who_came_first_goes_first() -> None:
    line = Line()
    first, second, other = await waiter(7), await waiter(7), await waiter(8)
    for one in (first, second, other):
        line.join(one)
    assert [line.take(0.0, lambda _, now: now) for _ in range(4)] == [first, other, second, None]


async def test_a_closed_chat_stands_aside_until_its_time() -> None:
    line = await line_of([7, 8, 7, 9])
    assert served(line, closed=CLOSED) == [8, 9]
    assert (line.waiting, line.is_ready, line.wakes_at) == (2, False, 5.0)
    line.wake(4.9)
    assert not line.is_ready
    line.wake(5.0)
    assert served(line, 5.0) == [7, 7]
    assert (line.waiting, line.wakes_at) == (0, NEVER)


async def test_a_chat_that_must_first_end_a_call_is_recalled_and_has_no_time() -> None:
    line = await line_of([7])
    assert served(line, closed={7: NEVER}) == []
    assert line.wakes_at == NEVER
    line.recall(7)
    assert served(line) == [7]


async def test_a_chat_is_looked_at_once_however_many_wait_there() -> None:
    line, looks = await line_of([7] * 100), []

    def free_at(chat_id: int, now: float) -> float:
        looks.append(chat_id)
        return 5.0

    for _ in range(100):
        assert line.take(0.0, free_at) is None
    assert looks == [7]


async def test_alarms_do_not_pile_up_for_a_chat_that_comes_and_goes() -> None:
    line = await line_of([7])
    for _ in range(100):
        assert served(line, closed=CLOSED) == []
        line.recall(7)
    line.wake(5.0)
    assert line.wakes_at == NEVER


async def test_who_joins_a_chat_that_stands_aside_waits_with_it() -> None:
    line = await line_of([7])
    assert served(line, closed=CLOSED) == []
    line.join(await waiter(7))
    assert not line.is_ready
    line.wake(5.0)
    assert served(line, 5.0) == [7, 7]


@pytest.mark.parametrize("aside", [False, True])
async def test_who_gives_up_is_gone_wherever_they_stood(aside: bool) -> None:
    line = Line()
    one, other = await waiter(7), await waiter(7)
    line.join(one)
    line.join(other)
    if aside:
        assert served(line, closed=CLOSED) == []
    assert line.leave(one)
    assert not line.leave(one)
    line.wake(5.0)
    assert line.take(5.0, lambda _, now: now) is other
    assert line.waiting == 0


async def test_who_does_not_want_any_more_is_passed_over() -> None:
    line = Line()
    one, other = await waiter(7), await waiter(7)
    line.join(one)
    line.join(other)
    one.place.cancel()
    assert line.take(0.0, lambda _, now: now) is other
