"""The table of attempts: presses, links and replies with what is another chat's, another person's, or gone. They change
nothing, tell nothing of a private feed, and are answered in one sentence."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from handlers.routes import ADMIN_BUTTONS, BUTTONS, NEEDS
from sandbox.telegram import Player, acts
from sandbox.telegram.messages import Message
from tests.bot.scene import Scene, set_scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTICLE_GONE = "Ця новина вже не зберігається."
NEWS_GONE = "Ці новини вже не зберігаються."
TOO_OLD = "Цей вибір застарів. Надішліть адресу ще раз."
DEAD = "Ця кнопка вже не діє."
NOT_FOLLOWED = "Ви за цим уже не стежите."
NOT_THEIRS = ("Це можуть змінити лише адміністратори групи.", "Це можуть зробити лише адміністратори групи.")

# What carries a number of the victim's, and what whoever presses it in a chat of their own is told.
OF_ANOTHER_CHAT = {
    "rel:{secret}": ARTICLE_GONE,
    "rel:{secret}:why": ARTICLE_GONE,
    "story:{secret}": ARTICLE_GONE,
    "read:{secret}": ARTICLE_GONE,
    "read:{secret}:0": ARTICLE_GONE,
    "save:{secret}": ARTICLE_GONE,
    "more:{secret}": ARTICLE_GONE,
    "more:{secret}:back": ARTICLE_GONE,
    "mute:{secret}": ARTICLE_GONE,
    "mute:{secret}:good": ARTICLE_GONE,
    "mute:{secret}:good:asked": ARTICLE_GONE,
    "mute:{secret}:off": ARTICLE_GONE,
    "mute:{secret}:one": ARTICLE_GONE,
    "less:{secret}": ARTICLE_GONE,
    "less:{secret}:0:+": ARTICLE_GONE,
    "less:{article}:0:+": "Ви не стежите за «Місто Сьогодні»",
    "mutes:0:{mute}": "Надсилаю про все.",
    "saved::0:{article}": "Ще нічого не збережено.",
    "saved:{note}:0": "Цей пошук застарів.",
    "saved:file": "У збереженого немає посилань.",
    "many:rel": NEWS_GONE,
    "dpage:0:0::{message}": NEWS_GONE,
    "dpage:0:0:mute:{message}": NEWS_GONE,
    "find:{note}:0:": "Цей пошук застарів.",
    "find:{note}:0:nm": "Цей пошук застарів.",
    "pick:{note}:0": TOO_OLD,
    "follow:{note}": TOO_OLD,
    "set:{feed}": "Ви вже не стежите за цим джерелом.",
    "set:{feed}:pictures:off": "Ви вже не стежите за цим джерелом.",
    "set:{feed}:reset": "Ви вже не стежите за цим джерелом.",
    "set:{secret_feed}": "Ви вже не стежите за цим джерелом.",
    "filter:{feed}:off": "За цим джерелом ви вже не стежите.",
    "filter:{secret_feed}": "За цим джерелом ви вже не стежите.",
    "filters:0": "Фільтрів тут немає",
    "watch:{watch}:all": "За цим уже не стежу.",
    "watch:{watch}:end": "За цим уже не стежу.",
    "watches:0": "Слів, за якими стежити, тут немає.",
    "unwatch:{watch}:0": "Слів, за якими стежити, тут немає.",
    "unsub:{feed}": NOT_FOLLOWED,
    "unsub:{secret_feed}": NOT_FOLLOWED,
    "unsuball:{chat}:3": "Більше не стежити за 1 джерелом?",
    "share:{feed}": NOT_FOLLOWED,
    "share:{secret_feed}": NOT_FOLLOWED,
    "pop:{secret_feed}": "Цього джерела вже немає.",
    "pages:{feed}:never": DEAD,
    "cast:{cast}": DEAD,
    "cast:no": DEAD,
    "about:{channel}:sum:0": DEAD,
    "about:{channel}:set:{channel_feed}:reset": DEAD,
    "about:{chat}:sum:0": DEAD,
    "chan:{channel}:0": DEAD,
    "chan:{channel}:0:{channel_feed}": DEAD,
}
# What a member of a group may not press there, though it is about the group's own.
OF_THE_GROUP = {
    "mute": "{group_article}:good",
    "mutes": "0:1",
    "pick": "{note}:0",
    "set": "{channel_feed}:pictures:off",
    "lang": "en",
    "speak": "en",
    "sum": "none",
    "reports": "all",
    "digest": "9:00",
    "quiet": "22:00-7:00",
    "pause": "2h",
    "zone": "Europe/Warsaw",
    "urgent": "off",
    "filter": "{channel_feed}:off",
    "watch": "{group_watch}:end",
    "unwatch": "{group_watch}:0",
    "less": "{group_article}:0:+",
    "rights": "all",
    "forget": "yes",
    "follow": "{note}",
    "unsub": "{channel_feed}",
    "unsuball": "{group_chat}:1",
}
# What anybody may press where it is offered, but not so that what all see is written over.
OF_EVERYBODY = (
    *("list:0", "filters:0", "watches:0", "saved::0", "saved::0:{article}", "share:page:0", "pop:page:0", "cat:page:0"),
    *("rel:{group_article}:why", "read:{group_article}:0", "dpage:0:0:rel:{message}"),
)
PAYLOADS = (
    *("f{secret_feed}", "f999999", "f0", "f-1", "f٣", "f" + "9" * 63, "f" * 64, "9" * 64, "f1 f2", "<b>&", "inline1"),
    *("{note}", "f{secret_feed}&x", "F{secret_feed}"),
)
NAMING = ("share", "settings", "filter", "unsub", "related", "story", "mute", "pages", "start", "saved")
REPLIES = ("related", "story", "mute", "less", "filter", "settings", "unsub", "share")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with set_scene(tmp_path_factory.mktemp("scene")) as made:
        yield made


async def comes_to_nothing(scene: Scene, player: Player, message: Message, data: str) -> str:
    """Press it; gives the one sentence that is told, once it is certain that nothing else came of it."""
    before = scene.kept()
    told = await scene.attempt(player, message, data.format(**scene.ids))
    assert scene.kept() == before
    assert len(told) == 1, told
    assert not scene.shows_a_secret(told[0])
    return told[0]


@pytest.mark.parametrize("data", OF_ANOTHER_CHAT)
async def test_in_another_chat_a_button_with_the_victims_numbers_does_nothing(scene: Scene, data: str) -> None:
    await scene.attacker.says("/list")
    fresh = await scene.attacker.expects("1 джерело\n")
    assert OF_ANOTHER_CHAT[data] in await comes_to_nothing(scene, scene.attacker, fresh, data)


async def test_the_table_has_every_button_that_carries_a_number() -> None:
    # Of the chat itself they carry what is wanted alone, or what everybody may know of.
    plain = {"lang", "speak", "sum", "reports", "digest", "quiet", "pause", "zone", "urgent", "rights"}
    known = {"list", "forget", "add", "cat", "sec", "top"}
    assert {data.partition(":")[0] for data in OF_ANOTHER_CHAT} | plain | known == set(BUTTONS)
    assert set(OF_THE_GROUP) == set(NEEDS)


@pytest.mark.parametrize("name", OF_THE_GROUP)
async def test_a_member_of_a_group_is_refused_what_is_for_administrators(scene: Scene, name: str) -> None:
    told = await comes_to_nothing(scene, scene.attacker, scene.group_push, f"{name}:{OF_THE_GROUP[name]}")
    assert told in NOT_THEIRS


@pytest.mark.parametrize("name", sorted(ADMIN_BUTTONS))
async def test_not_even_an_administrator_of_a_group_is_an_operator(scene: Scene, name: str) -> None:
    assert await comes_to_nothing(scene, scene.boss, scene.group_push, f"{name}:{{cast}}:never") == DEAD


@pytest.mark.parametrize("data", OF_EVERYBODY)
async def test_a_groups_news_are_written_over_by_no_press_that_was_not_offered(scene: Scene, data: str) -> None:
    telegram, push = scene.world.telegram, scene.group_push
    stands = telegram.history.get(push.chat_id, push.id)
    told = await comes_to_nothing(scene, scene.attacker, push, data)
    assert told in (DEAD, NEWS_GONE)
    assert telegram.history.get(push.chat_id, push.id) == stands


@pytest.mark.parametrize(
    "data",
    [
        *OF_EVERYBODY,
        "more:{group_article}",
        "more:{group_article}:back",
        "read:{group_article}",
        "story:{group_article}",
        "chan:{channel}:0",
    ],
)
async def test_a_channels_post_is_changed_by_none_of_its_readers(scene: Scene, data: str) -> None:
    telegram, post = scene.world.telegram, scene.channel_push
    stands = telegram.history.get(post.chat_id, post.id)
    await comes_to_nothing(scene, scene.attacker, post, data)
    assert telegram.history.get(post.chat_id, post.id) == stands


@pytest.mark.parametrize("name", OF_THE_GROUP)
async def test_a_reader_of_a_channel_changes_nothing_there(scene: Scene, name: str) -> None:
    told = await comes_to_nothing(scene, scene.attacker, scene.channel_push, f"{name}:{OF_THE_GROUP[name]}")
    assert told in NOT_THEIRS


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_link_that_leads_to_nothing_of_theirs_says_so(scene: Scene, payload: str) -> None:
    before = scene.kept()
    telegram, attacker, text = scene.world.telegram, scene.attacker, f"/start {payload.format(**scene.ids)}"
    told = await scene.asks(attacker, lambda: acts.say(telegram, attacker.id, attacker.id, text))
    assert told == ["Це посилання не веде до джерела. Надішліть адресу сайту, щоб стежити за ним."]
    assert scene.kept() == before


@pytest.mark.parametrize("command", REPLIES)
@pytest.mark.parametrize("press", ["rel:{secret}", "read:{secret}:0", "mute:{secret}"])
async def test_a_message_with_forged_buttons_says_nothing_of_what_they_name(
    scene: Scene, command: str, press: str
) -> None:
    telegram, attacker, before = scene.world.telegram, scene.attacker, scene.kept()
    keyboard = [[{"text": "…", "callback_data": press.format(**scene.ids)}]]
    quoted = scene.own.quoted() | {"message_id": 999_000, "reply_markup": {"inline_keyboard": keyboard}}
    entity = {"type": "bot_command", "offset": 0, "length": len(command) + 1}
    asked = telegram.messages(attacker.id)[0].body | {"text": f"/{command}", "entities": [entity]}
    asked |= {"message_id": 999_001, "reply_to_message": quoted}
    [told] = await scene.asks(attacker, lambda: telegram.tell_bot("message", asked))
    assert not scene.shows_a_secret(told)
    assert scene.kept() == before


@pytest.mark.parametrize("address", ["", "rss", "rss?token=hush1", "0", "{secret_feed}"])
@pytest.mark.parametrize("command", NAMING)
async def test_who_names_a_private_feed_or_where_it_is_learns_nothing(scene: Scene, command: str, address: str) -> None:
    telegram, attacker, before = scene.world.telegram, scene.attacker, scene.kept()
    named = address.format(**scene.ids) if address.startswith("{") else scene.paper.server.url + address
    text = f"/{command} {named}"
    told = await scene.asks(attacker, lambda: acts.say(telegram, attacker.id, attacker.id, text))
    assert len(told) == 1
    assert not scene.shows_a_secret(told[0].replace("hush1", ""), where_is_known=True)
    assert scene.kept() == before


@pytest.mark.parametrize("words", ["Жирафа Зоя", "джерело:Таємний", "source:Таємний", "Жирафа sort:new", "Жирафо Зя"])
async def test_who_searches_finds_nothing_of_a_private_feed(scene: Scene, words: str) -> None:
    telegram, attacker = scene.world.telegram, scene.attacker
    told = await scene.asks(attacker, lambda: acts.say(telegram, attacker.id, attacker.id, f"/search {words}"))
    assert not scene.shows_a_secret("".join(told).replace(f"{words}", ""))
    found = (await attacker.asks_inline(words)).results
    assert not [one for one in found if scene.shows_a_secret(str(one.card))]


@pytest.mark.parametrize("data", ["read:{secret}", "save:{article}", "forget:yes", "list:0", "set::pictures:off", "x"])
async def test_a_press_under_a_card_sent_elsewhere_meets_nobody(scene: Scene, data: str) -> None:
    stranger = scene.world.telegram.user(900, language_code="uk")
    there = scene.world.telegram.group(-100900, members=[stranger], bot="left")
    await stranger.asks_inline("", there)
    card = await stranger.chooses("Пором став музеєм", there)
    assert await comes_to_nothing(scene, stranger, card, data) == DEAD


@pytest.mark.parametrize("data", ["forget:yes", "unsuball:{chat}:3", "set::pictures:off", "lang:en", "digest:9:00"])
async def test_what_somebody_presses_is_done_to_their_own_chat_alone(scene: Scene, data: str) -> None:
    stranger = scene.world.telegram.user(901, language_code="uk")
    before = scene.kept()
    await stranger.says("/start")
    greeting = await stranger.expects("Вісник")
    assert len(await scene.attempt(stranger, greeting, data.format(**scene.ids))) == 1
    await scene.attempt(stranger, greeting, "forget:yes")
    assert not {table for table, rows in scene.kept().items() if rows != before[table]} - {"chats"}


# What makes a button, the words in the message that it then stands under, and what it carries.
REPLAYED = (
    ("/watch маяк", "Стежу", "watch:"),
    ("/watches", "1 запитом", "unwatch:"),
    ("/filter 1 -маяк", "маяк", "filter:"),
    ("/urgent маяк", "маяк", "urgent:"),
    ("/unsub", "За чим більше не", "unsub:"),
    ("/unsub_all", "Більше не стежити", r"unsuball:\d"),
    ("/saved", "1 збережена", "saved::0:"),
    ("/mute", "Мовчу про", "mutes:0:"),
    ("{bereg}", "Стежити за", r"follow:\d"),
)


@pytest.mark.parametrize(("text", "wanted", "pattern"), REPLAYED)
async def test_a_press_that_is_replayed_does_no_more_than_the_first(
    scene: Scene, text: str, wanted: str, pattern: str
) -> None:
    number = 950 + [one[0] for one in REPLAYED].index(text)
    reader, feed = scene.world.telegram.user(number, language_code="uk"), scene.world.feed
    await reader.says(f"/sub {feed('harbour')}")
    own = await reader.expects("Ви стежите за")
    for data in ("save:{article}", "mute:{article}:good"):
        await scene.attempt(reader, own, data.format(**scene.ids))
    if text == "/watches":
        await reader.says("/watch маяк")
    await reader.says(text.format(bereg=feed("bereg")))
    message = await reader.expects(wanted)
    [*_, data] = [data for one in message.buttons if re.match(pattern, data := one["callback_data"])]
    before = scene.kept()
    assert await scene.attempt(reader, message, data)
    after = scene.kept()
    assert after != before
    assert len(await scene.attempt(reader, message, data)) <= 1
    assert {table for table, rows in scene.kept().items() if rows != after[table]} == set()
