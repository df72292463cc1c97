import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from news.chat import Address
from news.deliver import Courier
from news.delivery import Delivery, InDoubt, Outcome, Refused, Retry, Sent, Unreachable, Void
from news.ports import Begin
from storage.store import Store, open_store
from tests.news.world import Clock

Script = Callable[[Delivery], Awaitable[Outcome]]


class Messenger:
    """A sender that accepts everything, unless a chat has a script; it keeps what was tried, in order."""

    def __init__(self) -> None:
        self.tried: list[tuple[int, str]] = []
        self.accepted: list[tuple[int, str]] = []
        self.busy: frozenset[int] = frozenset()
        self._scripts: defaultdict[int, list[Outcome | Script]] = defaultdict(list)
        self._moved = asyncio.Event()
        self._numbers = count(1)

    def answers(self, chat_id: int, *outcomes: Outcome | Script) -> None:
        """What comes of the next attempts at this chat."""
        self._scripts[chat_id] += outcomes

    async def send(self, delivery: Delivery, begin: Begin) -> Outcome:
        """Try as the script says."""
        if not await begin():
            return Void("not wanted")
        attempt = delivery.chat.address.chat_id, delivery.text
        self.tried.append(attempt)
        self._stir()
        script = self._scripts[attempt[0]]
        step = script.pop(0) if script else Sent(next(self._numbers))
        outcome = await step(delivery) if callable(step) else step
        if isinstance(outcome, Sent):
            self.accepted.append(attempt)
        self._stir()
        return outcome

    def busy_chats(self) -> frozenset[int]:
        """As the test says."""
        return self.busy

    async def sees(self, condition: Callable[[], bool]) -> None:
        """Wait until this holds; it is looked at whenever something was tried or came of it."""
        async with asyncio.timeout(10):
            while not condition():
                await self._moved.wait()

    def _stir(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}") as opened:
        yield opened


@pytest.fixture
def messenger() -> Messenger:
    return Messenger()


@asynccontextmanager
async def running(courier: Courier, *, patience: float = 5) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run(patience=patience))
    try:
        yield
    finally:
        courier.stop()
        async with asyncio.timeout(10):
            await task


async def owe(store: Store, clock: Clock, *texts: str, chats: int = 1) -> None:
    """Every chat, 1, 2, …, is owed these texts."""
    for chat_id in range(1, chats + 1):
        address = Address("telegram", chat_id)
        await store.chats.meet(address, kind="private", language="uk", timezone="Europe/Kyiv", now=clock())
    for text in texts:
        await store.outbox.owe_broadcast(text, author=1, key=text, now=clock())


async def hang(_: Delivery) -> Outcome:
    await asyncio.Event().wait()
    return Sent(0)


async def break_down(_: Delivery) -> Outcome:
    raise RuntimeError("a bug")


async def test_everything_owed_is_sent_once_in_each_chats_order(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "one", "two", "three", chats=40)
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: len(messenger.accepted) == 120)
    assert len(messenger.tried) == 120
    for chat_id in range(1, 41):
        assert [text for chat, text in messenger.tried if chat == chat_id] == ["one", "two", "three"]
    assert await store.outbox.next_due(now=Clock()()) is None


async def test_what_is_owed_later_is_sent_when_woken(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    courier = Courier(store.outbox, messenger, clock)
    async with running(courier):
        await owe(store, clock, "news")
        courier.wake()
        await messenger.sees(lambda: messenger.accepted == [(1, "news")])


async def test_a_chat_that_hangs_delays_no_other(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "one", "two", chats=3)
    messenger.answers(2, hang)
    async with running(Courier(store.outbox, messenger, clock), patience=0.01):
        await messenger.sees(lambda: len(messenger.accepted) == 4)
    assert (2, "two") not in messenger.tried


async def test_what_was_in_flight_at_the_stop_is_given_back(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "news")
    messenger.answers(1, hang)
    async with running(Courier(store.outbox, messenger, clock), patience=0.01):
        await messenger.sees(lambda: bool(messenger.tried))
    assert await store.outbox.next_due(now=Clock()()) == clock()


async def test_what_ends_in_time_after_the_stop_is_settled(store: Store, messenger: Messenger) -> None:
    clock, accepts = Clock(), asyncio.Event()

    async def wait(_: Delivery) -> Outcome:
        await accepts.wait()
        return Sent(1)

    await owe(store, clock, "one", "two")
    messenger.answers(1, wait)
    courier = Courier(store.outbox, messenger, clock)
    async with running(courier):
        await messenger.sees(lambda: bool(messenger.tried))
        courier.stop()
        accepts.set()
    assert messenger.accepted == [(1, "one")]
    assert await store.outbox.next_due(now=Clock()()) == clock()


@pytest.mark.parametrize("kind", [Retry, InDoubt])
async def test_what_was_not_surely_sent_comes_again_in_its_place(
    store: Store, messenger: Messenger, kind: type[Retry | InDoubt]
) -> None:
    clock = Clock()
    await owe(store, clock, "one", "two")
    messenger.answers(1, kind(clock() + timedelta(seconds=30), "cut"))
    courier = Courier(store.outbox, messenger, clock)
    async with running(courier):
        await messenger.sees(lambda: len(messenger.tried) == 1)
    assert messenger.accepted == []
    clock.goes_on(seconds=30)
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: len(messenger.accepted) == 2)
    assert messenger.tried == [(1, "one"), (1, "one"), (1, "two")]


async def test_what_is_refused_is_parked_and_the_next_goes_on(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "bad", "good")
    messenger.answers(1, Refused("can't parse entities"))
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: messenger.accepted == [(1, "good")])
    assert await store.outbox.next_due(now=Clock()()) is None


async def test_a_chat_that_is_over_is_owed_nothing_more(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "one", "two", chats=2)
    messenger.answers(1, Unreachable("blocked"))
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: len(messenger.accepted) == 2)
    assert [chat for chat, _ in messenger.accepted] == [2, 2]
    assert await store.outbox.next_due(now=Clock()()) is None


async def test_a_busy_chat_is_left_alone_until_it_is_free(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "news", chats=2)
    messenger.busy = frozenset([1])
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: messenger.accepted == [(2, "news")])
        messenger.busy = frozenset()
        await messenger.sees(lambda: messenger.accepted == [(2, "news"), (1, "news")])


async def test_a_senders_bug_stops_nobody_and_loses_nothing(store: Store, messenger: Messenger) -> None:
    clock = Clock()
    await owe(store, clock, "news", chats=2)
    messenger.answers(1, break_down)
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: messenger.accepted == [(2, "news")])
    clock.goes_on(seconds=60)
    async with running(Courier(store.outbox, messenger, clock)):
        await messenger.sees(lambda: messenger.accepted == [(2, "news"), (1, "news")])


async def test_an_outbox_that_fails_ends_nothing(store: Store, messenger: Messenger) -> None:
    clock, failed = Clock(), asyncio.Event()
    await owe(store, clock, "news")

    def fail_once() -> datetime:
        if failed.is_set():
            return clock()
        failed.set()
        raise OSError("the disk is full")

    courier = Courier(store.outbox, messenger, fail_once)
    async with running(courier):
        await failed.wait()
        courier.wake()
        await messenger.sees(lambda: messenger.accepted == [(1, "news")])
