"""What people are told of their data, and how they get it, and get rid of it, through Telegram."""

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from typing import Any

from sandbox.telegram import Message, Player
from tests.bot.test_private import Paper
from tests.bot.test_private import paper as paper  # a fixture
from tests.bot.world import ADMIN, Process, World

# Numbers that nothing else has.
ME, OTHER, GROUP = 700_123_456, 800_123_456, -100_900_123_456
# What a life leaves: the chat, its urgent words, what it looked for, its quiet hours.
MINE = (str(ME), "таємниця", "лікар", "03:33")
SURE, DONE = "Забути цей чат?", "Готово: про цей чат більше нічого не зберігається"
NOT_THEIRS = "Це можуть зробити лише адміністратори групи."


def reader_in(world: World, user_id: int = ME, language: str = "uk") -> Player:
    return world.telegram.user(user_id, language_code=language)


async def lives(reader: Player, world: World, chat: int | None = None) -> None:
    """Leave something in most tables."""
    await reader.says(f"/sub {world.feed('bereg')}", chat)
    await reader.expects("Ви стежите за", chat=chat)
    article = world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Пором вийшов у море вранці.")
    await reader.expects(article.title, chat=chat)
    for text, answer in (
        ("/urgent таємниця", "Термінове тут: таємниця"),
        ("/quiet 03:33-04:44", "03:33"),
        ("/search пором -лікар", "🔎 пором"),
    ):
        await reader.says(text, chat)
        await reader.expects(answer, chat=chat)


def content_of(world: World, message: Message) -> Any:
    """The file of a message, read."""
    document = message.body["document"]
    file = world.telegram.files.get(document["file_id"])
    assert file is not None
    assert document["file_name"].endswith(".json")
    return json.loads(file.content)


