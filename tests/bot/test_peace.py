"""The reader's peace, with the whole bot: one story is one push, a correction a silent edit, a burst one list, and what
came in a pause a digest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from news.chat import Address
from sandbox.newsroom import Article
from sandbox.telegram import Fault, Message, Player
from storage.database import open_database
from storage.store import Store, store_on
from tests.bot.world import World
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE

READER = 7


@asynccontextmanager
async def store_of(world: World) -> AsyncIterator[Store]:
    """The bot's own database, beside it."""
    database = await open_database(world.environment()["DATABASE_URL"])
    try:
        yield store_on(database)
    finally:
        await database.close()


async def follower(world: World, *outlets: str, language: str = "uk") -> Player:
    """Somebody who follows these outlets."""
    reader = world.telegram.user(READER, language_code=language)
    for outlet in outlets:
        await reader.says(f"/sub {world.feed(outlet)}")
        await reader.expects(world.newsroom.outlet(outlet).profile.name)
    return reader


async def burst_of(world: World, reader: Player, number: int) -> tuple[list[Article], Message]:
    """So many articles of one outlet at once; they, and the list in which the last of them came."""
    articles = [world.newsroom.publish_next("bereg") for _ in range(number)]
    return articles, await reader.expects(f"{number - 5} новини")


async def checked(world: World, outlet: str) -> None:
    """Wait until what was published by now is saved: the check after the next one begins when that one is."""
    await world.newsroom.requested(outlet, world.newsroom.outlet(outlet).requests + 2)


def pushed(world: World, title: str) -> int:
    """How many messages began with this title."""
    return sum(message.text.startswith(title) for message in world.telegram.sent)


def newest(world: World) -> Message:
    return world.telegram.messages(READER)[-1]


# One story, one push


async def test_a_later_report_joins_the_first_ones_message_silently(world: World) -> None:
    reader = await follower(world, "bereg", "misto")
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    push = await reader.expects(FERRY.title)
    world.newsroom.publish("misto", title=FERRY_AGAIN.title, lead=FERRY_AGAIN.text)
    changed = await reader.expects("також: Місто Сьогодні")
    assert changed.id == push.id
    assert changed.text == f"{push.text}\n\nтакож: Місто Сьогодні"
    assert changed.button("Схоже")
    assert pushed(world, FERRY_AGAIN.title) == 0
    assert [message.id for message in world.telegram.edited] == [push.id]


async def test_a_correction_changes_the_message_that_was_sent(world: World) -> None:
    reader = await follower(world, "bereg")
    article = world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    push = await reader.expects(FERRY.title)
    world.newsroom.correct(article, title="Нічний пором до Порт-Ембера відкрили в суботу")
    changed = await reader.expects("Нічний пором до Порт-Ембера відкрили в суботу")
    assert changed.id == push.id
    assert FERRY.title not in changed.text
    assert [message.id for message in world.telegram.sent if message.photo] == [push.id]


async def test_news_come_with_their_picture_and_without_it_where_that_fails(world: World) -> None:
    reader = await follower(world, "bereg")
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    assert (await reader.expects(FERRY.title)).photo
    world.telegram.add_fault(Fault("no_picture"))
    world.newsroom.publish("bereg", title=WHALE.title, lead=WHALE.text)
    push = await reader.expects(WHALE.title)
    assert not push.photo
    assert push.button("Схоже")


# A burst


async def test_the_sixth_article_of_a_burst_and_what_follows_come_as_a_list(world: World) -> None:
    reader = await follower(world, "bereg")
    articles, told = await burst_of(world, reader, 7)
    assert [pushed(world, article.title) for article in articles] == [1] * 5 + [0, 0]
    assert told.text == "\n".join(
        ["Вільний Берег · 2 новини за 1 хвилину", f"• {articles[5].title}", f"• {articles[6].title}"]
    )
    links = [entity["url"] for entity in told.entities if entity["type"] == "text_link"]
    assert links == [article.address(world.press_url) for article in articles[5:]]


