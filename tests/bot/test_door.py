"""How somebody begins: the greeting, what is proposed, links that lead here, and the way out again."""

import re

import pytest

from news.short_name import digest
from sandbox.telegram import Message, Player
from sandbox.telegram.acts import press
from tests.bot.world import ADMIN, World

ASKED = "Стежити за цим джерелом?"


def reader_in(world: World, user_id: int = 7) -> Player:
    return world.telegram.user(user_id, language_code="uk")


async def follows(reader: Player, address: str) -> None:
    await reader.says(f"/sub {address}")
    await reader.expects("Ви стежите за джерелом")


async def follows_nothing(reader: Player) -> None:
    await reader.says("/list")
    await reader.expects("Ви ще ні за чим не стежите")


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


# The greeting


async def test_a_greeting_is_two_sentences_and_three_buttons(world: World) -> None:
    reader, sailor = reader_in(world), world.telegram.user(8, language_code="en")
    await reader.says("/start")
    told = await reader.expects("Вісник стежить за новинами й надсилає їх сюди. Надішліть адресу сайту")
    assert labels(told) == ["➕ Додати джерело", "🔥 Популярні тут", "🌐 English"]
    await sailor.says("/start inline")
    assert labels(await sailor.expects("Visnyk follows the news"))[2] == "🌐 Українська"
    await reader.presses("➕", told)
    await reader.expects("Надішліть адресу сайту, стрічки чи публічного каналу")


# A bare address


async def test_an_address_is_shown_first_and_followed_at_a_press_and_nothing_old_is_pushed(world: World) -> None:
    reader = reader_in(world)
    await reader.says(world.home("bereg"))
    asked = await reader.expects(ASKED)
    newest = world.newsroom.outlet("bereg").newest
    assert asked.text.startswith("Вільний Берег\n")
    assert all(f"• {one.title}" in asked.text for one in newest[:3])
    assert labels(asked) == ["➕ Стежити", "Не зараз"]
    await follows_nothing(reader)
    await reader.presses("➕ Стежити", asked)
    told = await reader.expects("Ви стежите за джерелом Вільний Берег")
    assert told.id == asked.id
    fresh = world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться.")
    await reader.expects(fresh.title)
    assert not [said for said in world.telegram.said(7) if said.text.startswith(newest[1].title)]


async def test_not_now_leaves_no_trace(world: World) -> None:
    reader = reader_in(world)
    await reader.says("@bereg")
    await reader.presses("Не зараз", await reader.expects(ASKED))
    await reader.expects("Усе лишається, як було.")
    await follows_nothing(reader)
    admin = world.telegram.user(ADMIN, language_code="en")
    await admin.says("/stats")
    assert "Feeds: 0," in (await admin.expects("Visnyk in figures")).text


async def test_a_source_followed_already_says_so_and_opens_its_settings(world: World) -> None:
    reader = reader_in(world)
    await follows(reader, world.feed("bereg"))
    await reader.says(world.home("bereg"))
    told = await reader.expects("Ви вже стежите за джерелом Вільний Берег")
    assert [button["callback_data"] for button in told.buttons] == ["set:1"]


async def test_a_link_among_words_and_in_a_forwarded_post_of_a_closed_channel_is_proposed(world: World) -> None:
    reader = reader_in(world)
    await reader.says(f"Подивись: {world.home('bereg')}")
    await reader.expects("Вільний Берег")
    await reader.forwards("", f"Цікаве {world.home('misto')}")
    await reader.expects("Місто Сьогодні")
    await follows_nothing(reader)


async def test_an_article_that_is_kept_stands_for_its_outlet(world: World) -> None:
    reader, other = reader_in(world), reader_in(world, 8)
    await follows(other, world.feed("bereg"))
    fresh = world.newsroom.publish("bereg", title="Жирафа Зою перевезли", lead="Вона спала.")
    push = await other.expects(fresh.title)
    link = next(entity["url"] for entity in push.entities if "url" in entity)
    await reader.says(link)
    asked = await reader.expects(ASKED)
    assert labels(asked) == ["➕ Стежити", "Не зараз", "🔗 Схоже"]
    await other.says(link)
    assert labels(await other.expects("Ви вже стежите")) == ["⚙️ Налаштування", "🔗 Схоже"]


