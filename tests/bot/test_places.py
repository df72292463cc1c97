"""Groups that lose the bot, topics, channels: as their administrators see them, through Telegram."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from sandbox.telegram import Player, Topic, acts
from sandbox.telegram.people import Chat
from tests.bot.world import World

GROUP, CHANNEL = -1000000000200, -1000000000300


@dataclass
class Places:
    """An administrator who has a chat with the bot, a member, and a forum of theirs with the bot in it."""

    world: World
    admin: Player
    member: Player
    forum: Chat

    async def follows(self, slug: str, thread: int | None = None) -> None:
        """Let the administrator follow an outlet in the forum."""
        await self.admin.says(f"/sub {self.world.feed(slug)}", self.forum, thread=thread)
        await self.admin.expects("Ви стежите за", chat=self.forum)

    async def somebody_else_follows(self, slug: str = "bereg") -> None:
        """Let an outlet be read on while the place in question is suspended."""
        await self.member.says(f"/sub {self.world.feed(slug)}")
        await self.member.expects("Ви стежите за")

    def publish(self, title: str, slug: str = "bereg") -> str:
        """An outlet has news; gives their headline."""
        return self.world.newsroom.publish(slug, title=title, lead=f"Про це йдеться далі: {title}.").title

    def takes_the_word(self, standing: str = "restricted") -> None:
        """The forum's settings give the bot this standing; nobody tells it."""
        there = self.world.telegram.chats[self.forum.id]
        self.world.telegram.put_chat(replace(there, bot=standing))

    async def refused(self, times: int) -> None:
        """Wait until the bot was told so often that it may not write."""
        telegram = self.world.telegram
        async with asyncio.timeout(10):
            while sum("not enough rights" in call.description for call in telegram.calls) < times:
                await telegram.changed.rung()

    async def none_suspended(self) -> None:
        """Wait until every place is written to."""
        await self._are_suspended(False)

    async def some_suspended(self) -> None:
        """Wait until the bot knows that some place can't be written to: what is told it before, it would forget."""
        await self._are_suspended(True)

    async def _are_suspended(self, wanted: bool) -> None:
        suspended = "SELECT 1 FROM chats WHERE suspended_at IS NOT NULL"
        with closing(sqlite3.connect(self.world.folder / "visnyk.db")) as connection:
            async with asyncio.timeout(10):
                while (connection.execute(suspended).fetchone() is not None) is not wanted:  # noqa: ASYNC110 - a database rings no bell
                    await asyncio.sleep(0.02)

    def told_in_private(self, part: str) -> int:
        """In how many messages the administrator was told so."""
        return sum(part in message.text for message in self.world.telegram.said(self.admin.id))


@pytest.fixture
async def places(world: World) -> Places:
    admin, member = (world.telegram.user(number, language_code="uk") for number in (5, 7))
    forum = world.telegram.group(
        GROUP, title="Порт і море", admins=[6, admin], members=[member], topics=[Topic(2, "Порт"), Topic(3, "Море")]
    )
    for person in (admin, member):
        await person.says("/start")
        await person.expects("Вісник")
    return Places(world, admin, member, forum)


# Lost rights


async def test_an_administrator_is_told_once_in_private_that_the_bot_may_not_write_in_their_group(
    places: Places,
) -> None:
    await places.somebody_else_follows()
    await places.follows("bereg")
    places.takes_the_word()
    places.publish("Пором спізнюється")
    told = await places.admin.expects("У групі «Порт і море» я більше не можу писати")
    assert "/list" in told.text
    # Somebody writes there: the bot tries again, and is refused again.
    places.takes_the_word("member")
    await places.member.says("/list", places.forum)
    await places.member.expects("1 джерело", chat=places.forum)
    places.takes_the_word()
    places.publish("Пором не прийде")
    await places.refused(2)
    await places.some_suspended()
    # It may write again.
    places.takes_the_word("left")
    places.admin.adds_bot(places.forum, "administrator")
    await places.admin.expects("Вісник знову тут", chat=places.forum)
    fresh = places.publish("Пором прийшов")
    await places.admin.expects(fresh, chat=places.forum)
    assert places.told_in_private("більше не можу писати") == 1
    places.takes_the_word()
    places.publish("Пором відійшов")
    await places.admin.expects("У групі «Порт і море» я більше не можу писати")


