"""The pacer in virtual time (see `hourglass`), and against a server that counts for itself."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.pacer import Lane, Pacer, Windows
from sandbox.telegram import Limits
from sandbox.telegram.limits import Meter
from tests.handlers.hourglass import run

WINDOWS = Windows()
HAIR = 1e-6


@dataclass(frozen=True)
class Call:
    """A call as it was let through, in seconds of the loop's clock."""

    chat_id: int
    start: float
    end: float
    lane: Lane


class Line:
    """Makes calls through a pacer and notes when they went."""

    def __init__(self, windows: Windows = WINDOWS) -> None:
        self.pacer = Pacer(windows)
        self.started = 0
        self.calls: list[Call] = []

    async def call(self, chat_id: int, lane: Lane = Lane.PUSH, *, latency: float = 0.0) -> None:
        async with self.pacer.place(chat_id, lane):
            start = now()
            self.started += 1
            await asyncio.sleep(latency)
            self.calls.append(Call(chat_id, start, now(), lane))

    async def call_all(self, chats: Iterable[int], latency: Callable[[], float] = lambda: 0.0) -> None:
        async with asyncio.TaskGroup() as group:
            for chat_id in chats:
                group.create_task(self.call(chat_id, latency=latency()))

    @property
    def starts(self) -> list[float]:
        return sorted(call.start for call in self.calls)

    def starts_in(self, chat_id: int) -> list[float]:
        return sorted(call.start for call in self.calls if call.chat_id == chat_id)


def now() -> float:
    return asyncio.get_running_loop().time()


def most_at_once(calls: list[Call], window: float) -> int:
    """How many calls, each prolonged by the window, overlap at the fullest moment."""
    return max(sum(one.start <= call.start < one.end + window - HAIR for one in calls) for call in calls)


# In all


@settings(max_examples=15)
@given(st.lists(st.floats(0.0, 5.0), min_size=60, max_size=150))
def test_never_do_more_calls_than_the_limit_share_a_window_whatever_their_latency(latencies: list[float]) -> None:
    async def flood() -> Line:
        line = Line()
        each = iter(latencies)
        await line.call_all(range(1, len(latencies) + 1), lambda: next(each))
        return line

    line = run(flood())
    assert len(line.calls) == len(latencies)
    assert most_at_once(line.calls, WINDOWS.second) <= WINDOWS.in_all


def test_starts_are_spaced() -> None:
    async def flood() -> Line:
        line = Line()
        await line.call_all(range(1, 121))
        return line

    line = run(flood())
    spacing = WINDOWS.second / WINDOWS.in_all
    assert all(later - earlier >= spacing / 2 - HAIR for earlier, later in pairwise(line.starts))
    assert line.starts[20] - line.starts[0] >= 20 * spacing - HAIR


@pytest.mark.parametrize("latency", [0.001, 0.05])
def test_pushes_reach_nine_tenths_of_the_ceiling(latency: float) -> None:
    async def flood() -> Line:
        line = Line()
        await line.call_all(range(1, 401), lambda: latency)
        return line

    line = run(flood())
    assert len(line.calls) / (line.starts[-1] - line.starts[0]) >= 0.9 * WINDOWS.in_all


# Replies


def test_a_reply_passes_the_pushes_that_wait() -> None:
    async def reply_during_a_broadcast() -> float:
        line = Line()
        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 301):
                group.create_task(line.call(chat_id, latency=0.2))
            await asyncio.sleep(3)
            asked = now()
            await line.call(1001, Lane.REPLY)
        return next(call.start for call in line.calls if call.lane is Lane.REPLY) - asked

    assert run(reply_during_a_broadcast()) <= 2 * WINDOWS.second / WINDOWS.in_all