async def test_what_fails_now_may_be_followed_all_the_same(world: World) -> None:
    reader = reader_in(world)
    world.newsroom.outlet("bereg").fails_with(503)
    await reader.says(world.feed("bereg"))
    await reader.presses("➕ Стежити", await reader.expects("збій.\n\nУсе одно стежити?"))
    await reader.expects("збій. Ви стежите за цим джерелом; наступна спроба")


async def test_a_secret_is_never_kept_for_a_preview(world: World) -> None:
    reader = reader_in(world)
    secret = world.feed("bereg").replace("//", "//user:hush@")
    await reader.says(f"Ось {secret}")
    await reader.expects("Надішліть адресу сайту, щоб стежити за ним")
    await reader.says(secret)
    await reader.expects("інші його не бачать")


async def test_a_site_for_a_private_feed_is_asked_for_the_feeds_own_address(world: World) -> None:
    reader = reader_in(world)
    await reader.says(f"/sub {world.home('bereg')} private")
    await reader.expects("Для приватної надішліть адресу самої стрічки")


# Links


async def test_a_shared_link_proposes_and_follows_only_at_a_press(world: World) -> None:
    reader, friend = reader_in(world), reader_in(world, 8)
    await follows(reader, world.feed("bereg"))
    fresh = world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться.")
    push = await reader.expects(fresh.title)
    await reader.says("/share", reply_to=push)
    shared = await reader.expects("Вільний Берег: хто відкриє")
    payload = re.search(r"https://t\.me/visnyk_bot\?start=([A-Za-z0-9_-]{1,64})\n", shared.text)
    assert payload is not None
    to_send = [entity["url"] for entity in shared.entities if entity["type"] == "text_link"]
    assert to_send[0].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fvisnyk_bot%3Fstart%3D")
    await friend.says(f"/start {payload[1]}")
    asked = await friend.expects(ASKED)
    await follows_nothing(friend)
    await friend.presses("➕ Стежити", asked)
    await friend.expects("Ви стежите за джерелом Вільний Берег")


async def test_a_source_to_share_is_chosen_by_number_or_button_and_private_ones_are_not(world: World) -> None:
    reader = reader_in(world)
    await follows(reader, world.feed("bereg"))
    await follows(reader, f"{world.feed('misto')} private")
    await reader.says("/share")
    asked = await reader.expects("Яким джерелом поділитися?")
    assert labels(asked) == ["1. Вільний Берег"]
    await reader.presses("1. Вільний", asked)
    assert (await reader.expects("Вільний Берег: хто відкриє")).id == asked.id
    await reader.says("/share 2")
    await reader.expects("приватне джерело, тож посилання на нього немає")
    for payload in (
        "f1",
        "f2",
        f"f{digest(world.feed('misto'))}",
        f"f{'0' * 32}",
        "f",
        "f1x",
        "f١",
        "x" * 64,
        "f" + "9" * 40,
    ):
        await reader_in(world, 8).says(f"/start {payload}")
        await reader_in(world, 8).expects("Це посилання не веде до джерела.")


async def test_a_link_for_a_group_proposes_there_and_administrators_decide(world: World) -> None:
    admin, member = reader_in(world), reader_in(world, 8)
    await follows(admin, world.feed("bereg"))
    group = world.telegram.group(-100200, admins=[admin], members=[member])
    await member.says(f"/start@visnyk_bot f{digest(world.feed('bereg'))}", group)
    asked = await member.expects(ASKED, chat=group)
    assert "лише адміністратори" in (await member.presses("➕ Стежити", asked, chat=group)).text
    await admin.presses("➕ Стежити", asked, chat=group)
    await admin.expects("Ви стежите за джерелом Вільний Берег", chat=group)


# Popular here