async def test_a_group_that_makes_the_bot_an_administrator_has_its_news_again(places: Places) -> None:
    await places.somebody_else_follows()
    await places.follows("bereg")
    places.takes_the_word()
    places.publish("Пором спізнюється")
    await places.admin.expects("я більше не можу писати")
    places.admin.adds_bot(places.forum, "administrator")
    await places.none_suspended()
    fresh = places.publish("Пором прийшов")
    await places.admin.expects(fresh, chat=places.forum)


# Topics


async def test_a_topic_has_its_own_sources_and_the_general_one_lists_them_all(places: Places) -> None:
    await places.follows("misto")
    await places.follows("bereg", thread=2)
    await places.follows("harbour", thread=2)
    await places.follows("bereg", thread=3)
    places.admin.renames_topic(places.forum, Topic(3, "Море"), "Океан")
    fresh = places.publish("Маяк пофарбували")
    for _ in range(2):
        assert (await places.admin.expects(fresh, chat=places.forum)).thread in (2, 3)
    await places.admin.says("/list", places.forum)
    listed = (await places.admin.expects("4 джерела на форумі", chat=places.forum)).text
    headings = [line for line in listed.splitlines() if line.startswith(("Тут", "Тема", "1.", "2."))]
    assert [line.partition(" ")[0] if line[0].isdigit() else line for line in headings] == [
        *("Тут", "1.", "Тема «Порт»", "1.", "2.", "Тема «Океан»", "1.")
    ]
    await places.admin.says("/unsub 2", places.forum, thread=2)
    await places.admin.expects("Ви більше не стежите", chat=places.forum)
    await places.admin.says("/list", places.forum, thread=2)
    own = await places.admin.expects("1 джерело", chat=places.forum)
    assert own.thread == 2
    assert "Вільний Берег" in own.text


async def test_a_topic_that_is_closed_goes_on_in_the_chat_which_is_told_so_once(places: Places) -> None:
    await places.follows("bereg", thread=2)
    places.admin.closes_topic(places.forum, places.world.telegram.chats[GROUP].topics[2])
    first = places.publish("Маяк згас")
    assert (await places.admin.expects(first, chat=places.forum)).thread is None
    told = await places.admin.expects("Тему «Порт» закрито або видалено", chat=places.forum)
    assert told.thread is None
    second = places.publish("Маяк засвітили")
    assert (await places.admin.expects(second, chat=places.forum)).thread is None
    assert sum("закрито або видалено" in one.text for one in places.world.telegram.said(GROUP)) == 1


# Channels


@pytest.fixture
async def channel(places: Places) -> Chat:
    there = places.world.telegram.channel(
        CHANNEL, title="Гавань", username="harbour_news", admins=[places.admin], members=[places.member], bot="left"
    )
    return places.admin.adds_bot(there, "administrator")


