from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.administrators import DOUBTED_AFTER, KEPT, Administrators, Need
from handlers.message import Heard
from news.chat import Address, Chat
from sandbox.telegram import Fault, Telegram
from tests.handlers.lines import bot_in

CHAT = Chat(1, Address("telegram", -100), "supergroup", "uk", "Europe/Kyiv")
OPERATOR, ADMIN, MEMBER = 1, 5, 7
A_MOMENT = timedelta(microseconds=1)


@dataclass
class Room:
    """A group with an administrator and a member, who is asked about, and a clock that stands still."""

    telegram: Telegram = field(default_factory=lambda: Telegram(limits=None))
    now: datetime = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    @property
    def requests(self) -> int:
        return sum(call.method == "getChatAdministrators" for call in self.telegram.calls)

    def promotes(self, user_id: int, status: str = "administrator") -> None:
        """The owner gives somebody a standing; nobody tells us."""
        self.telegram.user(ADMIN).promotes(self.telegram.user(user_id), self.telegram.chats[-100], status)


@pytest.fixture
def room() -> Room:
    room = Room()
    room.telegram.group(-100, admins=[ADMIN], members=[MEMBER])
    return room


@pytest.fixture
async def administrators(room: Room) -> AsyncIterator[Administrators]:
    async with bot_in(room.telegram) as bot:
        yield Administrators(bot, frozenset([OPERATOR]), lambda: room.now)


def by(user_id: int) -> Heard:
    return Heard(CHAT.address, CHAT.kind, user_id)


@pytest.mark.parametrize(
    ("need", "allowed"),
    [
        (Need.NOTHING, {OPERATOR, ADMIN, MEMBER}),
        (Need.CHANGER, {OPERATOR, ADMIN}),
        (Need.ADMINISTRATOR, {OPERATOR, ADMIN}),
    ],
)
async def test_who_is_allowed_what(administrators: Administrators, need: Need, allowed: set[int]) -> None:
    everybody = (OPERATOR, ADMIN, MEMBER)
    assert {user for user in everybody if await administrators.allow(need, CHAT, by(user))} == allowed


async def test_an_open_group_lets_members_change_things_and_nothing_more(administrators: Administrators) -> None:
    there = replace(CHAT, open_to_all=True)
    assert await administrators.allow(Need.CHANGER, there, by(MEMBER))
    assert not await administrators.allow(Need.ADMINISTRATOR, there, by(MEMBER))


async def test_the_group_itself_is_an_administrator(administrators: Administrators) -> None:
    assert await administrators.allow(Need.ADMINISTRATOR, CHAT, replace(by(1_087_968_824), as_the_chat=True))


async def test_in_private_everybody_may_everything_and_nobody_is_asked(
    room: Room, administrators: Administrators
) -> None:
    assert await administrators.allow(Need.ADMINISTRATOR, replace(CHAT, kind="private"), by(MEMBER))
    assert room.requests == 0


async def test_an_administrator_is_one_for_a_minute(room: Room, administrators: Administrators) -> None:
    room.promotes(MEMBER)
    assert await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))
    room.promotes(MEMBER, "member")
    room.now += KEPT - A_MOMENT
    assert await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))
    assert room.requests == 1
    room.now += A_MOMENT
    assert not await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))


async def test_whoever_becomes_one_waits_a_few_seconds_at_most(room: Room, administrators: Administrators) -> None:
    assert not await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))
    room.promotes(MEMBER)
    room.now += DOUBTED_AFTER - A_MOMENT
    assert not await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))
    assert room.requests == 1
    room.now += A_MOMENT
    assert await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))


async def test_a_change_that_telegram_tells_of_counts_at_once(room: Room, administrators: Administrators) -> None:
    assert not await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))
    room.promotes(MEMBER)
    administrators.forget(-100)
    assert await administrators.allow(Need.CHANGER, CHAT, by(MEMBER))


async def test_what_telegram_cannot_tell_is_a_no_and_asked_again(room: Room, administrators: Administrators) -> None:
    room.telegram.add_fault(Fault("error", method="getChatAdministrators", status=400, times=1))
    assert not await administrators.allow(Need.CHANGER, CHAT, by(ADMIN))
    assert await administrators.allow(Need.CHANGER, CHAT, by(ADMIN))


async def test_in_a_channel_those_post_who_are_administrators_and_operators_have_no_rights_there(
    room: Room, administrators: Administrators
) -> None:
    room.telegram.channel(-300, admins=[ADMIN], members=[MEMBER])
    assert await administrators.may_post(-300, ADMIN)
    assert not await administrators.may_post(-300, MEMBER)
    assert not await administrators.may_post(-300, OPERATOR)


async def test_who_is_no_administrator_of_a_channel_is_told_nothing_of_the_others(
    room: Room, administrators: Administrators
) -> None:
    room.telegram.channel(-300, admins=[ADMIN], bot="member")
    assert not await administrators.may_post(-300, ADMIN)
