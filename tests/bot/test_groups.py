"""Groups as their administrators and members see them, through Telegram."""

import asyncio
import re
from dataclasses import dataclass

import pytest

from sandbox.telegram import Fault, Player
from sandbox.telegram.people import Chat
from tests.bot.world import ADMIN, World

REFUSAL = "Це можуть змінити лише адміністратори групи."
NOT_THEIRS = "Це можуть зробити лише адміністратори групи."


@dataclass
class Group:
    """A group with an administrator and a member, in which the bot is."""

    world: World
    chat: Chat
    admin: Player
    member: Player

    async def follows(self, slug: str) -> None:
        """Let the administrator follow an outlet there."""
        await self.admin.says(f"/sub {self.world.feed(slug)}", self.chat)
        await self.admin.expects("Ви стежите за", chat=self.chat)

    async def is_offered(self, command: str, player: Player) -> None:
        """Wait until somebody's menu there has this command."""
        telegram = self.world.telegram
        async with asyncio.timeout(10):
            while command not in {one["command"] for one in telegram.commands.seen_by(player.id, "uk", self.chat)}:
                await telegram.changed.rung()

    def asked_for_admins(self) -> int:
        """How often Telegram was asked who the administrators are."""
        return sum(call.method == "getChatAdministrators" for call in self.world.telegram.calls)


def group_in(world: World, *, bot: str = "member") -> Group:
    admin, member = (world.telegram.user(number, language_code="uk") for number in (5, 7))
    chat = world.telegram.group(-100200, admins=[admin], members=[member], bot=bot)
    return Group(world, chat, admin, member)


@pytest.fixture
async def group(world: World) -> Group:
    return group_in(world)


# Rights


CHANGING = ("sub example.com", "unsub 1", "summary", "digest 9:00", "quiet off", "pause", "resume", "timezone Київ")


@pytest.mark.parametrize("command", [*CHANGING, "urgent обстріл", "import"])
async def test_what_changes_something_is_for_administrators(group: Group, command: str) -> None:
    await group.member.says(f"/{command}", group.chat)
    await group.member.expects(REFUSAL, chat=group.chat)
    await group.admin.says(f"/{command}", group.chat)
    await group.admin.expects(re.compile("^(?!Це можуть)"), chat=group.chat)


async def test_a_press_that_changes_something_is_for_administrators(group: Group) -> None:
    await group.admin.says("/summary", group.chat)
    told = await group.admin.expects("щонайбільше в 300 знаках", chat=group.chat)
    refused = await group.member.presses("Без викладу", told, chat=group.chat)
    assert refused.text == REFUSAL
    assert (await group.admin.presses("Без викладу", told, chat=group.chat)).text == ""
    await group.admin.expects("самі заголовки", chat=group.chat)


async def test_members_search_and_ask(group: Group) -> None:
    await group.follows("bereg")
    fresh = group.world.newsroom.publish("bereg", title="Жирафа Зою перевезли до Кракова", lead="Вона спала.")
    push = await group.member.expects(fresh.title, chat=group.chat)
    for command, answer in (
        ("/search жирафа", "🔎 жирафа · 1 новина"),
        ("/list", "1 джерело"),
        ("/top", "Жирафа Зою"),
        ("/help", "Джерела"),
        ("/rights", "лише адміністратори"),
    ):
        await group.member.says(command, group.chat)
        await group.member.expects(answer, chat=group.chat)
    await group.member.presses("Схоже", push, chat=group.chat)
    await group.member.expects("поки більше нічого немає", chat=group.chat)
    await group.member.says("/stats", group.chat)
    assert group.asked_for_admins() == 1


async def test_an_anonymous_administrator_and_an_operator_change_things(group: Group) -> None:
    await group.admin.says(f"/sub {group.world.feed('bereg')}", group.chat, anonymous=True)
    await group.admin.expects("Ви стежите за", chat=group.chat)
    operator = group.world.telegram.user(ADMIN)
    chat = group.admin.promotes(operator, group.chat, "member")
    await operator.says("/unsub 1", chat)
    await operator.expects("Ви більше не стежите", chat=chat)
    assert group.asked_for_admins() == 0


async def test_telegram_is_asked_once_for_all_that_administrators_do(group: Group) -> None:
    for slug in ("bereg", "misto"):
        await group.follows(slug)
    await group.admin.says("/unsub 1", group.chat)
    await group.admin.expects("Ви більше не стежите", chat=group.chat)
    assert group.asked_for_admins() == 1