async def test_a_channel_is_managed_from_the_private_chat(places: Places, channel: Chat) -> None:
    admin = places.admin
    greeting = await admin.expects("Мене додано в канал Гавань")
    await admin.says(f"/sub @harbour_news {places.world.feed('bereg')}")
    await admin.expects("Канал Гавань стежить за джерелом Вільний Берег")
    fresh = places.publish("Чайки повернулися")
    await admin.expects(fresh, chat=channel)
    await admin.says("/list")
    await admin.expects("Ви ще ні за чим не стежите")
    await admin.says("/channels")
    mine = await admin.expects("Ваші канали")
    await admin.presses("Гавань", mine)
    listed = await admin.expects("Гавань · 1 джерело")
    assert "/sub @harbour_news" in listed.text
    await admin.presses("✕ Вільний Берег", listed)
    await admin.expects("Канал Гавань ще ні за чим не стежить")
    await admin.says(f"/sub {CHANNEL} {places.world.feed('bereg')}")
    await admin.expects("Канал Гавань стежить за джерелом")
    await admin.says("/list @harbour_news")
    await admin.expects("Гавань · 1 джерело")
    await admin.says("/unsub @harbour_news 1")
    await admin.expects("Канал Гавань більше не стежить за джерелом Вільний Берег")
    await admin.presses("Гавань", greeting)
    await admin.expects("Канал Гавань ще ні за чим не стежить")
    # In the channel itself nothing was said but the news.
    assert len(places.world.telegram.said(CHANNEL)) == 1


async def test_how_a_channel_has_its_news_is_set_from_the_private_chat(places: Places, channel: Chat) -> None:
    admin, member = places.admin, places.member
    await admin.says(f"/sub @harbour_news {places.world.feed('bereg')}")
    await admin.expects("Канал Гавань стежить за джерелом Вільний Берег")
    await admin.says("/list @harbour_news")
    listed = await admin.expects("Гавань · 1 джерело")
    await admin.presses("⚙️ Налаштування", listed)
    asked = await admin.expects("Канал Гавань")
    await admin.presses("Хештеги", asked)
    told = await admin.expects("Наприкінці – назва видання хештегом")
    assert told.id == asked.id
    fresh = await admin.expects(places.publish("Чайки повернулися"), chat=channel)
    assert "#ВільнийБерег" in fresh.text
    await admin.says("/settings @harbour_news 1 tags порт")
    await admin.expects("#порт")
    assert "#порт" in (await admin.expects(places.publish("Чайки сіли"), chat=channel)).text
    await admin.says("/filter @harbour_news 1 чайки")
    filtered = await admin.expects("пропускає фільтр: чайки")
    await admin.presses("Прибрати фільтр", filtered)
    await admin.expects("надходить усе, без фільтра")
    await admin.says("/digest @harbour_news 9:00")
    await admin.expects("Канал Гавань")
    # The private chat has its own, and nobody else changes the channel's.
    await admin.says("/settings")
    assert "Без хештегів" in (await admin.expects("Як сюди надходять новини")).text
    await member.says("/digest @harbour_news off")
    await member.expects("Це можуть зробити лише адміністратори каналу Гавань")
    for data in (
        "about:2:set::hashtags:off",
        "about:1:set::hashtags:off",
        "about:99:set:",
        "about:x",
        "about:2:forget:x",
    ):
        await places.world.forge(member, member.messages()[-1], data)
    await admin.says("/settings @harbour_news 1")
    await admin.expects("#порт")


async def test_a_channel_can_be_picked_and_lets_the_bot_in_by_that(places: Places) -> None:
    closed = places.world.telegram.channel(CHANNEL, title="Гавань", admins=[places.admin], bot="left")
    await places.admin.says("/channels")
    await places.admin.expects("Щоб новини надходили в канал")
    await places.admin.picks(closed)
    await places.admin.expects(f"/sub {CHANNEL} адреса")
    await places.admin.says(f"/sub {CHANNEL} {places.world.feed('bereg')}")
    await places.admin.expects("Канал Гавань стежить за джерелом")
    fresh = places.publish("Чайки повернулися")
    await places.admin.expects(fresh, chat=closed)


