"""Every answer fits Telegram's limits, with the longest content there may be: the sandbox refuses as Telegram does."""

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.telegram import Player, Topic
from sandbox.telegram.messages import Message
from storage.store import open_store
from tests.bot.conftest import set_stage
from tests.bot.longest import CHANNEL, FORUM, MOST_OF_TITLE, READER, STUFF, WORDS, fill
from tests.bot.world import ADMIN, World

# Under an answer, and under a push; the machine has other things to do.
MOST_PRESSES, MOST_UNDER_PUSH = 5, 9
EVENTS = (
    *("Міст відкрили трамваям", "Пором вийшов у море", "Мера оберуть у квітні", "Дощ залив підвали школи"),
    *("Черепахи оселилися біля маяка", "Оркестр зіграв на даху пошти"),
)
HARMLESS = "message is not modified"
COMMANDS = (
    "start",
    "lang uk",
    "start f1",
    "start f" + "9" * 62,
    "start " + "<" * 3000,
    "help",
    "list",
    "feeds",
    "search вибори",
    'search "вибори b" -кенгуру sort:new',
    "search " + "кенгуру " * 400,
    "top",
    "saved",
    "saved вибори",
    "saved " + "кенгуру<" * 400,
    "related",
    "related https://longest.example/1",
    "story",
    "story https://longest.example/1",
    "settings",
    "settings 1",
    "settings 3 title " + "<&>" * 900,
    "settings 3 tags " + "#тег&<" * 500,
    "settings " + "<" * 3000,
    "share",
    "share 3",
    "share " + "<" * 3000,
    "filter",
    "filter 1",
    "filter 1 " + WORDS,
    "filter 1 " + "<" * 3000,
    "filter " + "<" * 3000,
    "less",
    "watch " + WORDS,
    "watches",
    "unwatch " + "<" * 3000,
    "unwatch 2",
    "mute",
    "mute https://longest.example/1",
    "unsub",
    "unsub 1",
    "unsub " + "9" * 300,
    "sub",
    "add " + "<" * 3000,
    "sub " + "я" * 3000,
    "urgent " + WORDS,
    "urgent",
    "digest",
    "digest " + "<" * 3000,
    "quiet",
    "pause",
    "resume",
    "timezone " + "Київ" * 500,
    "timezone США",
    "summary",
    "reports",
    "channels",
    "list @" + "a" * 31,
    "sub @" + "a" * 31 + " " + "<" * 3000,
    "export",
    "mydata",
    "privacy",
    "import",
    "rights",
    "nosuch" * 5,
)
# Said again in the other language, and what ends it all.
IN_ENGLISH = (
    *(
        "lang en",
        "help",
        "list",
        "search вибори",
        "top",
        "saved",
        "settings 1",
        "filter",
        "filter 1",
        "watches",
        "mute",
    ),
    *("urgent", "digest", "quiet", "pause", "timezone", "privacy", "unsub_all", "forget"),
)
ADMINS_COMMANDS = ("help", "stats", "health", "pages 1", "broadcast " + "<&>" * 1300)


@pytest.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[World]:
    """A Telegram in a hurry, and no bot yet."""
    async with set_stage(tmp_path, 0.02, 1.2) as world:
        yield world


@pytest.fixture
async def full(hurried: World) -> AsyncIterator[World]:
    """The bot at work, where a reader follows five hundred feeds."""
    async with open_store(hurried.settings().database_url) as store:
        await fill(store)
    async with hurried.bot():
        yield hurried


def refused(world: World) -> list[str]:
    """What Telegram refused, but for what every bot is refused, and for what it was asked itself."""
    calls = (call for call in world.telegram.calls if call.status >= 400 and not call.method.startswith("get"))
    return [f"{call.method}: {call.description}" for call in calls if HARMLESS not in call.description]


async def says(world: World, reader: Player, command: str, chat: int = 0) -> Message:
    """Say it; gives the last of what is answered."""
    there = chat or reader.id
    before = len(world.telegram.said(there))
    asked = await reader.says(f"/{command}", there)
    # What is pressed next in a chat is answered next.
    await world.forge(reader, asked, "fence")
    [*_, answer] = world.telegram.said(there)[before:]
    return answer


async def presses_all(world: World, reader: Player, answer: Message, most: int = MOST_PRESSES) -> None:
    """Press what stands under the answer, and under what comes of that, at most so many times."""
    known, waiting = {message.id for message in reader.messages(answer.chat_id)} - {answer.id}, deque([answer])
    pressed = set[str]()
    while waiting and len(pressed) < most:
        message = waiting.popleft()
        for data in [button["callback_data"] for button in message.buttons if "callback_data" in button]:
            if data not in pressed and len(pressed) < most:
                pressed.add(data)
                await world.forge(reader, message, data)
                waiting += [one for one in reader.messages(answer.chat_id) if one.id not in known]
    await world.forge(reader, answer, "fence")


