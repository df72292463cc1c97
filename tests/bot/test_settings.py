"""How news comes, as each chat wants it and from some sources otherwise, through Telegram."""

import asyncio

import pytest

from sandbox.telegram import Message, Player, acts
from tests.bot.test_opml import file_in
from tests.bot.world import World
from tests.news.test_story import FERRY, FERRY_AGAIN

HEAD = "Як сюди надходять новини"
OF_BEREG = "Вільний Берег: як надходять новини"


async def follows(world: World, *slugs: str, user: int = 7) -> Player:
    reader = world.telegram.user(user, language_code="uk")
    for slug in slugs:
        await reader.says(f"/sub {world.feed(slug)}")
        await reader.expects("Ви стежите за")
    return reader


async def pushed(world: World, reader: Player, slug: str, title: str, lead: str = "Усі чекали цього.") -> Message:
    world.newsroom.publish(slug, title=title, lead=lead)
    return await reader.expects(title)


async def pressed(world: World, user: int, message: Message, data: str) -> str:
    """Press a button that the message may not even have; gives the toast."""
    query = acts.press(world.telegram, user, message, data)
    async with asyncio.timeout(10):
        await query.answered.wait()
    return query.answers[0].text


async def test_a_chat_chooses_and_one_source_has_it_otherwise(world: World) -> None:
    reader = await follows(world, "bereg", "misto")
    await reader.says("/settings")
    chats = await reader.expects(HEAD)
    for button, told in (("Без звуку", "• Без звуку"), ("Без викладу", "• Самі заголовки"), ("Хештеги", "хештегом")):
        await reader.presses(button, chats)
        assert (await reader.expects(told)).id == chats.id
    await reader.says("/settings 1")
    its = await reader.expects(OF_BEREG)
    assert "• Самі заголовки, без викладу (як у чаті)" in its.text
    await reader.presses("Звичайний", its)
    await reader.expects("• Виклад – щонайбільше 300 знаків\n")
    await reader.presses("✓ Без звуку", its)
    assert (await reader.expects("• Зі звуком\n")).id == its.id
    loud = await pushed(world, reader, "bereg", "Пором відплив")
    hushed = await pushed(world, reader, "misto", "Музей шукає літеру «Ґ»", "Її загубили навесні.")
    assert (loud.silent, hushed.silent) == (False, True)
    assert loud.text.endswith("Усі чекали цього.\n\n#ВільнийБерег")
    assert hushed.text.endswith("\n\n#МістоСьогодні")
    assert "загубили" not in hushed.text
    await reader.presses("Усе, як у чаті", its)
    await reader.expects("• Самі заголовки, без викладу (як у чаті)")
    assert (await pushed(world, reader, "bereg", "Зоопарк відчинено", "Прийшли діти.")).silent
    await reader.presses("Усе як спочатку", chats)
    assert (await reader.expects("• Виклад – щонайбільше 300 знаків\n")).id == chats.id


async def test_the_short_ways_change_the_same(world: World) -> None:
    reader = await follows(world)
    for command in ("/summary коротко", "/reports всі"):
        await reader.says(command)
        await reader.expects("")
    await reader.says("/settings")
    told = (await reader.expects(HEAD)).text
    assert "• Виклад – щонайбільше 150 знаків" in told
    assert "• Кожна новина про подію – окремо" in told


async def test_a_source_has_another_name_in_pushes_and_the_list_and_hashtags_of_its_own(world: World) -> None:
    reader = await follows(world, "bereg")
    push = await pushed(world, reader, "bereg", "Пором відплив")
    await reader.says("/settings назва Наш <b>берег</b>", reply_to=push)
    await reader.expects("Наш берег: як надходять новини")
    await reader.says("/settings 1 теги #море, #24 порт-2")
    await reader.expects("• Наприкінці – назва видання хештегом #море #порт2")
    told = await pushed(world, reader, "bereg", "Пором повернувся")
    assert "\nНаш берег · " in told.text
    assert told.text.endswith("#НашБерег #море #порт2")
    await reader.says("/list")
    assert "1. Наш берег" in (await reader.expects("1 джерело")).text
    await reader.says("/settings 1 title")
    await reader.expects(OF_BEREG)


async def test_without_a_preview_a_push_has_none_and_gets_none_when_it_is_changed(world: World) -> None:
    reader = await follows(world, "bereg", "misto")
    await reader.says("/settings")
    chats = await reader.expects(HEAD)
    for button, told in (("Перегляд сторінки", "Без перегляду"), ("Картинки", "Без картинок")):
        await reader.presses(button, chats)
        await reader.expects(told)
    world.newsroom.publish("bereg", title=FERRY.title, lead=FERRY.text)
    push = await reader.expects(FERRY.title)
    assert push.body["link_preview_options"] == {"is_disabled": True}
    world.newsroom.publish("misto", title=FERRY_AGAIN.title, lead=FERRY_AGAIN.text)
    changed = await reader.expects("також: Місто Сьогодні")
    assert (changed.id, changed.body["link_preview_options"]) == (push.id, {"is_disabled": True})


async def test_a_source_may_come_at_once_although_the_chat_has_digests(world: World) -> None:
    reader = await follows(world, "bereg", "misto")
    await reader.says("/digest 4:44 нд")
    await reader.expects("дайджестом")
    await reader.says("/settings 1")
    its = await reader.expects("• Разом із дайджестами")
    await reader.presses("Одразу", its)
    await reader.expects("• Одразу, не чекаючи дайджестів")
    world.newsroom.publish("misto", title="Це зачекає", lead="До неділі.")
    await pushed(world, reader, "bereg", "Це не чекає")
    assert not any("Це зачекає" in message.text for message in reader.messages())


