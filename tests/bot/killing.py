"""What the tests of kills have in common: the bot's database seen from outside, and a broadcast that is killed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import func, select, text, update

from news.chat import Address
from news.delivery import Kind
from sandbox.telegram import Fault
from storage.database import Database, open_database
from storage.store import store_on
from storage.tables import chats, deliveries
from tests.bot.world import Process, World

TITLE = "Новина, яку ніщо не спинить"
PATIENCE = 100.0


class Ledger:
    """The bot's database, looked into and held by somebody else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stages(self) -> dict[int, str]:
        """How far each chat's push is: a status, or begun."""
        c = deliveries.c
        query = select(chats.c.chat_id, c.status, c.begun_at).join_from(deliveries, chats, chats.c.id == c.chat_id)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(c.kind == Kind.ARTICLE))
            return {row.chat_id: "begun" if row.begun_at else row.status for row in rows}

    async def until(self, holds: Callable[[dict[int, str]], bool]) -> None:
        """Wait until this is true of all stages."""
        async with asyncio.timeout(PATIENCE):
            while not holds(await self.stages()):  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.02)

    async def leave_alone(self, chat_id: int, *, hours: int) -> None:
        """Let the bot not write to a chat for so many hours."""
        until = datetime.now(UTC) + timedelta(hours=hours)
        async with self._database.writing() as connection:
            await connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(not_before=until))

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Nobody else writes to the outbox meanwhile."""
        async with self._database.writing() as connection:
            if self._database.dialect == "postgresql":
                await connection.execute(text("LOCK TABLE deliveries IN EXCLUSIVE MODE"))
            yield

    async def all_follow(self, chat_ids: Collection[int], url: str) -> None:
        """Let these private chats follow a feed."""
        store, now = store_on(self._database), datetime.now(UTC)
        feed = await store.feeds.open(url, now=now)
        for chat_id in chat_ids:
            chat = await store.chats.meet(_address(chat_id), kind="private", language="uk", timezone="UTC", now=now)
            await store.chats.follow(chat.id, feed.id, now=now)

    async def over(self) -> int:
        """How many pushes are over."""
        query = select(func.count()).where(deliveries.c.kind == Kind.ARTICLE, deliveries.c.settled_at.is_not(None))
        async with self._database.reading() as connection:
            return int(await connection.scalar(query) or 0)


def _address(chat_id: int) -> Address:
    return Address("telegram", chat_id)


@asynccontextmanager
async def ledger_of(world: World) -> AsyncIterator[Ledger]:
    """The database of this world's bot."""
    database = await open_database(world.environment()["DATABASE_URL"])
    try:
        yield Ledger(database)
    finally:
        await database.close()


def pushes(world: World) -> Counter[int]:
    """How often the news came, by chat."""
    return Counter(message.chat_id for message in world.telegram.sent if message.text.startswith(TITLE))


def sends(world: World) -> list[tuple[int, int]]:
    """Of each try to send, the chat and the status of its answer (0: the line was cut)."""
    calls = [call for call in world.telegram.calls if call.method in ("sendMessage", "sendPhoto")]
    return [(int(call.parameters["chat_id"]), call.status) for call in calls]


async def audience(world: World, process: Process, ledger: Ledger, chat_ids: Collection[int]) -> None:
    """Start the bot, and let these chats follow an outlet that it has read already."""
    first, *others = [world.telegram.user(chat, language_code="uk", started=True) for chat in chat_ids]
    await process.start()
    await first.says(f"/sub {world.feed('bereg')}")
    await first.expects("Ви стежите за", timeout=60)
    await ledger.all_follow([one.id for one in others], world.feed("bereg"))


def publish(world: World) -> None:
    """The outlet has news."""
    world.newsroom.publish("bereg", title=TITLE, lead="Лід новини, який стоїть у стрічці.")


# --- A broadcast that is killed again and again ---


@dataclass(frozen=True)
class Toll:
    """What came of a broadcast: chats that got nothing, and copies too many that no cut line explains."""

    lost: int
    repeated: int


async def broadcast(world: World, *, kills: int, apart: int, chance: Random) -> Toll:
    """Send news to `kills` × `apart` chats, and kill the bot every so many; each chat may meet a trouble of its own."""
    chat_ids = range(1000, 1000 + apart * (kills + 1))
    world.telegram.calls = world.telegram.calls.__class__()  # all of them are needed
    process = Process(world)
    try:
        async with ledger_of(world) as ledger:
            await audience(world, process, ledger, chat_ids)
            cut = _make_trouble(world, chat_ids, chance)
            publish(world)
            for number in range(kills):
                await _until_pushed(world, (number + 1) * apart)
                await _strike(world, process, chance)
            await ledger.until(lambda stages: set(stages.values()) <= {"settled", "parked", "dropped"})
    finally:
        await process.kill()
    return _toll(world, chat_ids, cut)


def _make_trouble(world: World, chat_ids: Collection[int], chance: Random) -> set[int]:
    """One chat in eight meets a fault, each once; gives those whose line is cut after the message was taken."""
    troubled = chance.sample(list(chat_ids), len(chat_ids) // 8)
    kinds = ("cut_before", "cut_after", "flood", "error")
    for number, chat in enumerate(troubled):
        fault = Fault(kinds[number % 4], chat=chat, method="sendMessage", times=1, status=chance.choice((500, 502)))
        world.telegram.add_fault(fault)
    return set(troubled[1::4])


async def _strike(world: World, process: Process, chance: Random) -> None:
    """Kill the bot at any moment of a send and start it again; now and then Telegram is down as it comes back."""
    # Not a wait: the moment of the blow is drawn.
    await asyncio.sleep(chance.random() / 20)
    await process.kill()
    if chance.random() < 0.2:
        down = world.telegram.add_fault(Fault("down"))
        await process.start()
        await asyncio.sleep(1)
        world.telegram.clear_faults(down.id)
    else:
        await process.start()


async def _until_pushed(world: World, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(pushes(world)) < number:
            await world.telegram.changed.rung()


def _toll(world: World, chat_ids: Collection[int], cut: Collection[int]) -> Toll:
    came = pushes(world)
    # Who was sent it while the line was cut is sent it again, whether anybody is killed or not.
    by_cuts = sum(status == 0 and chat in cut for chat, status in sends(world))
    return Toll(len(set(chat_ids) - came.keys()), came.total() - len(came) - by_cuts)
