"""Every answer fits Telegram's limits, with the longest content there may be: the sandbox refuses as Telegram does."""

import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from news.article import NewArticle
from news.lemmas import lemmas
from sandbox.telegram import Player
from sandbox.telegram.messages import Message
from storage.store import Store, open_store
from tests.bot.conftest import set_stage
from tests.bot.world import ADMIN, World
from tests.storage.given import article, telegram

NOW = datetime.now(UTC)
FEEDS, ARTICLES = 500, 30
MOST_PRESSES = 6
# What takes room: signs that markup escapes, pairs of UTF-16 units, marks above letters, right to left, no spaces.
STUFF = (
    "&<>\"'" * 80,
    "🇺🇦👩‍👩‍👧‍👦" * 60,
    "Й̈ґ’є " * 90,
    "مرحبا " * 80,
    "Донаукраїнськоморехідний" * 16,
    "вибори <b>" * 40,
)
HARMLESS = "message is not modified"
READER = 7
COMMANDS = (
    "start",
    "help",
    "list",
    "search вибори",
    'search "вибори b" -кенгуру sort:new',
    "search " + "кенгуру " * 400,
    "top",
    "related",
    "related https://longest.example/1",
    "story",
    "unsub",
    "unsub 1",
    "unsub " + "9" * 300,
    "sub",
    "sub " + "я" * 3000,
    "urgent " + ", ".join(f"слово{number}" for number in range(90)),
    "urgent",
    "digest",
    "quiet",
    "pause",
    "resume",
    "timezone " + "Київ" * 500,
    "summary",
    "reports",
    "export",
    "mydata",
    "privacy",
    "import",
    "rights",
    "nosuch" * 5,
    "forget",
)
ADMINS_COMMANDS = ("help", "stats", "health", "pages 1", "broadcast " + "<&>" * 1300)


def longest(number: int) -> NewArticle:
    """An article that is as long as any, in one of several ways."""
    stuff = STUFF[number % len(STUFF)]
    title = f"Вибори {number} {stuff}"[:400]
    text = f"Вибори почалися. {stuff} " * 40
    return replace(
        article(f"long{number}"),
        title=title,
        summary=text[:600],
        text=text,
        link=f"https://longest.example/{number}" + "/шлях" * (number % 50) * 10,
        title_lemmas=tuple(lemmas(title, "uk")),
        text_lemmas=tuple(lemmas(text, "uk"))[:500],
        published_at=NOW - timedelta(minutes=number),
        found_at=NOW - timedelta(minutes=number),
        owed=False,
    )


async def fill(store: Store, *chat_ids: int) -> None:
    """Let the chats follow so many feeds with the longest names; the first feed has articles, each the next's too."""
    chats = [
        await store.chats.meet(
            telegram(chat_id), kind="private", language="uk", timezone="America/Argentina/ComodRivadavia", now=NOW
        )
        for chat_id in chat_ids
    ]
    numbers = count()
    for place in range(FEEDS):
        made = await store.feeds.open(f"https://longest.example/{place}/" + "стрічка/" * 40, now=NOW)
        for chat in chats:
            await store.chats.follow(chat.id, made.id, now=NOW)
        title = f"{place} {STUFF[place % len(STUFF)]}"[:300]
        later = NOW + timedelta(days=9)
        feed = replace(made, title=title, checked_at=NOW, contacted_at=NOW, succeeded_at=NOW, next_check_at=later)
        await store.feeds.save_check(feed, new=[longest(next(numbers)) for _ in range(ARTICLES if place < 2 else 1)])


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[World]:
    """The bot at work in a hurry, where a reader and an admin follow five hundred feeds."""
    async with set_stage(tmp_path, 0.02, 1.2) as world:
        async with open_store(world.settings().database_url) as store:
            await fill(store, READER, ADMIN)
        async with world.bot():
            yield world


def refused(world: World) -> list[str]:
    """What Telegram refused, but for what every bot is refused."""
    calls = (call for call in world.telegram.calls if call.status >= 400)
    return [f"{call.method}: {call.description}" for call in calls if HARMLESS not in call.description]


async def says(reader: Player, command: str) -> Message:
    """Say it; gives the answer."""
    await reader.says(f"/{command}")
    return await reader.expects(re.compile(""))


async def presses_all(world: World, reader: Player, answer: Message) -> None:
    """Press what stands under the answer, and under what comes of that, at most so many times."""
    known, waiting = {message.id for message in reader.messages()} - {answer.id}, deque([answer])
    pressed = set[str]()
    while waiting and len(pressed) < MOST_PRESSES:
        message = waiting.popleft()
        for data in [button["callback_data"] for button in message.buttons if "callback_data" in button]:
            if data not in pressed and len(pressed) < MOST_PRESSES:
                pressed.add(data)
                await world.forge(reader, message, data)
                waiting += [one for one in reader.messages() if one.id not in known]


async def test_every_answer_fits_with_the_longest_content(full: World) -> None:
    for user, commands in ((READER, COMMANDS), (ADMIN, ADMINS_COMMANDS)):
        person = full.telegram.user(user, language_code="uk")
        for command in commands:
            await presses_all(full, person, await says(person, command))
            assert refused(full) == [], command
