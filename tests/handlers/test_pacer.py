"""The pacer in virtual time (see `hourglass`), and against a server that counts for itself."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.brake import MANY
from handlers.limits import FREE, NEVER, PAID, Windows
from handlers.pacer import Lane, Pacer
from sandbox.telegram import Limits
from sandbox.telegram.limits import Meter
from tests.handlers.hourglass import run

WINDOWS = Windows()
PAYING = Windows(in_all=PAID)
SPACING = WINDOWS.second / WINDOWS.in_all
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

    async def call(self, chat_id: int, lane: Lane = Lane.NEWS, *, latency: float = 0.0) -> None:
        async with self.pacer.place(chat_id, lane):
            start = now()
            self.started += 1
            await asyncio.sleep(latency)
            self.calls.append(Call(chat_id, start, now(), lane))

    async def call_all(
        self, chats: Iterable[int], latency: Callable[[], float] = lambda: 0.0, *, lane: Lane = Lane.NEWS
    ) -> None:
        async with asyncio.TaskGroup() as group:
            for chat_id in chats:
                group.create_task(self.call(chat_id, lane, latency=latency()))

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
    assert all(later - earlier >= SPACING / 2 - HAIR for earlier, later in pairwise(line.starts))
    # A start may be half a spacing nearer to the one before where that one was late.
    assert line.starts[20] - line.starts[0] >= 19.5 * SPACING - HAIR


@pytest.mark.parametrize("windows", [WINDOWS, PAYING])
@pytest.mark.parametrize("latency", [0.001, 0.05])
def test_only_the_latency_keeps_a_broadcast_below_the_ceiling(windows: Windows, latency: float) -> None:
    async def flood() -> Line:
        line = Line(windows)
        await line.call_all(range(1, 3 * windows.in_all + 1), lambda: latency, lane=Lane.BROADCAST)
        return line

    starts = run(flood()).starts
    # A slot is taken for as long as the call and one window; what is left is rounding.
    possible = windows.in_all / (windows.second + latency)
    assert (len(starts) - 1) / (starts[-1] - starts[0]) >= 0.995 * possible


# Who goes first


def test_lanes_go_in_their_order() -> None:
    async def all_at_once() -> list[Lane]:
        line = Line()
        async with asyncio.TaskGroup() as group:
            for chat_id, lane in enumerate([lane for lane in reversed(Lane) for _ in range(10)], start=1):
                group.create_task(line.call(chat_id, lane))
        return [call.lane for call in sorted(line.calls, key=lambda call: call.start)]

    # Whoever came first finds nobody waiting.
    assert run(all_at_once())[1:] == sorted(Lane.BROADCAST if place == 69 else Lane(place // 10) for place in range(69))


@pytest.mark.parametrize("lane", Lane)
@settings(max_examples=10)
@given(queues=st.lists(st.integers(1, 8), min_size=2, max_size=40))
def test_chats_take_turns_however_many_calls_one_of_them_has(lane: Lane, queues: list[int]) -> None:
    async def wait_in_queues() -> Line:
        line = Line()
        # The first that comes finds nobody waiting.
        queued = [chat for chat, length in enumerate(queues, start=1) for _ in range(length)]
        await line.call_all([1000, *queued], lane=lane)
        return line

    line = run(wait_in_queues())
    assert len(line.calls) == 1 + sum(queues)
    seconds = [starts[1] for chat in range(1, len(queues) + 1) if len(starts := line.starts_in(chat)) > 1]
    assert all(line.starts_in(chat)[0] < min(seconds, default=NEVER) for chat in range(1, len(queues) + 1))


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.NEWS])
def test_a_long_queue_of_one_chat_holds_up_nobody(lane: Lane) -> None:
    async def come_after_a_hundred() -> float:
        line = Line()
        greedy = [asyncio.create_task(line.call(7, lane)) for _ in range(100)]
        await asyncio.sleep(0.01)
        asked = now()
        await line.call_all(range(100, 110), lane=lane)
        for one in greedy:
            one.cancel()
        return max(call.start for call in line.calls if call.chat_id != 7) - asked

    # The ten take turns with the three that the one chat may have in a burst.
    assert run(come_after_a_hundred()) <= 13 * SPACING


def test_a_reply_to_a_chat_goes_before_what_the_chat_is_owed() -> None:
    async def reply_to_a_busy_chat() -> list[Lane]:
        line = Line()
        async with asyncio.TaskGroup() as group:
            for _ in range(8):
                group.create_task(line.call(7))
            await asyncio.sleep(0.5)
            group.create_task(line.call(7, Lane.REPLY))
        return [call.lane for call in sorted(line.calls, key=lambda call: call.start)]

    assert run(reply_to_a_busy_chat()) == [Lane.NEWS] * 3 + [Lane.REPLY] + [Lane.NEWS] * 5


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

    assert run(reply_during_a_broadcast()) <= 2 * SPACING


def test_twenty_who_ask_at_once_in_a_broadcast_have_all_the_places() -> None:
    async def ask_during_a_broadcast() -> float:
        line = Line()
        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 301):
                group.create_task(line.call(chat_id, Lane.BROADCAST, latency=0.05))
            await asyncio.sleep(3)
            asked = now()
            await line.call_all(range(1001, 1021), lane=Lane.REPLY)
        return max(call.start for call in line.calls if call.lane is Lane.REPLY) - asked

    # A place comes free every spacing, but for the latency that all of them have lost since the broadcast began.
    assert run(ask_during_a_broadcast()) <= 22 * SPACING + 3 * 0.05


def test_replies_have_slots_that_hanging_pushes_can_not_take() -> None:
    async def reply_while_all_hangs() -> tuple[int, float]:
        line = Line()
        pushes = [asyncio.create_task(line.call(chat_id, latency=3600)) for chat_id in range(1, 101)]
        await asyncio.sleep(5)
        hanging, asked = line.started, now()
        await line.call_all(range(1001, 1007), lane=Lane.REPLY)
        for push in pushes:
            push.cancel()
        return hanging, max(call.start for call in line.calls) - asked

    hanging, waited = run(reply_while_all_hangs())
    assert hanging == WINDOWS.in_all - 6
    assert waited <= 6 * SPACING


# Paid broadcasts


def test_replies_and_edits_stay_within_what_is_free() -> None:
    async def all_kinds() -> Line:
        line = Line(PAYING)
        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 601):
                group.create_task(line.call(chat_id, Lane(chat_id % len(Lane)), latency=0.02))
        return line

    line = run(all_kinds())
    free = [call for call in line.calls if call.lane in (Lane.REPLY, Lane.EDIT)]
    assert most_at_once(free, PAYING.second) <= FREE
    assert most_at_once(line.calls, PAYING.second) <= PAID
    paid = [call.start for call in line.calls if call not in free]
    assert max(paid) < 1


@pytest.mark.parametrize("windows", [WINDOWS, PAYING])
def test_nobody_pays_for_replies_and_edits_nor_without_having_said_so(windows: Windows) -> None:
    paid = {lane for lane in Lane if Pacer(windows).pays(lane)}
    assert paid == (set(Lane) - {Lane.REPLY, Lane.EDIT} if windows is PAYING else set())


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


@dataclass(frozen=True)
class Arrival:
    """Somebody who comes `after` seconds; Telegram counts their call at some moment before it answers."""

    after: float
    chat_id: int
    lane: Lane
    until_counted: float
    until_answered: float


moments = st.sampled_from([0.0, 0.0, 0.01]) | st.floats(0.0, 4.0)
chats = st.sampled_from([1, 2, -3]) | st.integers(10, 200)
arrivals = st.builds(Arrival, moments.map(lambda moment: moment / 10), chats, st.sampled_from(Lane), moments, moments)


@settings(max_examples=40, deadline=None)
@given(arrivals=st.lists(arrivals, max_size=150), windows=st.sampled_from([WINDOWS, PAYING]))
def test_a_server_that_counts_for_itself_refuses_nobody_and_nobody_waits_for_ever(
    arrivals: list[Arrival], windows: Windows
) -> None:
    async def come() -> tuple[int, int]:
        line, meter, refusals = Line(windows), Meter(Limits(burst=3)), 0

        async def call(one: Arrival) -> None:
            nonlocal refusals
            async with line.pacer.place(one.chat_id, one.lane):
                line.started += 1
                await asyncio.sleep(one.until_counted)
                paid = line.pacer.pays(one.lane)
                refusals += bool(meter.admit(one.chat_id, group=one.chat_id < 0, now=now(), paid=paid))
                await asyncio.sleep(one.until_answered)

        async with asyncio.TaskGroup() as group:
            for one in arrivals:
                await asyncio.sleep(one.after)
                group.create_task(call(one))
        return line.started, refusals

    assert run(come()) == (len(arrivals), 0)


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


def test_when_all_are_meant_all_are_held_and_then_slower() -> None:
    async def refuse_many() -> tuple[float, list[float], Line]:
        line = Line()
        full = line.pacer.rate
        for chat_id in range(MANY):
            line.pacer.refused(1000 + chat_id, 10)
        rates = [line.pacer.rate]
        await line.call_all(range(1, 16))
        rates.append(line.pacer.rate)
        await asyncio.sleep(20)
        return full, [*rates, line.pacer.rate], line

    full, rates, line = run(refuse_many())
    assert full == WINDOWS.in_all
    assert rates == [0.0, WINDOWS.in_all / 2, WINDOWS.in_all]
    assert line.starts[0] >= 10
    assert line.starts[-1] - line.starts[0] >= 13.5 * 2 * SPACING - HAIR


def test_replies_recover_first() -> None:
    async def refuse_many() -> Line:
        line = Line()
        for chat_id in range(MANY):
            line.pacer.refused(1000 + chat_id, 10)
        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 11):
                group.create_task(line.call(chat_id))
                group.create_task(line.call(100 + chat_id, Lane.REPLY))
        return line

    replies = sorted(call.start for call in run(refuse_many()).calls if call.lane is Lane.REPLY)
    assert 10 <= replies[0] <= replies[-1] <= 10 + 10 * SPACING


@dataclass
class Stubborn:
    """A Telegram that refuses some, and the courier's thirty-two tries at once."""

    chats: list[int]
    refuses: Callable[[int], bool]
    retry_after: float
    refusals: int = 0

    async def deliver(self, line: Line) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(32):
                group.create_task(self._work(line))

    async def _work(self, line: Line) -> None:
        while self.chats:
            chat_id = self.chats.pop(0)
            try:
                async with line.pacer.place(chat_id, Lane.BROADCAST):
                    await asyncio.sleep(0.02)
                    self._answer(chat_id, line)
            except Refused:
                self.refusals += 1
                continue
            line.calls.append(Call(chat_id, now(), now(), Lane.BROADCAST))

    def _answer(self, chat_id: int, line: Line) -> None:
        if self.refuses(chat_id):
            line.pacer.refused(chat_id, self.retry_after)
            raise Refused