async def test_settings_go_out_and_come_in_with_a_file(world: World) -> None:
    reader, other = await follows(world, "bereg", "misto"), world.telegram.user(8, language_code="uk")
    await reader.says("/settings 1 title Мій берег")
    its = await reader.expects("Мій берег: як надходять новини")
    await reader.presses("Без звуку", its)
    await reader.expects("• Без звуку\n")
    await reader.says("/filter 2 музей, -футбол")
    await reader.expects("пропускає фільтр")
    await reader.says("/export")
    await other.sends_file("feeds.opml", file_in(world, await reader.expects("2 джерела.")))
    await other.expects("Додано 2 джерела.")
    await other.says(f"/filter {world.feed('misto')}")
    await other.expects("пропускає фільтр: музей, -футбол")
    push = await pushed(world, other, "bereg", "Пором відплив")
    assert (push.silent, "\nМій берег · " in push.text) == (True, True)
    assert not (await pushed(world, other, "misto", "Музей шукає літеру «Ґ»", "Її загубили навесні.")).silent


# Whose they are


async def test_in_a_group_administrators_alone_open_and_press_them(world: World) -> None:
    admin, member = (world.telegram.user(number, language_code="uk") for number in (5, 7))
    chat = world.telegram.group(-100200, admins=[admin], members=[member])
    await admin.says(f"/sub {world.feed('bereg')}", chat)
    await admin.expects("Ви стежите за", chat=chat)
    for command in ("/settings", "/settings 1 title Z", "/lang en"):
        await member.says(command, chat)
        await member.expects("Це можуть змінити лише", chat=chat)
    await admin.says("/settings 1", chat)
    its = await admin.expects(OF_BEREG, chat=chat)
    for data in ("set:1:silent:on", "set:1:reset", "set:1", "set", "set::silent:on", "lang:en", "lang"):
        assert "Це можуть змінити лише" in await pressed(world, 7, its, data)
    await admin.presses("Без звуку", its, chat=chat)
    await admin.expects("• Без звуку\n", chat=chat)


@pytest.mark.parametrize(
    "data", ["set:1:silent:on", "set:1:reset", "set:1", "set:99:pictures:off", "set:-1:x", "set:1:1:1:1"]
)
async def test_nobody_reaches_anothers_source(world: World, data: str) -> None:
    await follows(world, "bereg")
    stranger = world.telegram.user(8, language_code="uk")
    await stranger.says("/settings")
    mine = await stranger.expects(HEAD)
    assert await pressed(world, 8, mine, data) == "Ви вже не стежите за цим джерелом."


@pytest.mark.parametrize(
    "data", ["set::silent:maybe", "set::summary_length:7", "set::at_once:on", "set::tags:on", "set::id:1", "set::"]
)
async def test_a_press_that_makes_no_sense_changes_nothing(world: World, data: str) -> None:
    reader = await follows(world)
    await reader.says("/settings")
    before = await reader.expects(HEAD)
    assert await pressed(world, 7, before, data) == ""
    await reader.says("/settings")
    assert (await reader.expects(HEAD)).text == before.text


async def test_a_menus_press_opens_the_settings_in_a_message_of_their_own(world: World) -> None:
    reader = await follows(world, "bereg")
    push = await pushed(world, reader, "bereg", "Пором відплив")
    for data, head in (("set:1", OF_BEREG), ("set", HEAD)):
        await pressed(world, 7, push, data)
        assert (await reader.expects(head)).id != push.id


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("9", "Ви не стежите за «9»."),
        ("example.com <b>", "Ви не стежите за «example.com <b>»."),
        ("title Назва", "Яке саме джерело?"),
    ],
)
async def test_a_source_that_is_not_followed_is_told_so(world: World, typed: str, answer: str) -> None:
    reader = await follows(world)
    await reader.says(f"/settings {typed}")
    await reader.expects(answer)


# The language


async def test_a_language_is_chosen_in_its_own_name_and_spoken_at_once_in_answers_menus_and_news(world: World) -> None:
    reader = await follows(world, "bereg")
    await reader.says("/lang")
    asked = await reader.expects("Мова тут: Українська.")
    await reader.presses("English", asked)
    assert (await reader.expects("The language here: English.")).id == asked.id
    while seen(world, reader)["list"] != "what you follow":
        await world.telegram.changed.rung()
    await reader.says("/settings")
    await reader.expects("How news comes here")
    push = await pushed(world, reader, "bereg", "Пором відплив")
    assert push.button("🔗 Related")
    assert await pressed(world, 7, push, "lang") == ""
    assert (await reader.expects("The language here")).id != push.id


def seen(world: World, reader: Player) -> dict[str, str]:
    """The menu that a reader is shown."""
    shown = world.telegram.commands.seen_by(reader.id, "uk", world.telegram.chats[reader.id])
    return {one["command"]: one["description"] for one in shown}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("en", "The language here: English."),
        ("Англійська", "The language here: English."),
        ("ukrainian", "Мова тут: Українська."),
        ("клінгонська", "Мова тут: Українська."),
    ],
)
async def test_a_language_may_be_typed(world: World, typed: str, answer: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/lang {typed}")
    await reader.expects(answer)