async def test_who_is_no_administrator_any_more_changes_nothing(world: World) -> None:
    group = group_in(world, bot="administrator")
    owner = world.telegram.user(6)
    world.telegram.group(-100200, admins=[owner, group.admin], bot="administrator")
    await group.follows("bereg")
    owner.promotes(group.admin, group.chat, "member")
    await group.admin.says("/unsub 1", group.chat)
    assert (await group.admin.expects("адміністратори", chat=group.chat)).text == REFUSAL
    owner.promotes(group.admin, group.chat)
    await group.admin.says("/unsub 1", group.chat)
    await group.admin.expects("Ви більше не стежите", chat=group.chat)


async def test_what_telegram_does_not_tell_is_a_no(group: Group) -> None:
    group.world.telegram.add_fault(Fault("error", method="getChatAdministrators", status=400, times=1))
    await group.admin.says("/unsub 1", group.chat)
    assert (await group.admin.expects("адміністратори", chat=group.chat)).text == REFUSAL
    await group.admin.says("/unsub 1", group.chat)
    await group.admin.expects("Ви не стежите за", chat=group.chat)


async def test_administrators_open_a_group_to_its_members_and_close_it_again(group: Group) -> None:
    await group.admin.says("/rights", group.chat)
    told = await group.admin.expects("лише адміністратори", chat=group.chat)
    assert (await group.member.presses("Дозволити всім", told, chat=group.chat)).text == NOT_THEIRS
    await group.admin.presses("Дозволити всім", told, chat=group.chat)
    opened = await group.admin.expects("усі учасники", chat=group.chat)
    await group.is_offered("sub", group.member)
    await group.member.says(f"/sub {group.world.feed('bereg')}", group.chat)
    await group.member.expects("Ви стежите за", chat=group.chat)
    assert (await group.member.presses("Лише адміністраторам", opened, chat=group.chat)).text == NOT_THEIRS
    await group.admin.presses("Лише адміністраторам", opened, chat=group.chat)
    await group.member.says("/unsub 1", group.chat)
    assert (await group.member.expects("Це можуть", chat=group.chat)).text == REFUSAL


async def test_in_private_nobody_is_asked(group: Group) -> None:
    await group.member.says("/summary")
    told = await group.member.expects("щонайбільше в 300 знаках")
    await group.member.presses("Без викладу", told)
    await group.member.says("/rights")
    await group.member.expects("Це для груп.")
    assert group.asked_for_admins() == 0


# Coming and going


async def test_a_group_is_greeted_once_by_what_lets_it_begin(world: World) -> None:
    group = group_in(world, bot="left")
    group.admin.adds_bot(group.chat)
    hello = await group.admin.expects("Вісник стежить за новинами", chat=group.chat)
    assert "для адміністраторів" in hello.text
    group.admin.adds_bot(group.chat, "administrator")
    await group.member.says("/list", group.chat)
    await group.member.expects("Ви ще ні за чим не стежите", chat=group.chat)
    assert len(world.telegram.said(group.chat.id)) == 2


async def test_a_group_that_lets_the_bot_in_again_has_all_as_before_and_missed_what_came_between(
    group: Group,
) -> None:
    await group.follows("bereg")
    await group.admin.says(f"/sub {group.world.feed('bereg')}")
    await group.admin.expects("Ви стежите за")
    group.admin.removes_bot(group.chat)
    between = group.world.newsroom.publish("bereg", title="Пором подорожчав", lead="На дві гривні.")
    await group.admin.expects(between.title)
    group.admin.adds_bot(group.chat)
    await group.admin.expects("Вісник знову тут і, як і раніше, стежить за 1 джерелом", chat=group.chat)
    fresh = group.world.newsroom.publish("bereg", title="Зоопарк відчинено", lead="Прийшли діти.")
    await group.admin.expects(fresh.title, chat=group.chat)
    assert not [said for said in group.world.telegram.said(group.chat.id) if between.title in said.text]


# Answers


async def test_an_answer_in_a_group_replies_to_its_question_and_one_in_private_to_none(group: Group) -> None:
    asked = await group.member.says("/list", group.chat)
    told = await group.member.expects("Ви ще ні за чим не стежите", chat=group.chat)
    assert told.reply_to is not None
    assert told.reply_to["message_id"] == asked.id
    await group.member.says("/list")
    assert (await group.member.expects("Ви ще ні за чим не стежите")).reply_to is None


async def test_a_question_that_was_deleted_is_answered_all_the_same(group: Group) -> None:
    asked = await group.member.says("/list", group.chat)
    group.world.telegram.history.pop(group.chat.id, asked.id)
    assert (await group.member.expects("Ви ще ні за чим не стежите", chat=group.chat)).reply_to is None