async def test_who_may_not_post_in_a_channel_changes_and_learns_nothing(places: Places, channel: Chat) -> None:
    admin, member = places.admin, places.member
    await admin.says(f"/sub @harbour_news {places.world.feed('bereg')}")
    told = await admin.expects("Канал Гавань стежить за джерелом")
    [button] = told.buttons
    for command, rest in (("sub", places.world.feed("misto")), ("list", ""), ("unsub", "1")):
        await member.says(f"/{command} @harbour_news {rest}")
        await member.expects("Це можуть зробити лише адміністратори каналу Гавань")
    await member.says(f"/list {CHANNEL}")
    await member.expects("лише адміністратори каналу")
    await member.says("/channels")
    assert not (await member.expects("Щоб новини надходили в канал")).buttons
    # A forged press.
    forged = acts.press(places.world.telegram, member.id, member.messages()[-1], f"{button['callback_data']}:1")
    await forged.answered.wait()
    assert forged.answers[0].text == "Ця кнопка вже не діє."
    await admin.says("/list @harbour_news")
    await admin.expects("Гавань · 1 джерело")


async def test_who_presses_a_button_in_a_channel_makes_the_bot_post_nothing_there(
    places: Places, channel: Chat
) -> None:
    await places.admin.says(f"/sub @harbour_news {places.world.feed('bereg')}")
    await places.admin.expects("Канал Гавань стежить за джерелом")
    push = await places.member.expects(places.publish("Чайки повернулися"), chat=channel)
    for data in ("rel:1", "story:1", "list:0"):
        pressed = acts.press(places.world.telegram, places.member.id, push, data)
        await pressed.answered.wait()
        assert pressed.answers[0].text == "Тут лише новини. Запитайте мене приватно."
    await places.world.forge(places.member, push, "more:1")
    assert len(places.world.telegram.said(CHANNEL)) == 1
    assert not places.world.telegram.said(CHANNEL)[0].buttons


async def test_of_what_is_no_channel_of_theirs_people_are_told_so(places: Places, channel: Chat) -> None:
    admin, telegram = places.admin, places.world.telegram
    await admin.says("/list @no_such_channel")
    await admin.expects("Не знаходжу каналу @no_such_channel")
    await admin.says(f"/list {GROUP}")
    await admin.expects("не канал. У групі надішліть команду прямо там")
    telegram.channel(-1000000000301, title="Чужий", username="not_let_in", admins=[admin], bot="left")
    await admin.says(f"/sub @not_let_in {places.world.feed('bereg')}")
    await admin.expects("Я не можу публікувати в каналі Чужий")
    await admin.says("/sub @harbour_news https://user:pass@example.com/feed")
    told = await admin.expects("лише в приватному чаті")
    assert "pass" not in told.text


async def test_a_channel_in_which_the_bot_may_not_post_any_more_has_its_administrator_told(
    places: Places, channel: Chat
) -> None:
    await places.admin.expects("Мене додано в канал Гавань")
    await places.somebody_else_follows()
    await places.admin.says(f"/sub @harbour_news {places.world.feed('bereg')}")
    await places.admin.expects("Канал Гавань стежить за джерелом")
    telegram = places.world.telegram
    telegram.put_chat(replace(telegram.chats[CHANNEL], bot="member"))
    places.publish("Чайки відлетіли")
    await places.admin.expects("У каналі «Гавань» я більше не можу публікувати")
    telegram.put_chat(replace(telegram.chats[CHANNEL], bot="left"))
    places.admin.adds_bot(channel, "administrator")
    await places.admin.expects("Мене додано в канал Гавань")
    fresh = places.publish("Чайки знову тут")
    await places.admin.expects(fresh, chat=channel)


# Where somebody is, and what nobody should read


async def test_a_location_sent_in_private_proposes_time_zones(places: Places) -> None:
    await places.admin.sends_location(52.23, 21.01)
    asked = await places.admin.expects("Який годинник ваш?")
    await places.admin.presses("Варшава", asked)
    await places.admin.expects("Ваш часовий пояс: Варшава")


async def test_a_member_who_shows_a_password_to_the_group_is_warned(places: Places) -> None:
    await places.member.says("/sub https://user:pass@example.com/feed", places.forum)
    told = await places.member.expects("Це можуть змінити лише адміністратори", chat=places.forum)
    assert "видаліть повідомлення" in told.text
    assert "pass" not in told.text