def test_a_reply_has_a_slot_that_hanging_pushes_can_not_take() -> None:
    async def reply_while_all_hangs() -> int:
        line = Line()
        pushes = [asyncio.create_task(line.call(chat_id, latency=3600)) for chat_id in range(1, 101)]
        await asyncio.sleep(5)
        await line.call(1001, Lane.REPLY)
        for push in pushes:
            push.cancel()
        return line.started - 1

    assert run(reply_while_all_hangs()) == WINDOWS.in_all - WINDOWS.for_replies


# One chat


def test_a_chat_gets_a_burst_of_three_and_then_one_a_window() -> None:
    async def eight_to_one() -> list[float]:
        line = Line()
        await line.call_all([7] * 8)
        return line.starts

    starts = run(eight_to_one())
    assert starts[2] < 0.5
    assert all(later - earlier >= WINDOWS.second - HAIR for earlier, later in pairwise(starts[3:]))
    assert starts[3] >= WINDOWS.second - HAIR
    assert starts[-1] <= 6 * WINDOWS.second


def test_a_burst_that_answers_slowly_is_not_followed_by_another() -> None:
    async def slow_burst() -> list[Call]:
        line = Line()
        await line.call_all([7] * 6, lambda: 10.0)
        return line.calls

    calls = sorted(run(slow_burst()), key=lambda call: call.start)
    assert calls[3].start >= calls[0].end + WINDOWS.second - HAIR


def test_a_group_gets_twenty_in_its_longer_window() -> None:
    async def a_busy_group() -> list[float]:
        line = Line()
        await line.call_all([-100] * 45)
        return line.starts

    starts = run(a_busy_group())
    assert all(starts[place + 20] - starts[place] >= WINDOWS.minute - HAIR for place in range(25))
    assert starts[-1] <= 2 * WINDOWS.minute + 10


def test_a_waiting_chat_holds_up_no_other() -> None:
    async def one_is_slow() -> float:
        line = Line()
        waiting = [asyncio.create_task(line.call(7)) for _ in range(20)]
        await asyncio.sleep(0.5)
        asked = now()
        await line.call(8)
        for one in waiting:
            one.cancel()
        return line.starts_in(8)[0] - asked

    assert run(one_is_slow()) <= 0.1


@pytest.mark.parametrize("seed", range(8))
def test_a_server_that_counts_for_itself_never_refuses(seed: int) -> None:
    """It counts a message at any moment between the call's start and its end."""

    async def mixed_load() -> int:
        random, line, meter = Random(seed), Line(), Meter(Limits(burst=3))
        refusals = 0

        async def call(chat_id: int) -> None:
            nonlocal refusals
            async with line.pacer.place(chat_id, random.choice(list(Lane))):
                await asyncio.sleep(random.choice([0.0, random.random(), 4 * random.random()]))
                refusals += bool(meter.admit(chat_id, group=chat_id < 0, now=now()))
                await asyncio.sleep(random.choice([0.0, random.random(), 4 * random.random()]))

        async with asyncio.TaskGroup() as group:
            for _ in range(150):
                group.create_task(call(random.choice([1, -3, random.randint(10, 200)])))
                await asyncio.sleep(random.choice([0.0, 0.01]))
        return refusals

    assert run(mixed_load()) == 0


# Refusals


def test_a_refused_chat_is_left_alone_and_the_others_go_on() -> None:
    async def refuse_one() -> Line:
        line = Line()
        line.pacer.refused(7, 30)
        await line.call_all([7, 8, 9])
        return line

    line = run(refuse_one())
    assert line.starts_in(7)[0] >= 30
    assert line.starts_in(9)[0] < 1


def test_a_shorter_refusal_does_not_shorten_a_longer_one() -> None:
    async def refuse_twice() -> Line:
        line = Line()
        line.pacer.refused(7, 30)
        line.pacer.refused(7, 1)
        await line.call(7)
        return line

    assert run(refuse_twice()).starts[0] >= 30


