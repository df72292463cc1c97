"""Somebody who writes faster than can be answered waits for themselves alone."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from handlers.lanes import MOST_WAITING
from sandbox.telegram import Hold, Player
from tests.bot.conftest import set_stage
from tests.bot.world import Process, World

TOO_MUCH = "Забагато одразу: на відповідь чекають 200 повідомлень"


@pytest.fixture
async def hasty(tmp_path: Path) -> AsyncIterator[World]:
    """A bot and a Telegram whose windows are fifty times shorter than life."""
    async with set_stage(tmp_path, 0.02, 1.2) as world, world.bot():
        yield world


def reader_in(world: World, user_id: int = 7) -> Player:
    return world.telegram.user(user_id, language_code="uk")


async def floods(reader: Player, number: int, *, first: int = 0) -> None:
    for one in range(first, first + number):
        await reader.says(f"/unsub слово{one}")


def answered(world: World, reader: Player) -> list[int]:
    """The numbers of the questions answered, in the order of the answers."""
    said = (re.search(r"не стежите за «слово(\d+)»", message.text) for message in world.telegram.said(reader.id))
    return [int(found[1]) for found in said if found]


def told(world: World, reader: Player) -> int:
    return sum(message.text.startswith(TOO_MUCH) for message in world.telegram.said(reader.id))


async def all_received(world: World) -> None:
    """Wait until the bot has confirmed all that was written."""
    updates = world.telegram.updates
    async with asyncio.timeout(10):
        while updates.pending:
            await updates.began.rung()


async def held_answers(world: World, reader: Player) -> Hold:
    """The first answer to this reader, held as it leaves."""
    hold = world.telegram.holds.add("arrived", chat=reader.id)
    await reader.says("/list")
    await hold.catches()
    return hold


async def test_sixty_commands_at_once_are_answered_in_order_and_slow_nobody(hasty: World) -> None:
    reader, other = reader_in(hasty), reader_in(hasty, 8)
    await floods(reader, 60)
    await other.says("/list")
    await other.expects("Ви ще ні за чим не стежите")
    assert len(answered(hasty, reader)) < 60
    await reader.expects("слово59»", timeout=60)
    assert answered(hasty, reader) == list(range(60))
    assert told(hasty, reader) == 0


async def test_of_more_than_may_wait_the_first_are_answered_and_it_is_told_once(hasty: World) -> None:
    reader, other = reader_in(hasty), reader_in(hasty, 8)
    with capture_logs() as logs:
        hold = await held_answers(hasty, reader)
        await floods(reader, 249)
        await all_received(hasty)
        await other.says("/list")
        await other.expects("Ви ще ні за чим не стежите")
        hold.let_go()
        await reader.expects("слово198»", timeout=60)
        await reader.says("/help")
        await reader.expects("Ваші дані")
    # The one held waits, too.
    assert answered(hasty, reader) == list(range(MOST_WAITING - 1))
    assert told(hasty, reader) == 1
    said = {one["event"]: one for one in logs if one["event"].startswith("flood")}
    assert (said["flood"]["lane"], said["flood_over"]["dropped"]) == ("7", 50)


async def test_a_press_in_a_flood_is_dropped_with_a_word_too(hasty: World) -> None:
    reader = reader_in(hasty)
    await reader.says("/urgent обстріл")
    there = await reader.expects("Термінове тут: обстріл")
    hold = await held_answers(hasty, reader)
    await floods(reader, 199)
    await all_received(hasty)
    await reader.presses("Вимкнути", there)
    hold.let_go()
    await reader.expects(TOO_MUCH)
    await reader.expects("слово198»", timeout=60)
    await reader.says("/urgent")
    await reader.expects("Термінове тут: обстріл")


async def test_a_flood_is_worked_off_after_a_crash(stage: World, process: Process) -> None:
    reader = reader_in(stage)
    await process.start()
    hold = await held_answers(stage, reader)
    await floods(reader, 10)
    await all_received(stage)
    await process.kill()
    hold.lose()
    await process.start()
    await reader.expects("слово9»", timeout=60)
    assert answered(stage, reader) == list(range(10))