class Refused(Exception):
    """A 429."""


@pytest.mark.parametrize("step", [1, 25], ids=["in a row", "scattered"])
def test_forty_flooded_chats_of_a_thousand_cost_the_others_nothing(step: int) -> None:
    async def broadcast(flooded: set[int]) -> float:
        line = Line()
        await Stubborn([*range(1, 1001)], flooded.__contains__, 30).deliver(line)
        return line.starts[-1]

    flooded = set(range(1, 40 * step + 1, step))
    assert run(broadcast(flooded)) == pytest.approx(run(broadcast(set())), abs=2 * SPACING)


@pytest.mark.parametrize("limit", [5, 10, 20])
def test_a_telegram_that_allows_less_is_hardly_asked_for_more(limit: int) -> None:
    async def broadcast() -> tuple[int, float]:
        line, meter = Line(), Meter(Limits(total=limit))
        chats = [*range(1, 2001)]
        server = Stubborn(chats, lambda chat_id: bool(meter.admit(chat_id, group=False, now=now())), 1)
        await server.deliver(line)
        return server.refusals, len(line.calls) / line.starts[-1]

    refusals, rate = run(broadcast())
    assert refusals <= 0.2 * 2000
    assert rate >= 0.6 * limit


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
    assert starts[29] - starts[0] <= WINDOWS.second


