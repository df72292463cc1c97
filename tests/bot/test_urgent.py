"""Words whose news comes at once, as each chat wants them, through Telegram."""

import pytest

from sandbox.telegram import Player
from tests.bot.world import World


def reader_in(world: World, language: str = "uk") -> Player:
    return world.telegram.user(7, language_code=language)


async def test_words_are_taken_told_and_changed(world: World) -> None:
    reader = reader_in(world)
    await reader.says("/urgent")
    assert "/urgent обстріл, ракета Київ, -навчання" in (await reader.expects("Термінового тут немає")).text
    await reader.says("/urgent Тривога,  «повітряна тривога», ракета Київ, !навчання, заголовок:обстріл")
    told = "Термінове тут: «повітряна тривога», title:обстріл, ракета Київ, Тривога, -навчання\n"
    await reader.expects(told)
    await reader.says("/urgent")
    await reader.expects(told)
    await reader.says("/urgent вибори")
    await reader.expects("Термінове тут: вибори\n")


async def test_what_is_told_may_be_sent_back(world: World) -> None:
    reader = reader_in(world)
    await reader.says("/urgent тривога, обстріл -навчання")
    await reader.expects("Термінове тут: обстріл, тривога, -навчання\n")
    await reader.says("/urgent обстріл, тривога, -навчання")
    await reader.expects("Термінове тут: обстріл, тривога, -навчання\n")


async def test_a_button_switches_it_off_in_place(world: World) -> None:
    reader = reader_in(world, "en")
    await reader.says("/urgent shelling")
    told = await reader.expects("Urgent here: shelling")
    await reader.presses("Switch off", told)
    changed = await reader.expects("Nothing is urgent here")
    assert changed.id == told.id
    await reader.says("/urgent")
    assert (await reader.expects("Nothing is urgent here")).id != told.id


@pytest.mark.parametrize("typed", ["off", "Вимкнути", "ні", "NO"])
async def test_a_word_switches_it_off(world: World, typed: str) -> None:
    reader = reader_in(world)
    await reader.says("/urgent обстріл")
    await reader.expects("Термінове тут: обстріл")
    await reader.says(f"/urgent {typed}")
    await reader.expects("Термінового тут немає")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("!навчання", "Назвіть хоча б одне слово"),
        ("🔥", "Назвіть хоча б одне слово"),
        ("<b>,</b>", "Термінове тут: b\n"),
        ("слово, " * 60, "Текст задовгий: щонайбільше 400 знаків."),
        ("слово " * 66, "Термінове тут: слово\n"),
    ],
)
async def test_whatever_is_typed_is_answered(world: World, typed: str, answer: str) -> None:
    reader = reader_in(world)
    await reader.says(f"/urgent {typed}")
    await reader.expects(answer)


async def test_words_that_can_not_be_taken_leave_the_others(world: World) -> None:
    reader = reader_in(world)
    await reader.says("/urgent обстріл")
    await reader.expects("Термінове тут: обстріл")
    await reader.says("/urgent !обстріл")
    await reader.expects("Назвіть хоча б одне слово")
    await reader.says("/urgent")
    await reader.expects("Термінове тут: обстріл")


async def test_another_chats_words_stay_as_they_are(world: World) -> None:
    reader, other = reader_in(world), world.telegram.user(8, language_code="uk")
    for one in (reader, other):
        await one.says("/urgent обстріл")
        await one.expects("Термінове тут: обстріл")
    await reader.says("/urgent off")
    await reader.expects("Термінового тут немає")
    await other.says("/urgent")
    await other.expects("Термінове тут: обстріл")