async def test_every_card_fits_with_the_longest_content(full: World) -> None:
    reader = full.telegram.user(READER, language_code="uk")
    for words in ("", "вибори", "вибори b", "<" * 256, "🇺🇦" * 64):
        first = await reader.asks_inline(words)
        if first.next_offset:
            assert (await reader.asks_inline(words, offset=first.next_offset)).results
    for result in (await reader.asks_inline("вибори")).results:
        await reader.chooses(result.id)
    assert refused(full) == []


async def test_every_answer_fits_with_the_longest_content(full: World) -> None:
    for user, commands in ((READER, COMMANDS), (READER, IN_ENGLISH), (ADMIN, ADMINS_COMMANDS)):
        person = full.telegram.user(user, language_code="uk")
        for command in commands:
            answer = await says(full, person, command)
            # What comes next is to be in the language that was named.
            await presses_all(full, person, answer, 0 if command.startswith("lang ") else MOST_PRESSES)
            assert refused(full) == [], command
            assert ("Kept about" in answer.text) == (command == "privacy" and commands is IN_ENGLISH)


async def test_every_list_of_places_fits_with_the_longest_content(full: World) -> None:
    boss = full.telegram.user(READER, language_code="uk", started=True)
    topics = [Topic(number, f"{number} {STUFF[number % len(STUFF)]}"[:MOST_OF_TITLE]) for number in range(2, 9)]
    full.telegram.group(FORUM, title=STUFF[0][:MOST_OF_TITLE], admins=[boss], topics=topics)
    channel = full.telegram.channel(
        CHANNEL, title=STUFF[1][:MOST_OF_TITLE], username="l" * 32, admins=[boss], bot="left"
    )
    boss.adds_bot(channel, "administrator")
    for chat, command in (
        (FORUM, "list"),
        (FORUM, "rights"),
        (FORUM, "forget"),
        (0, "channels"),
        (0, f"list @{'l' * 32}"),
        (0, f"sub @{'l' * 32} {full.feed('bereg')}"),
        (0, f"unsub @{'l' * 32} 1"),
        (0, f"unsub @{'l' * 32} {'<' * 3000}"),
    ):
        await presses_all(full, boss, await says(full, boss, command, chat))
        assert refused(full) == [], command


async def publishes(world: World, reader: Player, slug: str) -> list[Message]:
    """Let an outlet tell of each event at such length; gives what of it comes to a reader."""
    for event, stuff in zip(EVENTS, STUFF, strict=True):
        text = f"Про це мовиться так. {stuff}" * 9
        world.newsroom.publish(slug, title=f"{event} {stuff}"[:400], lead=text, body=[text] * 9)
    return [await reader.expects(event) for event in EVENTS[:-1]]


@pytest.mark.parametrize(("slug", "language"), [("bereg", "uk"), ("surma", "en")])
async def test_every_push_fits_with_the_longest_content(hurried: World, slug: str, language: str) -> None:
    reader = hurried.telegram.user(READER, language_code=language)
    async with hurried.bot():
        await says(hurried, reader, f"sub {hurried.feed(slug)}")
        await says(hurried, reader, "summary long")
        await says(hurried, reader, "settings 1 title " + "<&> " * 900)
        await says(hurried, reader, "settings 1 tags " + " ".join(f"#{'Заріччя' * 9}{number}" for number in range(9)))
        pushes = await publishes(hurried, reader, slug)
        assert any(push.photo for push in pushes) == hurried.newsroom.outlet(slug).profile.pictures
        for push in pushes:
            await presses_all(hurried, reader, push, MOST_UNDER_PUSH)
            assert refused(hurried) == [], push.text


async def test_every_digest_fits_with_the_longest_content(hurried: World) -> None:
    reader, other = (hurried.telegram.user(number, language_code="uk") for number in (READER, ADMIN))
    async with hurried.bot():
        for person, then in ((other, "start"), (reader, "pause keep")):
            await says(hurried, person, f"sub {hurried.feed('bereg')}")
            await says(hurried, person, then)
        await publishes(hurried, other, "bereg")
        await says(hurried, reader, "resume")
        digest = await reader.expects(EVENTS[0])
        await presses_all(hurried, reader, digest, MOST_UNDER_PUSH)
        assert refused(hurried) == []