def test_a_waiter_cancelled_just_as_its_turn_comes_takes_no_place() -> None:
    async def cancel_at_the_last_moment() -> bool:
        line = Line(Windows(in_all=1, free=1))
        line.pacer.refused(7, 5)
        late = asyncio.create_task(line.call(7))
        await let_in_and_cancel(line, late, moment=5)
        async with asyncio.timeout(5):
            await line.call(8)
        return True

    assert run(cancel_at_the_last_moment())


def test_a_waiter_cancelled_just_as_its_turn_comes_leaves_it_to_the_next_of_its_chat() -> None:
    async def cancel_the_third() -> float:
        # With so many places in all, the fourth is looked at and stands aside before the third gives up.
        line = Line(Windows(in_all=1000, free=1000))
        hanging = [asyncio.create_task(line.call(7, latency=3600)) for _ in range(2)]
        await asyncio.sleep(1)
        line.pacer.refused(7, 4)
        third, fourth = asyncio.create_task(line.call(7)), asyncio.create_task(line.call(7))
        await let_in_and_cancel(line, third, moment=5)
        await fourth
        for one in hanging:
            one.cancel()
        return now()

    assert run(cancel_the_third()) == pytest.approx(5)


async def let_in_and_cancel(line: Line, waiter: "asyncio.Task[None]", *, moment: float) -> None:
    """Just after a hold of chats ends, and before the pacer's own timer has rung."""
    await asyncio.sleep(moment + HAIR / 2 - now())
    line.pacer.refused(99, 0)
    waiter.cancel()
    with suppress(asyncio.CancelledError):
        await waiter


def test_a_waiter_cancelled_before_it_is_let_in_takes_no_place() -> None:
    async def cancel_then_admit() -> bool:
        line = Line(Windows(in_all=1, free=1))
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
        async with line.pacer.place(7, Lane.NEWS, patience=1):
            await asyncio.sleep(30)
        line.pacer.refused(7, 60)
        asked = now()
        with pytest.raises(TimeoutError):
            async with line.pacer.place(7, Lane.NEWS, patience=1):
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
