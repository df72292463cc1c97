import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.request import RequestData

from handlers.hear import ALLOWED_UPDATES
from handlers.receive import HeraldBot, Receiver
from handlers.request import TelegramRequest
from news.ports import Inbox, Received
from sandbox.telegram import Fault, Telegram, serve
from storage.store import open_store
from tests.handlers.lines import TOKEN, bot_in

PATIENCE = 10.0


class Killed(BaseException):
    """Stands for the end of the process."""


@dataclass
class Ready:
    """What the receiver gave out, in order."""

    given: asyncio.Queue[Received] = field(default_factory=asyncio.Queue)

    async def ids(self, number: int) -> list[int]:
        async with asyncio.timeout(PATIENCE):
            return [(await self.given.get()).update_id for _ in range(number)]

    async def texts(self, number: int) -> list[str]:
        async with asyncio.timeout(PATIENCE):
            return [text_of(await self.given.get()) for _ in range(number)]


class MortalInbox:
    """An inbox whose process dies as it stores, before or after that is done."""

    def __init__(self, inbox: Inbox, moment: str) -> None:
        self._inbox = inbox
        self._moment = moment

    async def store(self, updates: Sequence[Received], *, now: datetime) -> list[Received]:
        if self._moment == "after":
            await self._inbox.store(updates, now=now)
        raise Killed

    async def pending(self) -> list[Received]:
        return await self._inbox.pending()

    async def means(self, update_id: int, id_: int) -> None:
        await self._inbox.means(update_id, id_)

    async def drafted(self, update_id: int, message_id: int) -> None:
        await self._inbox.drafted(update_id, message_id)

    async def failed(self, update_id: int, *, reason: str) -> int:
        return await self._inbox.failed(update_id, reason=reason)

    async def done(self, update_id: int) -> None:
        await self._inbox.done(update_id)


