"""What people and feeds say is text wherever it is shown: no sign of it becomes markup, and none is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from html import escape, unescape

import pytest
from aiohttp import web

from sandbox.telegram import Player, Topic, acts
from sandbox.telegram.messages import Message
from tests.bot.test_longest import refused
from tests.bot.test_opml import opml
from tests.bot.world import ADMIN, World
from tests.news.publisher import publisher

# Tags that Telegram knows, tags that it refuses, entities, and signs that are neither.
EVIL = '<b>ЖИР</b> & &amp; <a href="http://evil.example">x</a> </i> &lt;Ко&gt; "л"'
# Feeds escape what is escaped already, so that entities are resolved as long as there are any.
SUMMARY = f"Далі мовиться: {unescape(EVIL)}."
# Of a headline what is known as a tag is no text, and an entity is a sign; what is left has no meaning either.
HEADLINE = '<Ко> & </Ко> <ЖИР "л"'
EVENTS = (
    *("Міст відкрили трамваям", "Пором вийшов у море", "Вибори мера призначили на квітень", "Дощ залив підвали школи"),
    *("Черепахи оселилися біля маяка", "Оркестр зіграв на даху пошти", "Хліб подешевшав на гривню"),
)
FORMATS = frozenset(["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link"])


@dataclass
class Rag:
    """A paper that writes in such signs."""

    world: World
    url: str = ""
    items: list[str] = field(default_factory=list)

    def publishes(self, title: str) -> None:
        number, text = len(self.items), escape(f"<p>{escape(f'Далі мовиться: {EVIL}.')}</p>")
        self.items.append(
            f"<item><title>{escape(escape(f'{title} {HEADLINE}'))}</title><description>{text}</description>"
            f"<guid isPermaLink='false'>{number}</guid><author>{escape(EVIL)}</author>"
            f"<link>{self.url}{number}?a=1&amp;b=&quot;&lt;b&gt;&quot;&amp;lt;</link></item>"
        )

    async def answer(self, request: web.Request) -> web.Response:
        title = escape(escape(f"Газета {HEADLINE}"))
        body = f"<rss version='2.0'><channel><title>{title}</title>{''.join(self.items)}</channel></rss>"
        return web.Response(body=body.encode(), content_type="application/rss+xml")


@asynccontextmanager
async def rag_in(world: World) -> AsyncIterator[Rag]:
    rag = Rag(world)
    async with publisher(rag.answer) as server:
        rag.url = server.url
        rag.publishes("Старе")
        yield rag


async def told(world: World, player: Player, act: Callable[[], object], chat: int | None = None) -> list[Message]:
    """What is said there because of it."""
    chat = chat or player.id
    before = len(world.telegram.said(chat))
    act()
    while len(world.telegram.said(chat)) == before:
        await asyncio.wait_for(world.telegram.changed.rung(), 20)
    # What is pressed next in a chat is answered next.
    await world.forge(player, world.telegram.messages(chat)[-1], "fence")
    return world.telegram.said(chat)[before:]


async def says(world: World, player: Player, text: str, chat: int | None = None) -> str:
    where = chat or player.id
    said = await told(world, player, lambda: acts.say(world.telegram, player.id, where, text), chat)
    return "\n".join(one.text for one in said)


def marked(message: Message) -> list[str]:
    """The pieces of a message that are set off from the rest, and where links lead."""
    text = message.text.encode("utf-16-le")
    spans = [(one, text[2 * one["offset"] : 2 * (one["offset"] + one["length"])]) for one in message.entities]
    return [f"{span.decode('utf-16-le')} {one.get('url', '')}" for one, span in spans if one["type"] in FORMATS]


def is_all_text(world: World, *chats: int) -> bool:
    """Whether nothing was refused, and no message in these chats sets off a piece of what was said as if it were
    markup of ours: it would stand alone, without its tags."""
    pieces = [piece for chat in chats for message in world.telegram.said(chat) for piece in marked(message)]
    wrong = [piece for piece in pieces if "evil.example" in piece.split()[-1] or piece.strip() in ("ЖИР", "x", "Ко")]
    return not wrong and not refused(world)


# What is sent, and what is told, of the feed's and of one's own words.
FEEDS = f"Газета {HEADLINE}"
SAID = {
    "/list": f"{FEEDS}\n",
    "/top": FEEDS,
    "/search мовиться": "<b>ЖИР</b> & & <a",
    "/search шукане<b>ЖИР</b>": "/watch шукане<b>ЖИР</b>",
    "/saved": f"Новина {HEADLINE}",
    "/saved <b>ЖИРУ": "🔖 <b>ЖИРУ",
    f"/saved шукане {EVIL}": EVIL,
    "/mute": f"Новина {HEADLINE}",
    "/filter 1 <b>ЖИР</b>, новина": f"Новина {HEADLINE}",
    "/filter": FEEDS,
    "/watch <b>ЖИР</b> &amp; x": "b ЖИР",
    "/watches": "b ЖИР",
    f"/unwatch {EVIL}": EVIL[:40],
    f"/unsub {EVIL}": EVIL[:40],
    f"/settings {EVIL}": EVIL[:40],
    f"/share {EVIL}": EVIL[:40],
    "/share 1": FEEDS,
    "/urgent <b>ЖИР</b> &amp; x": "b ЖИР",
    f"/timezone {EVIL}": EVIL[:40],
    f"/sub {EVIL}": EVIL[:40],
    f"/sub @{EVIL}": EVIL[:20],
    f"/related {EVIL}": EVIL[:40],
    "/quiet <b>ЖИР</b>": "<b>ЖИР",
    "/pause <b>ЖИР</b>": "<b>жир</b>",
    "/digest <b>ЖИР</b>": "<b>ЖИР",
    f"/start {EVIL}": "не веде",
    f"/settings 1 title Моя {HEADLINE}": f"Моя {HEADLINE}",
    "/settings 1 tags #<b>ЖИР</b> #a&b": "ЖИР",
    "/unsub 1": FEEDS,
}
PRESSED = {
    "read:{}": SUMMARY,
    "rel:{}": HEADLINE,
    "rel:{}:why": HEADLINE,
    "story:{}": HEADLINE,
    "mute:{}:one": HEADLINE,
    "mute:{}:week:asked": HEADLINE,
    "less:{}": HEADLINE,
}


async def test_in_private_the_words_of_feeds_and_people_are_text(world: World) -> None:
    reader = world.telegram.user(7, language_code="uk")
    async with rag_in(world) as rag:
        assert f"• Старе {HEADLINE}" in await says(world, reader, rag.url)
        assert f"• Старе {HEADLINE}" in await says(world, reader, f"/sub {rag.url}")
        rag.publishes("Новина")
        push = await reader.expects(f"Новина {HEADLINE}")
        assert push.text.endswith(SUMMARY)
        number = push.buttons[0]["callback_data"].partition(":")[2]
        await world.forge(reader, push, f"save:{number}")
        for data, wanted in PRESSED.items():
            press = data.format(number)
            said = await told(world, reader, lambda press=press: acts.press(world.telegram, 7, push, press))  # type: ignore[misc]
            assert wanted in said[0].text, data
        for text, wanted in SAID.items():
            assert wanted in await says(world, reader, text), text
    assert is_all_text(world, 7)


async def test_in_a_burst_and_a_digest_headlines_are_text(world: World) -> None:
    reader, other = (world.telegram.user(number, language_code="uk") for number in (7, 8))
    async with rag_in(world) as rag:
        await says(world, reader, f"/sub {rag.url}")
        await says(world, other, f"/sub {rag.url}")
        await says(world, other, "/pause keep")
        for title in EVENTS:
            rag.publishes(title)
        listed = await reader.expects(f"• {EVENTS[0]} {HEADLINE}")
        await reader.presses("Схоже", listed)
        await says(world, other, "/resume")
        await other.expects(f"{EVENTS[-1]} {HEADLINE}")
    assert is_all_text(world, 7, 8)


async def test_what_groups_topics_and_channels_are_called_is_text(world: World) -> None:
    boss = world.telegram.user(5, language_code="uk")
    forum = world.telegram.group(-1000000000200, title=EVIL, admins=[boss], topics=[Topic(2, f"Тема {EVIL}")])
    channel = world.telegram.channel(-1000000000300, title=EVIL, username="evil_news", admins=[boss], bot="left")
    telegram = world.telegram
    await says(world, boss, "/start")
    greeted = await told(world, boss, lambda: boss.adds_bot(channel, "administrator"))
    assert EVIL in greeted[0].text
    for text in (f"/sub @evil_news {world.feed('bereg')}", "/list @evil_news", "/unsub @evil_news 1"):
        assert EVIL in await says(world, boss, text), text
    await boss.says(f"/sub {world.feed('misto')}", forum, thread=2)
    await boss.expects("Ви стежите за", chat=forum)
    await boss.says(f"/sub {world.feed('misto')}", forum)
    await boss.expects("Ви стежите за", chat=forum)
    boss.renames_topic(forum, Topic(2, ""), f"Далі {EVIL}")
    await boss.says("/list", forum)
    await boss.expects(f"Далі {EVIL}", chat=forum)
    telegram.put_chat(replace(telegram.chats[forum.id], bot="restricted"))
    reader = world.telegram.user(7, language_code="uk")
    await says(world, reader, f"/sub {world.feed('misto')}")
    world.newsroom.publish("misto", title="Пором спізнюється", lead="Про це йдеться далі.")
    await boss.expects(f"У групі «{EVIL}» я більше не можу писати")
    pieces = [piece for chat in (5, forum.id) for message in telegram.said(chat) for piece in marked(message)]
    assert not [piece for piece in pieces if piece.strip() in ("ЖИР", "x")]


@pytest.mark.parametrize("name", ["<b>ЖИР</b> &amp; x.opml", "</i>&<ЖИР>.opml"])
async def test_the_names_in_a_file_and_the_files_own_are_text(world: World, name: str) -> None:
    reader = world.telegram.user(7, language_code="uk")
    world.newsroom.outlet("misto").fails_with(404)
    title, odd = escape(escape(f"Видання {HEADLINE}")), escape("<b>ЖИР</b>")
    content = opml((title, world.feed("misto")), (title, f"javascript:{odd}"), (title, world.feed("bereg")))
    await reader.sends_file(name, content)
    report = (await reader.expects("Додано")).text
    assert report.startswith(f"{name}\n")
    assert report.count(f"• Видання {HEADLINE} – ") == 2
    assert "«javascript:<b>ЖИР</b>»" in report
    assert is_all_text(world, 7)


async def test_a_broadcast_is_text(world: World) -> None:
    admin, reader = (world.telegram.user(number, language_code="uk") for number in (ADMIN, 7))
    await says(world, reader, "/start")
    assert EVIL in await says(world, admin, f"/broadcast {EVIL}")
    await admin.presses("Надіслати")
    assert (await reader.expects("ЖИР")).text == EVIL
    assert "<b>ЖИР</b>&amp;" in await says(world, admin, "/pages <b>ЖИР</b>&amp;")
    assert is_all_text(world, 7, ADMIN)
