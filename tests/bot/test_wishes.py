"""Filters, watches and "less like this" as a reader uses them, through Telegram."""

import pytest

from sandbox.telegram import Message, Player, acts
from tests.bot.world import World

BRIDGE = "Новий міст через Лиманку відкрили для трамваїв"
FOOTBALL = "Футболісти Заріччя виграли матч у Лиманки"
ELECTION = "Вибори мера Заріччя призначили на квітень"


async def reader_of(world: World, *outlets: str, number: int = 7) -> Player:
    reader = world.telegram.user(number, language_code="uk")
    for outlet in outlets:
        await reader.says(f"/sub {world.feed(outlet)}")
        await reader.expects("Ви стежите за")
    return reader


async def pushed(world: World, reader: Player, title: str, outlet: str = "bereg") -> Message:
    world.newsroom.publish(outlet, title=title, lead="Про це повідомили в неділю.")
    return await reader.expects(title)


def texts(world: World, reader: Player) -> str:
    return "\n".join(message.text for message in world.telegram.said(reader.id))


async def test_a_filter_is_tried_on_what_came_last_and_then_holds(world: World) -> None:
    reader = await reader_of(world, "bereg")
    await pushed(world, reader, FOOTBALL)
    await reader.says("/filter 1 вибори, мости лиманка, !футболісти")
    told = await reader.expects("надходить лише те, що пропускає фільтр: вибори, мости лиманка, -футболісти")
    assert f"– {FOOTBALL}" in told.text
    world.newsroom.publish("bereg", title="Матч із футболістами переніс дощ", lead="Футболісти чекають.")
    await pushed(world, reader, BRIDGE)
    assert "переніс дощ" not in texts(world, reader)
    await reader.says("/filter 1")
    told = await reader.expects("З останніх новин (5) надійшла б 1:")
    assert f"✓ {BRIDGE}" in told.text
    await reader.says("/filter")
    await reader.expects("1 фільтр")
    await reader.presses("Прибрати фільтр", told)
    assert (await reader.expects("надходить усе, без фільтра")).id == told.id
    await pushed(world, reader, "Футболісти святкують на площі")


async def test_in_reply_to_a_push_no_number_is_needed(world: World) -> None:
    reader = await reader_of(world, "misto", "bereg")
    push = await pushed(world, reader, BRIDGE)
    await reader.says("/filter -матч", reply_to=push)
    await reader.expects("З джерела Вільний Берег надходить лише те, що пропускає фільтр: -матч")
    await reader.says("/filter", reply_to=push)
    await reader.expects("фільтр: -матч")
    await reader.says("/filter вимкнути", reply_to=push)
    await reader.expects("З джерела Вільний Берег надходить усе")
    await reader.says(f"/filter {world.feed('bereg')} міст")
    await reader.expects("З джерела Вільний Берег надходить лише те, що пропускає фільтр: міст")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Фільтрів тут немає"),
        ("1", "надходить усе, без фільтра"),
        ("1 🔥", "Назвіть хоча б одне слово"),
        ("7 вибори", "Ви не стежите за «7»"),
        ("вибори, футбол", "Перед словами вкажіть його номер у /list"),
        ("nowhere.example вибори", "Ви не стежите за «nowhere.example»"),
        ("1 " + "слово, " * 60, "Текст задовгий"),
        ("1 <b>,</b>", "пропускає фільтр: b\n"),
    ],
)
async def test_whatever_is_typed_is_answered(world: World, typed: str, answer: str) -> None:
    reader = await reader_of(world, "bereg")
    await reader.says(f"/filter {typed}")
    await reader.expects(answer)


async def test_a_watch_reaches_past_filters_and_into_sources_of_others(world: World) -> None:
    reader, other = await reader_of(world, "bereg"), await reader_of(world, "misto", number=8)
    await reader.says("/filter 1 вибори")
    await reader.expects("пропускає фільтр: вибори")
    await reader.says("/watch трамвай")
    told = await reader.expects("Стежу за цим: трамвай\n\nТакі новини з ваших джерел")
    await pushed(world, reader, BRIDGE)
    await pushed(world, other, "Трамваї зупинилися на годину", "misto")
    await reader.presses("Усі джерела", told)
    assert (await reader.expects("Стежу за цим: трамвай\n\nТакі новини надходитимуть з усіх джерел")).id == told.id
    await pushed(world, reader, "Новому трамваю обирають ім'я", "misto")
    assert "зупинилися на годину" not in texts(world, reader)