class WatchedRequest(TelegramRequest):
    """Tells when a request has failed."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = asyncio.Event()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        try:
            return await super().do_request(url, method, request_data, *timeouts, **more)
        except Exception:
            self.failed.set()
            raise


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Inbox]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}") as store:
        yield store.inbox


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(limits=None)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[HeraldBot]:
    async with bot_in(telegram) as bot:
        yield bot


def clock() -> datetime:
    return datetime.now(UTC)


def receiver(bot: HeraldBot, inbox: Inbox) -> tuple[Receiver, Ready]:
    ready = Ready()
    return Receiver(bot, inbox, ready.given.put_nowait, clock), ready


@asynccontextmanager
async def running(bot: HeraldBot, inbox: Inbox) -> AsyncIterator[Ready]:
    """A receiver at work until the block ends."""
    works, ready = receiver(bot, inbox)
    task = asyncio.create_task(works.run())
    try:
        yield ready
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def text_of(update: Received) -> str:
    return str(json.loads(update.payload)["message"]["text"])


async def waiting(inbox: Inbox) -> list[str]:
    return [text_of(update) for update in await inbox.pending()]


# The order of things


async def test_an_update_is_kept_before_it_is_confirmed_and_ready_only_after(
    telegram: Telegram, bot: HeraldBot, inbox: Inbox
) -> None:
    works, ready = receiver(bot, inbox)
    await telegram.user(7).says("/start")
    await works.receive_once()
    assert await waiting(inbox) == ["/start"]
    assert len(telegram.updates.pending) == 1
    assert ready.given.empty()
    await works.receive_once()
    assert telegram.updates.pending == []
    assert await ready.texts(1) == ["/start"]
    assert await waiting(inbox) == ["/start"]


async def test_what_was_written_is_ready_at_once(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    async with running(bot, inbox) as ready:
        for text in ("/start", "/list"):
            await telegram.user(7).says(text)
            assert await ready.texts(1) == [text]


async def test_many_updates_come_in_their_order_and_once(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    for number in range(250):
        await telegram.user(7 + number % 5).says(f"/search {number}")
    async with running(bot, inbox) as ready:
        assert await ready.texts(250) == [f"/search {number}" for number in range(250)]
        assert ready.given.empty()


async def test_all_kinds_of_updates_are_asked_for_by_name(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    works, _ = receiver(bot, inbox)
    await telegram.user(7).says("/start")
    await works.receive_once()
    assert telegram.updates.allowed == ALLOWED_UPDATES


async def test_the_last_success_is_none_until_there_is_one(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    works, _ = receiver(bot, inbox)
    assert works.last_success is None
    await telegram.user(7).says("/start")
    await works.receive_once()
    assert works.last_success is not None


# Kills


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_while_storing_loses_none_and_repeats_none(
    moment: str, telegram: Telegram, bot: HeraldBot, inbox: Inbox
) -> None:
    for text in ("/start", "/list"):
        await telegram.user(7).says(text)
    killed, unheard = receiver(bot, MortalInbox(inbox, moment))
    with pytest.raises(Killed):
        await killed.run()
    assert unheard.given.empty()
    async with running(bot, inbox) as ready:
        assert await ready.texts(2) == ["/start", "/list"]
        await telegram.user(7).says("/help")
        assert await ready.texts(1) == ["/help"]


async def test_a_kill_after_the_answer_does_not_repeat_it(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    await telegram.user(7).says("/start")
    async with running(bot, inbox) as ready:
        async with asyncio.timeout(PATIENCE):
            update = await ready.given.get()
        await inbox.done(update.update_id)
    await telegram.user(7).says("/list")
    async with running(bot, inbox) as ready:
        assert await ready.texts(1) == ["/list"]
        assert ready.given.empty()


async def test_what_a_former_run_kept_goes_first(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    for text in ("/start", "/list"):
        await telegram.user(7).says(text)
    former, _ = receiver(bot, inbox)
    await former.receive_once()
    await telegram.user(7).says("/help")
    async with running(bot, inbox) as ready:
        assert await ready.texts(3) == ["/start", "/list", "/help"]
    assert await waiting(inbox) == ["/start", "/list", "/help"]


async def test_a_confirmation_whose_answer_was_lost_repeats_none(
    telegram: Telegram, bot: HeraldBot, inbox: Inbox
) -> None:
    await telegram.user(7).says("/start")
    works, _ = receiver(bot, inbox)
    await works.receive_once()
    telegram.add_fault(Fault("cut_after", method="getUpdates", times=1))
    async with running(bot, inbox) as ready:
        assert await ready.texts(1) == ["/start"]
        await telegram.user(7).says("/list")
        assert await ready.texts(1) == ["/list"]


# What goes wrong


@pytest.mark.parametrize("strange", [{"chat": 5}, {}, {"text": "half a character: \ud83e", "chat": {"id": 7}}])
async def test_an_update_that_makes_no_sense_holds_up_nobody(
    strange: dict[str, Any], telegram: Telegram, bot: HeraldBot, inbox: Inbox
) -> None:
    telegram.updates.add("message", strange)
    await telegram.user(7).says("/start")
    async with running(bot, inbox) as ready:
        assert await ready.ids(2) == [1, 2]
        await telegram.user(7).says("/list")
        assert await ready.ids(1) == [3]


async def test_a_second_instance_is_named_and_lived_through(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    with capture_logs() as logs:
        async with running(bot, inbox) as ready:
            async with asyncio.timeout(PATIENCE):
                while not telegram.updates.polls:
                    await telegram.updates.began.rung()
            await bot.raw_updates(offset=None, wait=0)
            await telegram.user(7).says("/start")
            assert await ready.texts(1) == ["/start"]
    assert "conflict" in [line["event"] for line in logs]


async def test_a_server_that_fails_is_asked_again(telegram: Telegram, bot: HeraldBot, inbox: Inbox) -> None:
    telegram.add_fault(Fault("error", method="getUpdates", status=502, times=1))
    await telegram.user(7).says("/start")
    async with running(bot, inbox) as ready:
        assert await ready.texts(1) == ["/start"]


async def test_a_server_that_comes_back_is_heard_again(telegram: Telegram, inbox: Inbox) -> None:
    async with serve(telegram) as server:
        url = server.url
    await telegram.user(7).says("/start")
    request = WatchedRequest()
    bot = HeraldBot(TOKEN, base_url=f"{url}/bot", request=TelegramRequest(), get_updates_request=request)
    async with request, running(bot, inbox) as ready, asyncio.timeout(PATIENCE):
        await request.failed.wait()
        async with serve(telegram, port=int(url.rsplit(":", 1)[1])):
            assert await ready.texts(1) == ["/start"]
