"""How much is told under a headline, as each chat wants it, through Telegram."""

import pytest

from sandbox.telegram import Player
from tests.bot.world import World

FIRST = "Перший трамвай вийшов на маршрут о шостій ранку."
SECOND = (
    "Водійка Олена Гай провезла дванадцять пасажирів і одного кота, якому дали квиток зі знижкою за гарну поведінку."
)
LEAD = f"{FIRST} {SECOND}"
BODY = (
    "Рейки клали одинадцять років.",
    "До літа маршрут подовжать до Липової вулиці, де чекають ще дві тисячі мешканців.",
)


async def follows(world: World) -> Player:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    return reader


async def pushed(world: World, reader: Player, title: str) -> str:
    """What stands under this headline."""
    world.newsroom.publish("bereg", title=title, lead=LEAD, body=BODY)
    return (await reader.expects(title)).text.partition("\n\n")[2]


async def test_a_length_is_chosen_by_a_button_and_kept(world: World) -> None:
    reader = await follows(world)
    assert await pushed(world, reader, "Трамвай поїхав") == LEAD
    await reader.says("/summary")
    told = await reader.expects("Під заголовком викладаю новину щонайбільше в 300 знаках.")
    await reader.presses("Короткий", told)
    assert (await reader.expects("щонайбільше в 150 знаках")).id == told.id
    assert await pushed(world, reader, "Трамвай доїхав") == FIRST
    await reader.presses("Без викладу", told)
    await reader.expects("Надсилаю самі заголовки")
    assert await pushed(world, reader, "Трамвай вернувся") == ""


async def test_another_chats_length_stays_as_it_was(world: World) -> None:
    reader, other = await follows(world), world.telegram.user(8, language_code="uk")
    await other.says(f"/sub {world.feed('bereg')}")
    await other.expects("Ви стежите за")
    await reader.says("/summary 150")
    await reader.expects("щонайбільше в 150 знаках")
    assert await pushed(world, reader, "Трамвай поїхав") == FIRST
    assert (await other.expects("Трамвай поїхав")).text.endswith(LEAD)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("long", "600 знаках"),
        ("Довго", "600 знаках"),
        ("300", "300 знаках"),
        ("ні", "самі заголовки"),
        ("0", "самі заголовки"),
        ("7", "Якої довжини?"),
        ("-1", "Якої довжини?"),
        ("short please", "Якої довжини?"),
        ("<b>", "Якої довжини?"),
    ],
)
async def test_a_length_may_be_typed_in_words_or_characters(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/summary {typed}")
    await reader.expects(answer)