async def test_watches_are_listed_and_ended_by_button_number_and_words(world: World) -> None:
    reader = await reader_of(world)
    for words in ("міст", "трамвай", "вибори мера"):
        await reader.says(f"/watch {words}")
        await reader.expects(f"Стежу за цим: {words}\n")
    await reader.says("/watches")
    listed = await reader.expects("Стежу за 3 запитами")
    await reader.presses("✕ 1", listed)
    assert (await reader.expects("Стежу за 2 запитами")).id == listed.id
    await reader.says("/unwatch вибори мера")
    await reader.expects("Більше не стежу за цим: вибори мера")
    await reader.says("/unwatch 1")
    await reader.expects("Більше не стежу за цим: трамвай")
    await reader.says("/unwatch 1")
    await reader.expects("За «1» тут не стежу.")
    await reader.says("/watches")
    await reader.expects("Слів, за якими стежити, тут немає.")


async def test_what_was_not_found_may_be_watched_for(world: World) -> None:
    reader = await reader_of(world)
    await reader.says("/search кенгуру")
    await reader.expects("Спробуйте інше слово або стежте за ним: /watch кенгуру")
    await reader.says("/search кенгуру lang:uk")
    await reader.expects("Спробуйте інше слово або менше слів.")


async def test_less_like_this_names_words_that_a_press_adds_and_takes_back(world: World) -> None:
    reader = await reader_of(world, "bereg")
    push = await pushed(world, reader, FOOTBALL)
    await reader.says("/less", reply_to=push)
    asked = await reader.expects(f"Менше такого, як «{FOOTBALL}»")
    await reader.presses("матч", asked)
    told = await reader.expects("Фільтр: -матч")
    assert told.id == asked.id
    assert "З останніх новин (3) не надійшла б 1." in told.text
    world.newsroom.publish("bereg", title="Матчі скасовано через дощ", lead="Дощ іде.")
    await pushed(world, reader, BRIDGE)
    assert "скасовано" not in texts(world, reader)
    await reader.presses("✓ матч", told)
    assert (await reader.expects("Менше такого")).id == asked.id
    await reader.says("/filter 1")
    await reader.expects("надходить усе, без фільтра")


async def test_less_in_reply_to_nothing_says_how(world: World) -> None:
    reader = await reader_of(world)
    await reader.says("/less")
    await reader.expects("Надішліть /less у відповідь")


async def test_a_forged_press_changes_nothing_of_others(world: World) -> None:
    reader, other = await reader_of(world, "bereg"), await reader_of(world, number=8)
    push = await pushed(world, reader, FOOTBALL)
    await reader.says("/filter 1 матч")
    await reader.expects("пропускає фільтр: матч")
    await reader.says("/watch трамвай")
    await reader.expects("Стежу за цим: трамвай")
    await other.says("/watch вибори")
    told = await other.expects("Стежу за цим: вибори")
    article = push.buttons[0]["callback_data"].partition(":")[2]
    presses = (
        "watch:1:end",
        "watch:1:all",
        "unwatch:1:0",
        "filter:1:off",
        f"less:{article}:0:+",
        "less:x:y",
        "filter:",
    )
    for data in (*presses, "watch:", "unwatch:9:9", "watches:99", "filters:-1", f"less:{article}:99:+"):
        query = acts.press(world.telegram, other.id, told, data)
        await query.answered.wait()
    await reader.says("/filter 1")
    await reader.expects("пропускає фільтр: матч")
    await reader.says("/watches")
    assert "1. трамвай\n" in (await reader.expects("Стежу за 1 запитом")).text


async def test_in_a_group_administrators_alone_set_filters_and_watches(world: World) -> None:
    admin, member = (world.telegram.user(number, language_code="uk") for number in (5, 7))
    chat = world.telegram.group(-100200, admins=[admin], members=[member], bot="member")
    for command in ("filter 1 міст", "watch міст", "unwatch 1", "less"):
        await member.says(f"/{command}", chat)
        await member.expects("Це можуть змінити лише адміністратори групи.", chat=chat)
    await admin.says("/watch міст", chat)
    told = await admin.expects("Стежу за цим: міст", chat=chat)
    refused = await member.presses("Більше не стежити", told, chat=chat)
    assert refused.text == "Це можуть змінити лише адміністратори групи."
    await member.says("/watches", chat)
    listed = await member.expects("Стежу за 1 запитом", chat=chat)
    assert (await member.presses("✕ 1", listed, chat=chat)).text == refused.text
