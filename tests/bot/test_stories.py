"""Stories as a reader sees them: what most outlets tell, what is related and why, what a story is made of."""

import pytest

from sandbox.telegram import Message, Player
from tests.bot.world import World
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE


@pytest.fixture
async def told(world: World) -> tuple[Player, Message]:
    """Somebody to whom one event was told by two outlets and another by one; the message of the first event."""
    reader = world.telegram.user(7, language_code="uk")
    for outlet in ("bereg", "misto"):
        await reader.says(f"/sub {world.feed(outlet)}")
        await reader.expects("Ви стежите за")
    shown = []
    for outlet, story, told in (
        ("bereg", FERRY, FERRY.title),
        ("misto", FERRY_AGAIN, "також: Місто Сьогодні"),
        ("misto", WHALE, WHALE.title),
    ):
        world.newsroom.publish(outlet, title=story.title, lead=story.text)
        shown.append(await reader.expects(told))
    return reader, shown[1]


async def test_top_counts_outlets_and_names_them(world: World, told: tuple[Player, Message]) -> None:
    reader, _ = told
    await reader.says("/top 2")
    shown = (await reader.expects("Про що пишуть найбільше · за 2 години")).text
    assert shown.index(FERRY.title) < shown.index(WHALE.title)
    assert FERRY_AGAIN.title not in shown
    names = [world.newsroom.outlet(slug).profile.name for slug in ("bereg", "misto")]
    assert ", ".join(names) in shown


@pytest.mark.parametrize("hours", ["0", "169", "-1", "24h", "many", "9" * 30])
async def test_top_of_no_number_of_hours_says_what_to_send(world: World, hours: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/top {hours}")
    await reader.expects("число від 1 до 168")


async def test_top_takes_the_unit_too(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/top 3 години")
    await reader.expects("За 3 години новин немає")


async def test_top_of_nothing_says_so(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/top")
    await reader.expects("За 24 години новин немає")


APART = (
    "Пекарня змінила вивіску",
    "Кіт Мурчик знайшов ключ",
    "Оркестр грає на вокзалі",
    "Врожай гарбузів здивував агрономів",
    "Шахісти зіграли внічию",
    "Бібліотека купує мапи",
    "Рибалки скаржаться на тумани",
    "Хокеїсти отримали ковзани",
    "Поштарка святкує ювілей",
    "Астрономи чекають комету",
    "Трамвай помалювали діти",
    "Водолази підняли дзвін",
)


async def test_top_is_leafed_through(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    for title in APART:
        world.newsroom.publish("bereg", title=title, lead=f"{title}, кажуть очевидці.")
    await reader.expects(APART[-1])
    await reader.says("/top 2")
    first = await reader.expects("Про що пишуть найбільше")
    await reader.presses("▶", first)
    second = await reader.expects("11. ")
    assert second.id == first.id
    seen = [title for title in APART if (title in first.text) != (title in second.text)]
    assert len(seen) == len(APART)
    await world.forge(reader, second, "top:x:9")
    await reader.expects("число від 1 до 168")


async def test_related_tells_its_reasons_when_asked(told: tuple[Player, Message]) -> None:
    reader, push = told
    await reader.presses("Схоже", push)
    related = await reader.expects("Про те саме")
    assert FERRY_AGAIN.title in related.text
    assert "спільне" not in related.text
    await reader.presses("Чому", related)
    explained = await reader.expects("спільне:")
    assert explained.id == related.id
    assert "Порт-Ембером, Заріччям" in explained.text


async def test_related_takes_an_address(world: World, told: tuple[Player, Message]) -> None:
    reader, _ = told
    link = world.newsroom.outlet("bereg").articles[-1].address(world.press_url)
    await reader.says(f"/related {link}?utm_source=telegram")
    assert FERRY_AGAIN.title in (await reader.expects("Про те саме")).text
    await reader.says("/related https://nowhere.example/article")
    await reader.expects("Не знаю статті за цією адресою")


async def test_a_story_is_told_by_its_reports_and_explains_itself_when_asked(told: tuple[Player, Message]) -> None:
    reader, push = told
    await reader.says("/story", reply_to=push.id)
    listed = await reader.expects("🧩 Хто про це пише · 2 новини")
    assert f"2. {FERRY_AGAIN.title}\n   Місто Сьогодні, " in listed.text
    assert "схожість" not in listed.text
    await reader.presses("Чому", listed)
    explained = await reader.expects("схожість 0.")
    assert explained.id == listed.id
    assert f"✓ {FERRY_AGAIN.title}" in explained.text
    await reader.says("/story")
    await reader.expects("Яка подія?")