OPML = """<opml version="2.0"><body>
<outline text="Міста"><outline text="Берег" xmlUrl="{bereg}"/><outline text="Місто" xmlUrl="{misto}"/></outline>
<outline text="Море"><outline text="Harbour" xmlUrl="{harbour}"/></outline></body></opml>"""


async def test_what_two_others_follow_is_popular_and_nobodys_single_choice_is_shown(world: World) -> None:
    reader, *others = (reader_in(world, number) for number in (7, 8, 9))
    for one in others:
        await follows(one, world.feed("bereg"))
    await follows(others[0], world.feed("misto"))
    await reader.says("/start")
    await reader.presses("🔥", await reader.expects("Вісник стежить"))
    shown = await reader.expects("За чим тут стежать найбільше")
    assert labels(shown) == ["Вільний Берег · 2"]
    assert (await world.forge(reader, shown, "pop:2")).text == "Цього джерела вже немає."
    await reader.presses("Вільний Берег", shown)
    await reader.presses("➕ Стежити", await reader.expects(ASKED))
    await reader.expects("Ви стежите за джерелом Вільний Берег")
    await reader.says("/start")
    await reader.presses("🔥", await reader.expects("Вісник стежить"))
    await reader.expects("Поки що нічого запропонувати.")


async def test_the_operators_catalogue_is_leafed_by_its_sections(stage: World) -> None:
    file = stage.folder / "feeds.opml"
    file.write_text(OPML.format(**{slug: stage.feed(slug) for slug in ("bereg", "misto", "harbour")}))
    stage.extra["CATALOGUE"] = str(file)
    async with stage.bot():
        reader = reader_in(stage)
        await reader.says("/start")
        await reader.presses("🔥", await reader.expects("Вісник стежить"))
        shown = await reader.expects("Що вас цікавить?")
        assert labels(shown) == ["Міста · 2", "Море · 1"]
        await reader.presses("Міста", shown)
        entries = await reader.expects("📚 Міста")
        assert (entries.id, labels(entries)) == (shown.id, ["Берег", "Місто", "📚 Каталог"])
        await reader.presses("Місто", entries)
        await reader.expects(ASKED)
        await reader.presses("📚 Каталог", entries)
        await reader.expects("Що вас цікавить?")


# Leaving, listing, asking


async def test_unsub_goes_by_a_push_and_by_buttons(world: World) -> None:
    reader = reader_in(world)
    for slug in ("bereg", "misto"):
        await follows(reader, world.feed(slug))
    fresh = world.newsroom.publish("bereg", title="Пором вийшов у море", lead="Він повернеться.")
    push = await reader.expects(fresh.title)
    await reader.says("/unsubscribe", reply_to=push)
    await reader.expects("Ви більше не стежите за джерелом Вільний Берег")
    await reader.says("/settings 1 title Моє Місто")
    await reader.expects("Моє Місто")
    await reader.says("/unfollow")
    asked = await reader.expects("За чим більше не стежити?")
    assert labels(asked) == ["1. Моє Місто"]
    await reader.presses("1. Моє Місто", asked)
    await reader.expects("Ви більше не стежите за джерелом Місто Сьогодні")


async def test_leaving_all_asks_first_and_for_the_number_that_was_asked_about(world: World) -> None:
    reader = reader_in(world)
    await follows(reader, world.feed("bereg"))
    await reader.says("/unsub_all")
    asked = await reader.expects("Більше не стежити за 1 джерелом?")
    await follows(reader, world.feed("misto"))
    await reader.presses("Більше ні за чим", asked)
    again = await reader.expects("Більше не стежити за жодним із 2 джерел?")
    assert again.id == asked.id
    await reader.presses("Більше ні за чим", again)
    await reader.expects("Ви більше ні за чим не стежите: було 2 джерела.")
    await follows_nothing(reader)