@pytest.mark.parametrize(("refused", "held"), [((1, 2, 3), True), ((1, 2), False), ((1, 1, 1), False)])
def test_several_chats_refused_together_hold_everybody(refused: tuple[int, ...], held: bool) -> None:
    async def refuse() -> float:
        line = Line()
        for chat_id in refused:
            line.pacer.refused(chat_id, 10)
        await line.call(99, Lane.REPLY)
        return line.starts[0]

    assert (run(refuse()) >= 10) is held


def test_chats_refused_one_long_after_the_other_hold_nobody_else() -> None:
    async def refuse_slowly() -> float:
        line = Line()
        for chat_id in (1, 2, 3):
            line.pacer.refused(chat_id, 60)
            await asyncio.sleep(Pacer.TOGETHER + 1)
        asked = now()
        await line.call(99)
        return line.starts[0] - asked

    assert run(refuse_slowly()) < 1


# Giving up


def test_waiters_that_give_up_leave_no_place_taken() -> None:
    async def give_up() -> Line:
        line = Line()
        crowd = [asyncio.create_task(line.call(chat_id, latency=1)) for chat_id in range(1, 201)]
        await asyncio.sleep(0.5)
        for one in crowd:
            one.cancel()
        await asyncio.wait(crowd)
        await asyncio.sleep(WINDOWS.second)
        line.calls.clear()
        await line.call_all(range(1, 61))
        return line

    starts = run(give_up()).starts
    assert starts[28] - starts[0] <= WINDOWS.second


def test_a_waiter_cancelled_just_as_its_turn_comes_takes_no_place() -> None:
    async def cancel_at_the_last_moment() -> bool:
        line = Line(Windows(in_all=1, for_replies=0))
        line.pacer.refused(7, 5)
        late = asyncio.create_task(line.call(7))
        loop = asyncio.get_running_loop()
        loop.call_at(5, late.cancel)
        with suppress(asyncio.CancelledError):
            await late
        async with asyncio.timeout(5):
            await line.call(8)
        return True

    assert run(cancel_at_the_last_moment())


def test_a_waiter_cancelled_before_it_is_let_in_takes_no_place() -> None:
    async def cancel_then_admit() -> bool:
        line = Line(Windows(in_all=1, for_replies=0))
        first = asyncio.create_task(line.call(7, latency=5))
        second = asyncio.create_task(line.call(8))
        await asyncio.sleep(1)
        second.cancel()
        line.pacer.refused(99, 0)
        with suppress(asyncio.CancelledError):
            await second
        await first
        async with asyncio.timeout(5):
            await line.call(9)
        return True

    assert run(cancel_then_admit())


def test_patience_ends_the_wait_and_not_the_call() -> None:
    async def impatient() -> float:
        line = Line()
        async with line.pacer.place(7, Lane.PUSH, patience=1):
            await asyncio.sleep(30)
        line.pacer.refused(7, 60)
        asked = now()
        with pytest.raises(TimeoutError):
            async with line.pacer.place(7, Lane.PUSH, patience=1):
                pytest.fail("nobody may be let in")
        return now() - asked

    assert run(impatient()) == pytest.approx(1)


# What is told of chats


def test_a_chat_is_busy_while_nothing_may_be_sent_to_it() -> None:
    async def watch() -> list[frozenset[int]]:
        line = Line()
        await line.call_all([7, 7, 7, 8])
        line.pacer.refused(9, 3)
        seen = [line.pacer.busy_chats()]
        await asyncio.sleep(2)
        seen.append(line.pacer.busy_chats())
        await asyncio.sleep(2)
        return [*seen, line.pacer.busy_chats()]

    assert run(watch()) == [frozenset({7, 9}), frozenset({9}), frozenset()]


def test_chats_at_rest_are_forgotten() -> None:
    async def rest() -> int:
        line = Line()
        await line.call_all([*range(1, 51), *range(-50, 0)])
        await asyncio.sleep(WINDOWS.minute)
        line.pacer.busy_chats()
        return len(line.pacer._chats)

    assert run(rest()) == 0
