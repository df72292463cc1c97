"""kill -9 at any moment loses nothing that is owed, and repeats at most what was on the wire."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from sandbox.telegram import Hold
from tests.bot.killing import Ledger, audience, broadcast, ledger_of, publish, pushes, sends
from tests.bot.world import Process, World
from tests.postgres import new_database

# More than go out at once, so that the last of them wait for their turn.
CHATS = range(1000, 1040)
WAITS, IS_SENT, IS_TAKEN, IS_ANSWERED = CHATS[:4]
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Kills are survived on both."""
    name: str = request.param
    return name


@pytest.fixture
def on_engine(stage: World, engine: str, request: pytest.FixtureRequest) -> World:
    """A stage whose bot keeps its things on this engine."""
    return _on(stage, engine, request)


@pytest.fixture
def lifelike_on_engine(lifelike: World, engine: str, request: pytest.FixtureRequest) -> World:
    """The same at Telegram's real pace."""
    return _on(lifelike, engine, request)


def _on(world: World, engine: str, request: pytest.FixtureRequest) -> World:
    if engine == "postgresql":
        server: Any = request.getfixturevalue("server")
        world.database_url = new_database(server)
    return world


async def bring_each_to_its_stage(world: World, ledger: Ledger) -> list[Hold]:
    """Publish news, and stop when each chat's push is where it is to be killed; gives the calls that are held."""
    await ledger.leave_alone(WAITS, hours=1)
    holds = [world.telegram.holds.add("accepted", chat=chat) for chat in (IS_TAKEN, IS_ANSWERED)]
    holds += [world.telegram.holds.add("arrived", chat=chat) for chat in CHATS[4:]]
    publish(world)
    for hold in holds[:2]:
        await hold.catches()
    await ledger.until(lambda stages: stages.get(IS_SENT) == "settled" and _counted(stages)["owed"] == 1)
    return holds


def _counted(stages: dict[int, str]) -> Counter[str]:
    return Counter(stages.values())


async def kill_when_answered(world: World, process: Process, ledger: Ledger, hold: Hold) -> dict[int, str]:
    """Let a call be answered while nobody can write that down, and kill; gives the stages at that moment."""
    async with ledger.held():
        hold.let_go()
        while (IS_ANSWERED, 200) not in sends(world):
            await world.telegram.changed.rung()
        await process.kill()
        return await ledger.stages()


@pytest.mark.parametrize("in_doubt", ["repeat", "drop"])
async def test_a_kill_at_each_stage_of_a_send_has_its_known_end(on_engine: World, in_doubt: str) -> None:
    """Owed; claimed and waiting for its turn; begun and not arrived; taken and not answered; answered and not written
    down; settled: a chat for each, and one kill for all."""
    world = on_engine
    world.extra["IN_DOUBT"] = in_doubt
    process, again = Process(world), int(in_doubt == "repeat")
    async with ledger_of(world) as ledger:
        await audience(world, process, ledger, CHATS)
        holds = await bring_each_to_its_stage(world, ledger)
        stages = await kill_when_answered(world, process, ledger, holds[1])
        for hold in holds:
            hold.lose()
        assert stages[WAITS] == "owed"
        assert {stages[IS_TAKEN], stages[IS_ANSWERED]} == {"begun"}
        waiting = {chat for chat, stage in stages.items() if stage == "claimed"}
        on_their_way = {chat for chat, stage in stages.items() if stage == "begun"} - {IS_TAKEN, IS_ANSWERED}
        assert waiting
        assert on_their_way

        await ledger.leave_alone(WAITS, hours=-1)
        await process.start()
        await ledger.until(lambda stages: set(stages.values()) <= {"settled", "dropped"})
    await process.kill()
    came = pushes(world)
    assert {came[chat] for chat in waiting} == {1}
    assert {came[chat] for chat in on_their_way} == {again}
    assert (came[WAITS], came[IS_SENT], came[IS_TAKEN], came[IS_ANSWERED]) == (1, 1, 1 + again, 1 + again)


@pytest.mark.timeout(240)
async def test_kills_in_a_broadcast_lose_nothing_and_repeat_next_to_nothing(lifelike_on_engine: World) -> None:
    """At Telegram's real pace: what repeats is what was on the wire, and that depends on the pace."""
    toll = await broadcast(lifelike_on_engine, kills=4, apart=25, chance=Random(7))
    assert toll.lost == 0
    assert toll.repeated <= 2 * 4


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_fifty_kills_in_a_broadcast_lose_nothing_and_repeat_next_to_nothing(lifelike_on_engine: World) -> None:
    toll = await broadcast(lifelike_on_engine, kills=50, apart=25, chance=Random(50))
    assert toll.lost == 0
    assert toll.repeated <= 2 * 50