async def test_the_list_says_how_each_is_doing_and_its_numbers_open_settings(world: World) -> None:
    reader = reader_in(world)
    await follows(reader, world.feed("bereg"))
    await reader.says("/feeds")
    listed = await reader.expects("1 джерело")
    assert "Свіже. Прочитано" in listed.text
    assert [(button["text"], button["callback_data"]) for button in listed.buttons] == [("1", "set:1")]
    world.newsroom.outlet("bereg").fails_with(503)
    while "Не читається від" not in listed.text:
        await world.newsroom.requested("bereg")
        await reader.says("/list")
        listed = await reader.expects("1 джерело")


async def test_a_command_that_names_the_bot_is_answered_in_a_group_though_there_is_none(world: World) -> None:
    reader = reader_in(world)
    group = world.telegram.group(-100200, members=[reader])
    for typed in ("/nonsense", "/nonsense@visnyk_bot"):
        await reader.says(typed, group)
    await reader.expects("Такої команди немає.", chat=group)
    assert len(world.telegram.said(-100200)) == 1


async def test_rights_are_set_by_a_word_of_an_administrator(world: World) -> None:
    admin, member = reader_in(world), reader_in(world, 8)
    group = world.telegram.group(-100200, admins=[admin], members=[member])
    await member.says("/rights всі", group)
    await member.expects("лише адміністратори групи", chat=group)
    await admin.says("/rights усім", group)
    await admin.expects("Хто може?", chat=group)
    await admin.says("/rights всі", group)
    await admin.expects("можуть усі учасники", chat=group)
    await admin.says("/rights адміністратори", group)
    await admin.expects("можуть лише адміністратори", chat=group)


async def test_help_names_what_there_is_for_whoever_asks_where_they_ask(world: World) -> None:
    reader, operator = reader_in(world), world.telegram.user(ADMIN, language_code="uk")
    group = world.telegram.group(-100200, members=[reader, operator])
    await reader.says("/help")
    private = (await reader.expects("Ваші дані")).text
    await reader.says("/help", group)
    public = (await reader.expects("Ваші дані", chat=group)).text
    await operator.says("/help")
    own = (await operator.expects("Ваші дані")).text
    await operator.says("/help", group)
    assert "/stats" not in (await operator.expects("Ваші дані", chat=group)).text
    assert ("/rights" in private, "/story" in private, "/stats" in private) == (False, True, False)
    assert ("/rights" in public, "private" in public, "/stats" in own) == (True, False, True)


# Presses that nobody was offered


@pytest.mark.parametrize(
    "pressed",
    [
        "follow:999",
        "follow:1",
        "follow:",
        "follow:x",
        "unsub:1",
        "unsub:999",
        "unsub:x",
        "unsuball:1:1",
        "unsuball:yes",
        "share:1",
        "pop:1",
        "pop:x",
        "sec:0:abc",
        "sec::",
        "cat:99",
    ],
)
async def test_a_forged_press_changes_nothing(world: World, pressed: str) -> None:
    owner, forger = reader_in(world), reader_in(world, 8)
    await owner.says(world.home("misto"))
    await owner.expects(ASKED)
    await follows(owner, f"{world.feed('bereg')} private")
    await forger.says("/start")
    told = await forger.expects("Вісник стежить")
    query = press(world.telegram, forger.id, told, pressed)
    await query.answered.wait()
    await follows_nothing(forger)
    await owner.says("/list")
    await owner.expects("1 джерело")


@pytest.mark.parametrize(
    ("command", "payload", "there"),
    [
        ("/saved", "saved", "Ще нічого не збережено"),
        ("/channels", "channels", "Щоб новини надходили в канал"),
        ("/sub https://user:pass@example.com/feed", "private", "Вісник стежить за новинами"),
    ],
)
async def test_what_is_nobody_elses_matter_goes_on_in_private(
    world: World, command: str, payload: str, there: str
) -> None:
    admin = world.telegram.user(5, language_code="uk")
    group = world.telegram.group(-100200, admins=[admin], members=[], bot="member")
    await admin.says(command, group)
    [button] = (await admin.expects("приватн", chat=group)).buttons
    assert button["url"].endswith(f"?start={payload}")
    await admin.says(f"/start {payload}")
    await admin.expects(there)