def traces(world: World, *wanted: str) -> set[str]:
    """The tables in which the bot keeps any of these."""
    with closing(sqlite3.connect(world.folder / "visnyk.db")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [name for name in names if not name.startswith("article_words")]
        rows = {name: str(database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}
    return {name for name, text in rows.items() if any(one in text for one in wanted)}


# --- What is told ---


async def test_what_is_kept_is_told_in_a_screen(world: World) -> None:
    reader = reader_in(world)
    await reader.says("/privacy")
    told = (await reader.expects("Що зберігається про цей чат")).text
    assert "що тут шукали – 30 днів" in told
    assert "365 днів" in told
    assert "виклад" not in told
    assert {"/mydata", "/unsub", "/forget"} <= set(told.split())


async def test_who_writes_summaries_is_named(stage: World) -> None:
    stage.extra["SUMMARY_API_URL"] = "http://model.example:9/v1"
    stage.extra["SUMMARY_MODEL"] = "any"
    async with stage.bot():
        reader = reader_in(stage, language="en")
        await reader.says("/privacy")
        told = (await reader.expects("Kept about this chat")).text
    assert "Articles of public feeds go to model.example, which writes summaries" in told


async def test_help_names_the_three_and_fits(world: World) -> None:
    reader = reader_in(world)
    await reader.says("/help")
    told = (await reader.expects("Ваші дані")).text
    assert "/privacy – що зберігається і як довго; /mydata – усе це файлом; /forget – видалити це" in told


# --- /mydata ---


async def test_all_that_is_kept_comes_as_a_file(world: World) -> None:
    reader, other = reader_in(world), reader_in(world, OTHER)
    await lives(reader, world)
    await other.says("/urgent чуже")
    await other.expects("Термінове тут")
    await reader.says("/mydata")
    sent = await reader.expects("Усе, що зберігається про цей чат")
    kept = content_of(world, sent)
    file = world.telegram.files.get(sent.body["document"]["file_id"])
    assert file is not None
    assert "таємниця" in file.content.decode()
    assert "чуже" not in file.content.decode()
    assert [(one["chat_id"], one["urgent"], one["language"]) for one in kept["chats"]] == [(ME, "таємниця", "uk")]
    assert [one["feed_url"] for one in kept["subscriptions"]] == [world.feed("bereg")]
    assert [one["text"] for one in kept["notes"]] == ["пором -лікар"]
    assert [(one["article_title"], one["status"]) for one in kept["deliveries"]] == [("Пором вийшов у море", "settled")]
    assert kept["deliveries"][0]["settled_at"].endswith("+00:00")
    assert [one["payload"]["message"]["text"] for one in kept["inbox"]] == ["/mydata"]


async def test_a_private_address_is_its_owners_and_a_password_is_in_no_file(world: World, paper: Paper) -> None:
    reader = reader_in(world)
    for address in (paper.secretly(), f"{paper.server.url}rss?token=hush private"):
        await reader.says(f"/sub {address}")
        await reader.expects("інші його не бачать")
    await reader.says("/mydata")
    kept = content_of(world, await reader.expects("Усе, що зберігається про цей чат"))
    assert {one["private_address"] for one in kept["subscriptions"]} == {
        f"{paper.server.url}rss",
        f"{paper.server.url}rss?token=hush",
    }
    assert "dXNlcjpodXNo" not in str(kept)


# --- /forget ---


async def test_a_chat_is_forgotten_after_asking_and_begins_anew(stage: World) -> None:
    reader, other = reader_in(stage), reader_in(stage, OTHER)
    async with stage.bot():
        await lives(reader, stage)
        await reader.says("/forget")
        asked = await reader.expects(SURE)
        assert traces(stage, *MINE) >= {"chats", "wishes", "timetables", "notes"}
        await reader.presses("Забути все", asked)
        assert (await reader.expects(DONE)).id == asked.id
    assert traces(stage, *MINE) == set()
    async with stage.bot():
        await other.says(f"/sub {stage.feed('bereg')}")
        await other.expects("Ви стежите за")
        fresh = stage.newsroom.publish("bereg", title="Пором повернувся", lead="Пором повернувся ввечері.")
        await other.expects(fresh.title)
        assert not [message for message in stage.telegram.said(ME) if fresh.title in message.text]
        await reader.says("/list")
        await reader.expects("Ви ще ні за чим не стежите")


async def test_whoever_thinks_better_of_it_keeps_all(world: World) -> None:
    reader = reader_in(world)
    await lives(reader, world)
    await reader.says("/forget")
    asked = await reader.expects(SURE)
    await reader.presses("Скасувати", asked)
    await reader.expects("Усе лишається, як було.")
    await reader.says("/urgent")
    await reader.expects("Термінове тут: таємниця")


async def test_forgetting_twice_meets_nobody_again(stage: World) -> None:
    reader = reader_in(stage)
    async with stage.bot():
        await lives(reader, stage)
        await reader.says("/forget")
        asked = await reader.expects(SURE)
        await asyncio.gather(*(reader.presses("forget:yes", asked) for _ in range(2)))
        await reader.expects(DONE)
    assert traces(stage, *MINE) == set()


async def test_a_crash_after_the_press_still_forgets_and_says_so(stage: World, process: Process) -> None:
    reader = reader_in(stage)
    await process.start()
    await lives(reader, stage)
    await reader.says("/forget")
    asked = await reader.expects(SURE)
    hold = stage.telegram.holds.add("arrived", chat=ME, method="editMessageText")
    await reader.presses("Забути все", asked)
    await hold.catches()
    await process.kill()
    hold.lose()
    assert traces(stage, *MINE) == {"inbox"}
    await process.start()
    await reader.expects(DONE, timeout=30)
    await process.terminate()
    assert traces(stage, *MINE) == set()


async def test_in_a_group_administrators_decide(stage: World) -> None:
    member, boss = reader_in(stage), reader_in(stage, OTHER)
    group = stage.telegram.group(GROUP, members=[member], admins=[boss])
    async with stage.bot():
        await lives(boss, stage, GROUP)
        for command in ("/forget", "/mydata"):
            await member.says(command, group)
            await member.expects(NOT_THEIRS, chat=group)
        await boss.says("/forget", group)
        asked = await boss.expects(SURE, chat=group)
        assert "Це стосується всієї групи" in asked.text
        for button in ("forget:yes", "forget:no"):
            assert (await member.presses(button, asked, chat=group)).text == NOT_THEIRS
        assert traces(stage, str(GROUP)) != set()
        await boss.presses("Забути все", asked, chat=group)
        await boss.expects(DONE, chat=group)
    assert traces(stage, str(GROUP), *MINE) == set()


async def test_a_file_that_still_waits_goes_as_well(stage: World) -> None:
    reader = reader_in(stage)
    async with stage.bot():
        await lives(reader, stage)
        hold = stage.telegram.holds.add("arrived", method="getFile")
        for name in ("one.opml", "two.opml"):
            await reader.sends_file(name, b"<opml version='2.0'><body/></opml>")
        await hold.catches()
        await reader.says("/forget")
        asked = await reader.expects(SURE)
        await reader.presses("Забути все", asked)
        await reader.expects(DONE)
        hold.let_go()
        # What was being read ends; the second file is nobody's any more.
        await reader.expects("У файлі немає жодної стрічки")
    assert traces(stage, *MINE) == set()
    assert hold.caught == 1


async def test_a_broadcast_of_a_forgotten_admin_names_nobody(world: World) -> None:
    admin = reader_in(world, ADMIN)
    await admin.says("/broadcast Вітаю всіх")
    await admin.presses("Надіслати", await admin.expects("Надіслати це"))
    await admin.expects(re.compile(r"^Вітаю всіх"))
    await admin.says("/forget")
    await admin.presses("Забути все", await admin.expects(SURE))
    await admin.expects(DONE)
    with closing(sqlite3.connect(world.folder / "visnyk.db")) as database:
        kept = database.execute("SELECT author, key, text FROM broadcasts").fetchall()
    assert kept == [(0, "forgotten 1", "Вітаю всіх")]
