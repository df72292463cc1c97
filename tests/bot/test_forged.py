"""Presses that nobody was offered: garbage, another chat's, another person's. They change nothing, and show nothing."""

import asyncio
import sqlite3
from collections.abc import Iterator

from handlers.routes import BUTTONS
from sandbox.telegram import Player
from sandbox.telegram.messages import Message
from tests.bot.world import World

GARBAGE = (
    "x",
    "-",
    ":",
    "::::",
    "99999999999999999999999999",
    "q:q:q:q",
    "٣:٣",
    "1e9:NaN",
    "'; DROP TABLE chats; --",
    "\u202e<b>&\x00",
    "я" * 20,
)
# Nothing of these is written down because somebody presses a button: updates that wait, when a feed was read.
PASSING = ("inbox", "feeds", "alembic_version", "sqlite_sequence", "notes")


def kept(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All that the bot keeps, table by table, but for what passes."""
    with sqlite3.connect(f"file:{world.folder / 'visnyk.db'}?mode=ro", uri=True) as database:
        return {table: database.execute(f'SELECT * FROM "{table}"').fetchall() for table in _tables(database)}


def _tables(database: sqlite3.Connection) -> Iterator[str]:
    for name, made in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if name not in PASSING and "VIRTUAL" not in made and not name.startswith("words"):
            yield name


async def test_garbage_in_a_press_is_answered_and_changes_nothing(world: World) -> None:
    names = [*BUTTONS, "nosuch", ""]
    readers = [world.telegram.user(number, language_code="uk") for number, _ in enumerate(names, 100)]

    async def follows(reader: Player) -> Message:
        await reader.says(f"/sub {world.feed('misto')}")
        return await reader.expects("Ви стежите за")

    async def presses_garbage(reader: Player, message: Message, name: str) -> None:
        for rest in GARBAGE:
            await world.forge(reader, message, f"{name}:{rest}"[:60])

    messages = await asyncio.gather(*map(follows, readers))
    before = kept(world)
    await asyncio.gather(*map(presses_garbage, readers, messages, names))
    assert kept(world) == before
    said = [message.text for reader in readers for message in world.telegram.said(reader.id)]
    assert not [text for text in said if "це наша вина" in text]
