"""A victim with something of every kind, a group and a channel; and what an attempt on them comes to."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from sandbox.telegram import Player
from sandbox.telegram.messages import Message
from sandbox.telegram.people import Chat
from tests.bot.conftest import MINUTE, SECOND, set_stage
from tests.bot.test_private import Paper
from tests.bot.world import ADMIN, World
from tests.news.publisher import publisher

# What comes and goes by itself, or is a note of what somebody asked.
PASSING = ("inbox", "feeds", "deliveries", "notes", "alembic_version", "sqlite_sequence")
SECRET_TITLE, SECRET_NEWS = "Таємний вісник", "Жирафа Зоя у порту"


@dataclass
class Scene:
    """Who and what there is; `ids` are the victim's, as the bot numbers them."""

    world: World
    paper: Paper
    victim: Player
    attacker: Player
    boss: Player
    group: Chat
    channel: Chat
    own: Message
    group_push: Message
    channel_push: Message
    ids: dict[str, int]

    def kept(self) -> dict[str, str]:
        """All that is kept and does not pass, table by table."""
        with closing(self._database()) as database:
            named = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            names = [name for name, made in named if name not in PASSING and "VIRTUAL" not in made]
            rows = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if _counts(name)}
            return {name: str(found) for name, found in rows.items()}

    def one(self, query: str, *values: object) -> int:
        """The one number that a query finds."""
        with closing(self._database()) as database:
            found = database.execute(query, values).fetchone()
        assert found is not None, query
        return int(found[0])

    async def asks(self, player: Player, act: Callable[[], object]) -> list[str]:
        """Let something be said in a private chat; gives all that is told because of it."""
        telegram = self.world.telegram
        before = len(telegram.said(player.id))
        act()
        # What comes next in a chat is answered next.
        await self.world.forge(player, telegram.messages(player.id)[0], "fence")
        return [one.text for one in telegram.said(player.id)[before:]]

    async def attempt(self, player: Player, message: Message, data: str) -> list[str]:
        """Press what was not offered; gives all that is told because of it: over the chat, and in it."""
        telegram, chat = self.world.telegram, message.chat_id
        before = len(telegram.said(chat))
        answer = await self.world.forge(player, message, data)
        await self.world.forge(player, message, "fence")
        return [text for text in (answer.text, *(one.text for one in telegram.said(chat)[before:])) if text]

    def shows_a_secret(self, told: str, *, where_is_known: bool = False) -> bool:
        """Whether anything of the private feed is in it; its server aside, if whoever asked has named that."""
        secrets = [SECRET_TITLE, SECRET_NEWS, "Жираф", "Таємн", "hush"]
        server = self.paper.server.url.removeprefix("http://").strip("/")
        return any(secret in told for secret in (secrets if where_is_known else [*secrets, server]))

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.world.folder / 'visnyk.db'}?mode=ro", uri=True)


def _counts(name: str) -> bool:
    return not name.startswith("article_words")


@asynccontextmanager
async def set_scene(folder: Path) -> AsyncIterator[Scene]:
    """Everybody at their places, the bot at work."""
    paper = Paper(titles=[SECRET_NEWS])
    async with set_stage(folder, SECOND, MINUTE) as world, publisher(paper.answer) as server, world.bot():
        paper.server = server
        victim, attacker, boss = (world.telegram.user(number, language_code="uk") for number in (7, 8, 5))
        group = world.telegram.group(-100200, title="Гурт", admins=[boss], members=[attacker])
        channel = world.telegram.channel(-1000000000300, title="Гавань", admins=[boss], members=[attacker], bot="left")
        own = await _says(attacker, f"/sub {world.feed('harbour')}", "Ви стежите за")
        await _settles_in(victim, world, paper)
        pushes = await _settle_others(boss, group, channel, world)
        scene = Scene(world, paper, victim, attacker, boss, group, channel, own, *pushes, {})
        await _owns_all(victim, scene)
        yield scene


async def _says(player: Player, text: str, wanted: str, chat: Chat | None = None) -> Message:
    await player.says(text, chat)
    return await player.expects(wanted, chat=chat)


async def _settles_in(victim: Player, world: World, paper: Paper) -> None:
    await _says(victim, f"/sub {world.feed('bereg')}", "Ви стежите за")
    await _says(victim, f"/sub {world.feed('misto')}", "Ви стежите за")
    await _says(victim, f"/sub {paper.secretly()}", "інші його не бачать")
    await _says(victim, "/watch обстріл", "обстріл")
    await _says(victim, "/filter 1 -футбол", "Вільний Берег")
    await _says(victim, "/urgent тривога", "тривога")
    await _says(victim, "/settings 2 title Моє", "Моє")


async def _settle_others(boss: Player, group: Chat, channel: Chat, world: World) -> tuple[Message, Message]:
    await _says(boss, "/start", "Вісник")
    boss.adds_bot(channel, "administrator")
    await boss.expects("Мене додано в канал")
    await _says(boss, f"/sub {channel.id} {world.feed('surma')}", "Канал Гавань")
    await _says(boss, f"/sub {world.feed('surma')}", "Ви стежите за", group)
    await _says(boss, "/watch пором", "пором", group)
    await _says(boss, "/filter 1 -крикет", "крикет", group)
    title = world.newsroom.publish("surma", title="Пором став музеєм", lead="Екскурсії вже є.").title
    return await boss.expects(title, chat=group), await boss.expects(title, chat=channel)


async def _owns_all(victim: Player, scene: Scene) -> None:
    """Let the victim save and mute, and an operator draft a broadcast; note what numbers all of it has."""
    world, own = scene.world, "(SELECT id FROM chats WHERE chat_id = 7)"
    title = world.newsroom.publish("misto", title="Зоопарк відчинено", lead="Прийшли діти.").title
    push = await victim.expects(title)
    await victim.presses("Зберегти", push)
    await _says(victim, "/search зоопарк", "🔎 зоопарк")
    article = scene.one("SELECT id FROM articles WHERE title = ?", title)
    await world.forge(victim, push, f"mute:{article}:good")
    operator = world.telegram.user(ADMIN, language_code="uk")
    await _says(operator, "/broadcast Усім", "Надіслати це")
    scene.ids = {
        "article": article,
        "secret": scene.one("SELECT id FROM articles WHERE title = ?", SECRET_NEWS),
        "feed": scene.one("SELECT feed_id FROM subscriptions WHERE filter_id IS NOT NULL AND chat_id = " + own),
        "secret_feed": scene.one("SELECT feed_id FROM secrets"),
        "note": scene.one(f"SELECT max(id) FROM notes WHERE chat_id = {own}"),
        "cast": scene.one("SELECT max(id) FROM notes"),
        "watch": scene.one(f"SELECT id FROM watches WHERE chat_id = {own}"),
        "mute": scene.one(f"SELECT id FROM mutes WHERE chat_id = {own}"),
        "message": push.id,
        "chat": scene.one("SELECT id FROM chats WHERE chat_id = 7"),
        "channel": scene.one("SELECT id FROM chats WHERE chat_id = ?", scene.channel.id),
        "channel_feed": scene.one("SELECT id FROM feeds WHERE url LIKE '%surma%'"),
        "group_article": scene.one("SELECT id FROM articles WHERE title = 'Пором став музеєм'"),
        "group_watch": scene.one("SELECT max(id) FROM watches"),
        "group_chat": scene.one("SELECT id FROM chats WHERE chat_id = ?", scene.group.id),
    }
