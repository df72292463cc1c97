"""Commands as a reader sees them, through Telegram."""

import re

import pytest

from tests.bot.world import ADMIN, World


async def test_nothing_old_is_pushed_and_a_new_article_is(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    fresh = world.newsroom.publish("bereg", title="Перший трамвай вийшов на маршрут", lead="Він поїхав о шостій.")
    await reader.expects(fresh.title)
    assert len(world.telegram.said(7)) == 2


async def test_a_page_that_names_its_feed_is_followed_and_a_second_chat_costs_no_fetch(world: World) -> None:
    first, second = world.telegram.user(7), world.telegram.user(8)
    await first.says(f"/sub {world.home('misto')}")
    await first.expects("Ви стежите за")
    world.newsroom.outlet("misto").hangs(everywhere=True)
    await second.says(f"/sub {world.home('misto')}")
    await second.expects("Ви стежите за")


async def test_without_a_summary_in_the_feed_it_comes_from_the_page(world: World) -> None:
    reader = world.telegram.user(7)
    await reader.says(f"/sub {world.feed('misto')}")
    await reader.expects("Ви стежите за")
    fresh = world.newsroom.publish_next("misto")
    push = await reader.expects(fresh.title)
    assert fresh.lead.split(". ")[0] in push.text
    assert "Facebook" not in push.text


async def test_a_correction_a_new_date_and_a_tracking_parameter_are_the_same_article(world: World) -> None:
    reader = world.telegram.user(7)
    await reader.says(f"/sub {world.feed('harbour')}")
    await reader.expects("Ви стежите за")
    article = world.newsroom.publish("harbour", title="Ferry sails at nine", lead="The ferry sails at nine today.")
    push = await reader.expects("Ferry sails at nine")
    world.newsroom.correct(article, title="Ferry sails at ten", link=f"{world.home('harbour')}x.html?utm_source=a")
    assert (await reader.expects("Ferry sails at ten")).id == push.id
    last = world.newsroom.publish("harbour", title="Museum opens", lead="The museum opens its doors.")
    await reader.expects(last.title)
    assert [said.id for said in world.telegram.said(7) if "at ten" in said.text] == [push.id]


async def test_search_leafs_and_buttons_work_in_place(world: World) -> None:
    reader = world.telegram.user(7, language_code="en")
    await reader.says(f"/sub {world.feed('harbour')}")
    await reader.expects("You now follow The Harbour Post")
    for number in range(7):
        world.newsroom.publish("harbour", title=f"Windmill number {number} repainted", lead=f"Paint {number}.")
    for number in (0, 1, 2, 3, 4, 6):  # from the sixth on they come in a list
        await reader.expects(f"Windmill number {number}")
    await reader.says("/search windmills")
    page = await reader.expects("🔎 windmills · 7 articles, best first")
    assert "1. Windmill number 6" in page.text
    await reader.presses("▶", page)
    edited = await reader.expects("Windmill number 0")
    assert edited.id == page.id
    assert "6. " in edited.text


async def test_search_shows_the_sentence_and_turns_by_its_buttons(world: World) -> None:
    reader, other = world.telegram.user(7, language_code="uk"), world.telegram.user(8, language_code="uk")
    await other.says(f"/sub {world.feed('misto')}")
    await other.expects("Ви стежите за")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    lead = "Зранку йшов дощ. Новий жираф приїхав до зоопарку."
    world.newsroom.publish("bereg", title="Жираф у місті: жираф удома", lead=lead)
    await reader.expects("Жираф у місті")
    world.newsroom.publish("bereg", title="Зоопарк зачинено", lead="Дощ ішов зранку. Утім жирафа нагодували.")
    await reader.expects("Зоопарк зачинено")
    await reader.says("/search жирафи -слон")
    page = await reader.expects("🔎 жирафи -слон · 2 новини, найкращі")
    assert page.text.index("Жираф у місті") < page.text.index("Зоопарк зачинено")
    assert "«Новий жираф приїхав до зоопарку.»" in page.text
    await reader.presses("Найновіші", page)
    turned = await reader.expects("2 новини, найновіші")
    assert turned.id == page.id
    assert turned.text.index("Зоопарк зачинено") < turned.text.index("Жираф у місті")
    await other.says("/search жираф")
    page = await other.expects("🔎 жираф · 2 новини")
    await other.presses("Мої джерела", page)
    mine = await other.expects("У ваших джерелах нічого немає")
    await other.presses("Усі джерела", mine)
    await other.expects("🔎 жираф · 2 новини")


async def test_a_misspelt_word_is_asked_about(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    world.newsroom.publish("bereg", title="Жирафа перевезли до Кракова", lead="Він спав усю дорогу.")
    await reader.expects("Жирафа перевезли")
    await reader.says("/search жирафф Краків")
    asked = await reader.expects("Можливо, ви мали на увазі це?")
    await reader.presses("🔎 жираф Краків", asked)
    await reader.expects("🔎 жираф Краків · 1 новина")


async def test_search_alone_explains_itself(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    for nothing in ("/search", "/search sort:new"):
        await reader.says(nothing)
        assert "від:3д" in (await reader.expects("Що знайти?")).text


async def test_nothing_found_says_so(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says("/search кенгуру")
    await reader.expects("За запитом «кенгуру» новин немає")


async def test_related_never_fills_up(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("Ви стежите за")
    lone = world.newsroom.publish("bereg", title="Жирафа Зою перевезли до Кракова", lead="Зоя спала всю дорогу.")
    push = await reader.expects(lone.title)
    await reader.presses("Схоже", push)
    await reader.expects("поки більше нічого немає")


async def test_a_blocked_chat_is_left_alone_and_start_restores_it(world: World) -> None:
    reader, other = world.telegram.user(7), world.telegram.user(8)
    for each in (reader, other):
        await each.says(f"/sub {world.feed('bereg')}")
        await each.expects("Ви стежите за")
    reader.blocks_bot()
    for title in ("Бібліотека відчинила нічну залу", "Пором до Кобилянки подорожчав"):
        world.newsroom.publish("bereg", title=title, lead="Коротко про головне.")
        await other.expects(title)
    tried = [call for call in world.telegram.calls if call.method.startswith("send") and call.status == 403]
    assert len(tried) <= 1
    reader.unblocks_bot()
    await reader.says("/start")
    await reader.expects("Вісник стежить")
    await reader.says("/list")
    await reader.expects("1 джерело")
    world.newsroom.publish("bereg", title="Третя новина вже з читачем", lead="Він повернувся.")
    await reader.expects("Третя новина")
    assert not [said for said in world.telegram.said(7) if said.text.startswith(("Бібліотека", "Пором"))]


async def test_admins_have_figures_and_for_others_they_do_not_exist(world: World) -> None:
    admin, reader = world.telegram.user(ADMIN, language_code="en"), world.telegram.user(7, language_code="en")
    for command, answer in (("/stats", "Feeds: 0"), ("/health", "Last update: ")):
        await admin.says(command)
        await admin.expects(answer)
        await reader.says(command)
        await reader.expects("There is no such command")
    await reader.says("/broadcast hello")
    await reader.expects("There is no such command")


async def test_figures_are_written_as_the_reader_writes_them(world: World) -> None:
    admin = world.telegram.user(ADMIN, language_code="uk")
    await admin.says("/health")
    told = await admin.expects("Запізнення опитувань: ")
    assert re.search(r"опитувань: \d+,\d с$", told.text, re.MULTILINE)


async def test_a_broadcast_asks_first_and_reaches_everybody_once(world: World) -> None:
    admin, reader = world.telegram.user(ADMIN, language_code="en"), world.telegram.user(7, language_code="en")
    await reader.says("/start")
    await reader.expects("Visnyk follows")
    await admin.says("/broadcast Maintenance at <b>nine</b> & no longer")
    asked = await admin.expects("Send this to 2 chats?")
    await admin.presses("Send", asked)
    await admin.expects("On its way to 2 chats")
    await reader.expects("Maintenance at <b>nine</b> & no longer")
    await admin.expects("Maintenance at <b>nine</b> & no longer")
    await reader.says("/help")
    await reader.expects("Sources")
    assert len(world.telegram.said(7)) == 3


async def test_a_broadcast_is_paid_for_where_the_operator_says_so(stage: World) -> None:
    stage.extra["PAID_BROADCAST"] = "true"
    async with stage.bot():
        admin = stage.telegram.user(ADMIN, language_code="en")
        await admin.says("/broadcast Maintenance at nine")
        await admin.presses("Send", await admin.expects("Send this to 1 chat?"))
        await admin.expects("Maintenance at nine")
    sent = [call.parameters for call in stage.telegram.calls if call.method == "sendMessage"]
    paid = [one["text"] for one in sent if one.get("allow_paid_broadcast")]
    assert paid == ["Maintenance at nine"]
    assert len(sent) > len(paid)


async def test_one_bad_feed_disturbs_no_other(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    for slug in ("bereg", "harbour"):
        await reader.says(f"/sub {world.feed(slug)}")
        await reader.expects("Ви стежите за")
    world.newsroom.outlet("harbour").hangs()
    await world.newsroom.requested("harbour")
    for title in ("Раз", "Два", "Три"):
        world.newsroom.publish("bereg", title=f"Новина {title}", lead="Лід новини.")
        await reader.expects(f"Новина {title}")


async def test_a_failing_feed_says_so_in_the_list(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    world.newsroom.outlet("bereg").fails_with(503)
    await reader.says(f"/sub {world.feed('bereg')}")
    await reader.expects("збій. Ви стежите за цим джерелом; наступна спроба")
    await reader.says("/list")
    await reader.expects("⚠️")
    world.newsroom.outlet("bereg").recovers()
    await world.newsroom.requested("bereg")
    await world.newsroom.requested("bereg")
    fresh = world.newsroom.publish("bereg", title="Сервер полагодили", lead="Стрічка знову читається.")
    await reader.expects(fresh.title)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_in_a_group_commands_are_answered_and_chatter_is_not(world: World, kind: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    chat = world.telegram.group(-100200, members=[reader], type=kind)
    await reader.says("Добрий день усім", chat)
    await reader.says("/list@other_bot", chat)
    await reader.says("/list@visnyk_bot", chat)
    await reader.expects("Ви ще ні за чим не стежите", chat=chat)
    assert len(world.telegram.said(-100200)) == 1