async def test_related_to_a_list_asks_to_which(world: World) -> None:
    reader = await follower(world, "bereg")
    articles, told = await burst_of(world, reader, 7)
    asked = await reader.presses("Схоже", told)
    assert asked.text == "Яку саме? Натисніть її номер."
    numbered = await reader.expects(f"2. {articles[6].title}")
    assert numbered.id == told.id
    await reader.presses("2", numbered)
    assert articles[6].title in newest(world).text


@pytest.mark.parametrize(
    ("command", "answer"),
    [("/related", "{title}"), ("/story", "Хто про це пише"), ("/less", "Менше такого, як «{title}»")],
)
async def test_a_command_in_reply_to_a_list_asks_of_which(world: World, command: str, answer: str) -> None:
    reader = await follower(world, "bereg")
    articles, told = await burst_of(world, reader, 7)
    await reader.says(command, reply_to=told)
    asked = await reader.expects("Яку саме? Натисніть її номер.")
    assert f"1. {articles[5].title}\n2. {articles[6].title}" in asked.text
    await reader.presses("1", asked)
    assert (await reader.expects(articles[5].title)).id > asked.id


# A digest


@pytest.fixture
async def digest(stage: World) -> tuple[World, Player, Message]:
    """What came in a pause of somebody's, when it has ended; the bot is not at work."""
    async with stage.bot():
        reader = await follower(stage, "bereg", "misto")
    async with store_of(stage) as store:
        chat = await store.chats.find(Address("telegram", READER))
        assert chat is not None
        await store.chats.pause(chat.id, None, keep=True, now=datetime.now(UTC))
    async with stage.bot():
        stage.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
        for _ in range(6):
            stage.newsroom.publish_next("bereg")
        await checked(stage, "bereg")
        stage.newsroom.publish("misto", title=FERRY_AGAIN.title, lead=FERRY_AGAIN.text)
        await checked(stage, "misto")
    async with store_of(stage) as store:
        await store.chats.resume(chat.id, now=datetime.now(UTC))
    async with stage.bot():
        return stage, reader, await reader.expects("8 новин, 7 подій")


async def test_a_digest_tells_by_event_most_reported_first(digest: tuple[World, Player, Message]) -> None:
    _, _, told = digest
    first = f"1. {FERRY.title} – Вільний Берег, Місто Сьогодні\n   Нічний пором між Заріччям і Порт-Ембером вийшов"
    assert told.text.split("\n\n")[1].startswith(first)
    assert "\n\n5. " in told.text
    assert "\n\n6. " not in told.text


async def test_a_digest_is_leafed_through_after_a_restart(digest: tuple[World, Player, Message]) -> None:
    world, reader, told = digest
    async with world.bot():
        await reader.presses("▶", told)
        second = await reader.expects("\n\n7. ")
        assert second.id == told.id
        assert second.text.split("\n\n")[0] == told.text.split("\n\n")[0]
        await reader.presses("◀", second)
        assert (await reader.expects("1. ")).text == told.text


async def test_related_to_a_digest_asks_to_which(digest: tuple[World, Player, Message]) -> None:
    world, reader, told = digest
    async with world.bot():
        await reader.presses("Схоже", told)
        choosing = await reader.expects("8 новин, 7 подій")
        assert choosing.text == told.text
        await reader.presses("1", choosing)
        assert FERRY_AGAIN.title in (await reader.expects("Про те саме")).text
        await reader.says("/related", reply_to=told)
        asked = await reader.expects("Яку саме?")
        await reader.presses("▶", asked)
        assert (await reader.expects("\n\n7. ")).id == asked.id


async def test_a_digest_that_is_forwarded_or_forgotten_says_so(digest: tuple[World, Player, Message]) -> None:
    """A press in another chat finds nothing of this one's, whatever it carries."""
    world, _, told = digest
    stranger = world.telegram.user(8, language_code="uk")
    async with world.bot():
        await stranger.says("/list")
        there = await stranger.expects("ні за чим не стежите")
        there.body["reply_markup"] = told.reply_markup
        asked = await stranger.presses("▶", there)
        assert asked.text == "Ці новини вже не зберігаються."
    assert world.telegram.messages(8)[-1].text == there.text
