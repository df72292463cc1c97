"""When a chat is written to, as its readers say it through Telegram: digests, quiet hours, pauses, time zones."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.telegram import Player, acts
from sandbox.telegram.player import PATIENCE
from tests.bot.world import World

KYIV = ZoneInfo("Europe/Kyiv")


async def follows(world: World, user: int = 7) -> Player:
    reader = world.telegram.user(user, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    return reader


def hour(ahead: timedelta) -> str:
    """What the clock in Kyiv shows so long after now."""
    return f"{datetime.now(UTC).astimezone(KYIV) + ahead:%H:%M}"


def around_now() -> str:
    return f"{hour(timedelta(hours=-1))}-{hour(timedelta(hours=2))}"


def has(reader: Player, title: str) -> bool:
    return any(title in message.text for message in reader.messages())


# Digests


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Новини надходять одразу. Щоб надходили разом, надішліть години: /digest 9:00 18:30 будні"),
        ("9:00 18:30 будні", "Новини надходять дайджестом у будні: 09:00 і 18:30. Наступний: "),
        ("пн–пт о 9", "Новини надходять дайджестом у будні: 09:00."),
        ("9 18.30 weekends", "Новини надходять дайджестом у вихідні: 09:00 і 18:30."),
        ("20", "Новини надходять дайджестом щодня: 20:00."),
        ("8 пт-пн", "Новини надходять дайджестом: 08:00 (пн, пт, сб і нд)."),
        ("вимкнути", "Новини надходять одразу."),
        ("9 колись", "Не розумію «колись». Надішліть години, а за бажання й дні: /digest 9:00 18:30 будні"),
        ("<b>", "Не розумію «<b>»."),
        ("будні", "Надішліть години, а за бажання й дні"),
        ("1 2 3 4 5 6 7", "Щонайбільше шість дайджестів на день."),
    ],
)
async def test_digests_have_the_hours_that_are_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/digest {typed}")
    await reader.expects(answer)


async def test_digests_are_chosen_by_buttons_and_kept(world: World) -> None:
    reader, other = (world.telegram.user(user, language_code="uk") for user in (7, 8))
    await reader.says("/digest")
    told = await reader.expects("Новини надходять одразу.")
    await reader.presses("08:00, 20:00", told)
    assert (await reader.expects("щодня: 08:00 і 20:00. Наступний: ")).id == told.id
    await reader.presses("У будні", told)
    assert (await reader.expects("у будні: 08:00 і 20:00. Наступний: ")).id == told.id
    await reader.says("/digest")
    again = await reader.expects("у будні: 08:00 і 20:00.")
    assert again.id != told.id
    await other.says("/digest")
    await other.expects("Новини надходять одразу.")
    await reader.presses("Одразу", again)
    await reader.expects("Новини надходять одразу.")
    # The days of the older message say nothing any more.
    await reader.presses("✓ У будні", told)
    assert (await reader.expects("Новини надходять одразу.")).id == told.id


async def test_an_english_reader_is_told_in_english(world: World) -> None:
    reader = world.telegram.user(7, language_code="en")
    await reader.says("/digest 9am 6:30 pm mon-fri")
    await reader.expects("News comes as a digest, on weekdays at 09:00 and 18:30. The next one: ")
    await reader.says("/digest 9 mon, wed")
    await reader.expects("at 09:00 (Mon and Wed).")


async def test_what_is_new_waits_for_the_digest_and_comes_when_it_is_called_off(world: World) -> None:
    reader, other = await follows(world), await follows(world, 8)
    await reader.says(f"/digest {hour(timedelta(hours=2))}")
    await reader.expects("Новини надходять дайджестом щодня")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await other.expects("Трамвай поїхав")
    await reader.says("/digest")
    await reader.expects("Новини надходять дайджестом щодня")
    assert not has(reader, "Трамвай поїхав")
    await reader.says("/digest off")
    await reader.expects("Трамвай поїхав")


# Quiet hours


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Новини можуть надійти о будь-якій годині. Для тихих ночей: /quiet 22:00-7:00"),
        ("22:00-7:00", "З 22:00 до 07:00 тихо: новини за ці години надійдуть потім дайджестом."),
        ("з 23 до 8", "З 23:00 до 08:00 тихо"),
        ("ні", "Новини можуть надійти о будь-якій годині."),
        ("22", "З котрої до котрої?"),
        ("22-7 завжди", "Не розумію «завжди». З котрої до котрої?"),
        ("22-22", "Тихі години не можуть закінчитися тоді ж, коли починаються."),
    ],
)
async def test_quiet_hours_are_those_that_are_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/quiet {typed}")
    await reader.expects(answer)


async def test_quiet_hours_are_chosen_by_buttons_and_kept(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/quiet")
    told = await reader.expects("Новини можуть надійти о будь-якій годині.")
    await reader.presses("23:00–08:00", told)
    assert (await reader.expects("З 23:00 до 08:00 тихо: новини")).id == told.id
    await reader.says("/digest 9")
    await reader.expects("щодня: 09:00")
    await reader.says("/quiet")
    again = await reader.expects("З 23:00 до 08:00 тихо, крім дайджестів")
    await reader.presses("Без тихих годин", again)
    assert (await reader.expects("Новини можуть надійти о будь-якій годині.")).id == again.id


async def test_what_is_new_waits_for_the_end_of_quiet_hours(world: World) -> None:
    reader, other = await follows(world), await follows(world, 8)
    await reader.says(f"/quiet {around_now()}")
    await reader.expects("тихо")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await other.expects("Трамвай поїхав")
    await reader.says("/quiet")
    await reader.expects("тихо")
    assert not has(reader, "Трамвай поїхав")
    await reader.says("/quiet off")
    await reader.expects("Трамвай поїхав")


async def test_outside_quiet_hours_what_is_new_comes_at_once(world: World) -> None:
    reader = await follows(world)
    await reader.says(f"/quiet {hour(timedelta(hours=2))}-{hour(timedelta(hours=4))}")
    await reader.expects("тихо")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await reader.expects("Трамвай поїхав")


# Pauses


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Новини надходять, як завжди. На скільки замовкнути?"),
        ("2 год", "Мовчу до "),
        ("до 8:00", "08:00; закінчити раніше – /resume. Новин за цей час не надсилаю."),
        ("до завтра зберігати", "08:00; закінчити раніше – /resume. Новини за цей час надійдуть потім дайджестом."),
        ("назавжди", "Мовчу, доки не надішлете /resume. Новин за цей час не надсилаю."),
        ("вимкнути", "Новини надходять, як завжди."),
        ("до 2020-01-01", "Це вже минуло."),
        ("8", "Не розумію «8». На скільки?"),
        ("<i>", "Не розумію «<i>»."),
    ],
)
async def test_a_pause_is_as_long_as_it_is_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/pause {typed}")
    await reader.expects(answer)


async def test_a_pause_is_chosen_and_ended_by_buttons(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/pause")
    told = await reader.expects("На скільки замовкнути?")
    await reader.presses("На годину", told)
    assert (await reader.expects("Новин за цей час не надсилаю.")).id == told.id
    await reader.presses("Потім дайджестом", told)
    assert (await reader.expects("Новини за цей час надійдуть потім дайджестом.")).id == told.id
    await reader.says("/pause")
    again = await reader.expects("Новини за цей час надійдуть потім дайджестом.")
    assert again.id != told.id
    await reader.presses("Не надсилати", again)
    await reader.expects("Новин за цей час не надсилаю.")
    await reader.presses("Закінчити паузу", again)
    assert (await reader.expects("На скільки замовкнути?")).id == again.id
    await reader.says("/resume")
    await reader.expects("Паузи немає: новини надходять, як завжди.")


async def test_what_comes_in_a_pause_is_not_sent_afterwards(world: World) -> None:
    reader, other = await follows(world), await follows(world, 8)
    await reader.says("/pause 2h")
    await reader.expects("Мовчу до ")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await other.expects("Трамвай поїхав")
    await reader.says("/resume")
    await reader.expects("Паузу закінчено: новини надходять, як завжди.")
    world.newsroom.publish("bereg", title="Пором відчалив")
    await reader.expects("Пором відчалив")
    assert not has(reader, "Трамвай поїхав")


async def test_what_comes_in_a_pause_may_be_kept(world: World) -> None:
    reader, other = await follows(world), await follows(world, 8)
    await reader.says("/pause keep")
    await reader.expects("Мовчу, доки не надішлете /resume. Новини за цей час надійдуть потім дайджестом.")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await other.expects("Трамвай поїхав")
    assert not has(reader, "Трамвай поїхав")
    await reader.says("/resume")
    await reader.expects("Трамвай поїхав")


async def test_a_press_that_nobody_was_offered_changes_nothing(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    for command, presses in {
        "/digest": ("digest:25", "digest:weekdays", "digest:", "digest"),
        "/quiet": ("quiet:<b>", "quiet:22-22", "quiet:"),
        "/pause": ("pause:yesterday", "pause:keep", "pause:0h", "pause:"),
        "/timezone": ("zone:Nowhere/Here", "zone:../etc/passwd", "zone:США", "zone:"),
    }.items():
        await reader.says(command)
        told = await reader.expects("")
        for press in presses:
            query = acts.press(world.telegram, reader.id, told, press)
            await asyncio.wait_for(query.answered.wait(), PATIENCE)
        await reader.says("/help")
        await reader.expects("Ваш спокій")
        assert told.text in [message.text for message in reader.messages()]
        await reader.says(command)
        await reader.expects(told.text)


# Time zones


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Ваш часовий пояс: Київ, там зараз "),
        ("Europe/Warsaw", "Ваш часовий пояс: Варшава, там зараз "),
        ("варшава", "Ваш часовий пояс: Варшава, там зараз "),
        ("New York", "Ваш часовий пояс: Нью-Йорк, там зараз "),
        ("UTC+3", "Ваш часовий пояс: UTC+3, там зараз "),
        ("+3", "У ньому немає літнього часу; якщо у вас він є, назвіть місто."),
        ("Атлантида", "Не знаю місця «Атлантида»."),
        ("<b>", "Не знаю місця «<b>»."),
        ("США", "Який саме?"),
    ],
)
async def test_a_time_zone_is_found_by_what_is_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/timezone {typed}")
    await reader.expects(answer)


async def test_of_several_time_zones_one_is_chosen_and_kept(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/digest 9")
    await reader.expects("Годинник: Київ; змінити – /timezone.")
    await reader.says("/timezone США")
    asked = await reader.expects("Який саме?")
    await reader.presses("zone:America/Chicago", asked)
    assert (await reader.expects("Ваш часовий пояс: Чікаґо")).id == asked.id
    await reader.says("/digest")
    await reader.expects("щодня: 09:00. Наступний: ")
    await reader.says("/quiet 22-7")
    await reader.expects("Годинник: Чікаґо; змінити – /timezone.")


async def test_hours_go_by_the_chats_own_clock(world: World) -> None:
    """It is quiet in Kyiv now, and no longer once the clock is another one."""
    reader = await follows(world)
    await reader.says(f"/quiet {around_now()}")
    await reader.expects("тихо")
    await reader.says("/timezone Asia/Kolkata")
    await reader.expects("Ваш часовий пояс: Колката")
    world.newsroom.publish("bereg", title="Трамвай поїхав")
    await reader.expects("Трамвай поїхав")
