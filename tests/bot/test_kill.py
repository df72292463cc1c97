"""kill -9 at any moment loses nothing that is owed, and repeats at most what was in flight."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from sandbox.telegram import Fault
from tests.bot.world import Process, World

CHATS = range(1000, 1300)
KILLS_AT = (40, 180, 330, 490)
MOST_IN_FLIGHT = 32
TITLES = ("Перша з двох новин про трамвай", "Друга з двох новин про музей")


def pushes(world: World) -> Counter[tuple[int, str]]:
    """How often each chat was pushed each title."""
    return Counter(
        (message.chat_id, title)
        for message in world.telegram.sent
        for title in TITLES
        if message.text.startswith(title)
    )


async def until_pushed(world: World, number: int) -> None:
    async with asyncio.timeout(100):
        while pushes(world).total() < number:
            await world.telegram.changed.rung()


def settled(world: World) -> int:
    """How many deliveries the bot knew to be done when it was killed."""
    with closing(sqlite3.connect(world.folder / "visnyk.db")) as connection:
        number: int = connection.execute("SELECT count(*) FROM deliveries WHERE status = 'settled'").fetchone()[0]
        return number


@pytest.mark.timeout(240)
async def test_four_kills_in_a_broadcast_to_300_chats_lose_nothing(lifelike: World) -> None:
    """At Telegram's real pace: what repeats is what was on the wire, and that depends on the pace."""
    stage, telegram, newsroom = lifelike, lifelike.telegram, lifelike.newsroom
    process = Process(stage)
    readers = [telegram.user(chat, language_code="uk") for chat in CHATS]
    for reader in readers:
        await reader.says(f"/sub {stage.feed('bereg')}")
    await process.start()
    for reader in readers:
        await reader.expects("Ви стежите за", timeout=60)
    telegram.add_fault(Fault("cut_before", method="sendMessage", probability=0.03))
    telegram.add_fault(Fault("error", method="sendMessage", probability=0.02, status=502))
    for chat in CHATS[::30]:
        telegram.add_fault(Fault("flood", chat=chat, times=1, retry_after=1))

    for title in TITLES:
        newsroom.publish("bereg", title=title, lead="Лід новини, який стоїть у стрічці.")
    in_flight = []
    for number in KILLS_AT:
        await until_pushed(stage, number)
        await process.kill()
        in_flight.append(len(pushes(stage)) - settled(stage))
        await process.start()
    async with asyncio.timeout(100):
        while len(pushes(stage)) < 2 * len(CHATS):
            await telegram.changed.rung()
    await process.kill()

    counted = pushes(stage)
    assert len(counted) == 2 * len(CHATS)
    assert max(in_flight) <= MOST_IN_FLIGHT
    assert counted.total() - len(counted) <= sum(in_flight)
