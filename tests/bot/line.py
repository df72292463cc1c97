"""The way from the outbox to a sandbox Telegram without the rest of the bot: a store, a sender, a courier."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import RowMapping, Table, select

from handlers.limits import Windows
from handlers.pacer import Pacer
from handlers.sender import TelegramSender
from news.deliver import Courier
from news.delivery import Outcome
from sandbox.telegram import Limits, Message, Telegram
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.store import store_on
from storage.tables import deliveries
from storage.terms import USUAL, Terms
from tests.handlers.lines import bot_at, bot_in
from tests.storage.given import NOW, Given, after

# Telegram's windows, twenty and sixty times shorter than in life.
SECOND, MINUTE = 0.05, 1.0
PATIENCE = 60.0


class Clock:
    """Time that begins at NOW, until it is stopped."""

    def __init__(self) -> None:
        self.stopped: datetime | None = None
        self._began = asyncio.get_running_loop().time()

    def __call__(self) -> datetime:
        passed = asyncio.get_running_loop().time() - self._began
        return self.stopped or NOW + timedelta(seconds=passed)


@dataclass(frozen=True)
class Line:
    """A store, a Telegram, the sender between them, and their clock."""

    telegram: Telegram
    given: Given
    sender: TelegramSender
    database: Database
    clock: Clock

    async def attempt(self, *, seconds: float = 0) -> Outcome:
        """Claim the one delivery that is owed at that moment, send it, and write down what comes of it."""
        outbox, now = self.given.store.outbox, after(seconds)
        self.clock.stopped = now
        [delivery] = await self.given.owed(now)

        async def begin() -> bool:
            return await outbox.begin(delivery, now=now)

        outcome = await self.sender.send(delivery, begin)
        await outbox.settle(delivery, outcome, now=now)
        return outcome

    async def rows(self, table: Table = deliveries) -> list[RowMapping]:
        """What stands in a table, in the order in which it came."""
        async with self.database.reading() as connection:
            return list((await connection.execute(select(table).order_by(table.c.id))).mappings())

    @asynccontextmanager
    async def courier(self) -> AsyncIterator[None]:
        """A courier at work."""
        courier = Courier(self.given.store.outbox, self.sender, self.clock)
        running = asyncio.create_task(courier.run())
        try:
            yield
        finally:
            courier.stop()
            await running

    async def over(self) -> None:
        """Wait until nothing is owed any more."""
        async with asyncio.timeout(PATIENCE):
            while (await self.given.store.keeper.overview(now=self.clock())).owed:  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.02)

    def said(self, chat_id: int) -> list[Message]:
        """What came to a chat, in order."""
        return [message for message in self.telegram.sent if message.chat_id == chat_id]


@asynccontextmanager
async def open_line(
    folder: Path, telegram: Telegram | None = None, *, url: str | None = None, terms: Terms = USUAL
) -> AsyncIterator[Line]:
    """A line to a Telegram with its limits, or to whatever is at `url`."""
    telegram = telegram or Telegram(limits=Limits(second=SECOND, minute=MINUTE))
    clock = Clock()
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(bot_in(telegram) if url is None else bot_at(url))
        database = await open_database(f"sqlite+aiosqlite:///{folder / 'visnyk.db'}")
        stack.push_async_callback(database.close)
        await migrate(database)
        sender = TelegramSender(bot, Pacer(Windows(second=SECOND, minute=MINUTE)), clock)
        yield Line(telegram, Given(store_on(database, terms)), sender, database, clock)
