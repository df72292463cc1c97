import re

import pytest
from telegram import BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from handlers.menu import Audience, describe, menu, set_menu_of, set_menus
from handlers.routes import COMMANDS
from handlers.speech import LANGUAGES, speech
from news.chat import Address, Chat
from sandbox.telegram import Fault, Player, Telegram
from tests.handlers.lines import bot_at, bot_in

OPERATORS_ONLY = {"pages", "stats", "health", "broadcast"}
CHANGING = {"sub", "unsub", "digest"}
GROUP = -100200


def chat_of(chat_id: int, kind: str = "private", *, open_to_all: bool = False) -> Chat:
    return Chat(1, Address("telegram", chat_id), kind, "en", "UTC", open_to_all=open_to_all)


def seen(telegram: Telegram, user: Player, language: str | None = None, chat: int | None = None) -> dict[str, str]:
    """The menu that a user is shown, in private unless a chat is named."""
    shown = telegram.commands.seen_by(user.id, language, telegram.chats[chat or user.id])
    return {one["command"]: one["description"] for one in shown}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_a_menu_keeps_telegrams_limits(language: str, audience: Audience) -> None:
    commands = menu(speech(language, "UTC"), audience)
    names = [each.command for each in commands]
    assert 0 < len(commands) <= 100
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert all(1 <= len(each.description) <= 256 for each in commands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_operators_commands_do_not_exist_for_others(language: str) -> None:
    words = speech(language, "UTC")
    for audience in Audience:
        hidden = {each.command for each in menu(words, audience)} & OPERATORS_ONLY
        assert hidden == (OPERATORS_ONLY if audience is Audience.OPERATOR else set())


def test_every_command_in_a_menu_is_one_that_is_answered_and_no_alias() -> None:
    assert {each.command for each in menu(speech("en", "UTC"), Audience.OPERATOR)} <= {each.name for each in COMMANDS}


def test_no_name_means_two_commands() -> None:
    names = [name for each in COMMANDS for name in (each.name, *each.aliases)]
    assert len(names) == len(set(names))


async def test_readers_see_the_menu_in_their_language_and_others_in_the_default() -> None:
    telegram = Telegram()
    anna = telegram.user(7, started=True)
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
    assert seen(telegram, anna, "en")["list"] == "what you follow"
    assert seen(telegram, anna, "uk")["list"] == "за чим ви стежите"
    assert seen(telegram, anna, "pl")["list"] == "за чим ви стежите"


async def test_who_has_the_usual_menu_sees_what_is_new_in_it_without_asking() -> None:
    telegram = Telegram()
    anna = telegram.user(7, started=True)
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
        await set_menu_of(bot, chat_of(7), speech("en", "UTC"), admin=False)
        assert seen(telegram, anna, "uk")["list"] == "what you follow"
        await set_menu_of(bot, chat_of(7), speech("uk", "UTC"), admin=False, usual=True)
        assert seen(telegram, anna, "uk")["list"] == "за чим ви стежите"
        await bot.set_my_commands(
            [("brandnew", "щось нове")], scope=BotCommandScopeAllPrivateChats(), language_code="uk"
        )
    assert seen(telegram, anna, "uk") == {"brandnew": "щось нове"}


async def test_of_a_group_members_see_what_they_may_and_administrators_all_of_it() -> None:
    telegram = Telegram()
    anna, admin = telegram.user(7, started=True), telegram.user(8, started=True)
    telegram.group(GROUP, members=[anna], admins=[admin])
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
        for _ in range(2):
            assert seen(telegram, anna, chat=GROUP).keys().isdisjoint(CHANGING)
            assert seen(telegram, anna, chat=GROUP).keys() >= {"list", "search", "rights"}
            assert seen(telegram, admin, chat=GROUP).keys() >= {*CHANGING, "rights"}
            await set_menu_of(bot, chat_of(GROUP, "supergroup"), speech("en", "UTC"), admin=False)
        assert seen(telegram, anna, chat=GROUP)["list"] == "what you follow"
        await set_menu_of(bot, chat_of(GROUP, "supergroup", open_to_all=True), speech("en", "UTC"), admin=True)
    assert seen(telegram, anna, chat=GROUP).keys() >= CHANGING
    assert seen(telegram, admin, chat=GROUP).keys().isdisjoint(OPERATORS_ONLY)
    assert "rights" not in seen(telegram, admin)


async def test_one_chats_menu_is_its_own() -> None:
    telegram = Telegram()
    anna, operator = telegram.user(7, started=True), telegram.user(8, started=True)
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
        await set_menu_of(bot, chat_of(operator.id), speech("en", "UTC"), admin=True)
    assert seen(telegram, operator).keys() >= OPERATORS_ONLY
    assert seen(telegram, anna).keys().isdisjoint(OPERATORS_ONLY)


async def test_the_bot_is_described_in_each_language_and_what_is_right_is_not_set_again() -> None:
    telegram = Telegram()
    async with bot_in(telegram) as bot:
        await describe(bot, "uk")
        first = len(telegram.calls)
        for code, word in (("uk", "Вісник"), ("en", "Visnyk"), ("pl", "Вісник")):
            assert word in (await bot.get_my_description(code)).description
        assert (await bot.get_my_short_description("en")).short_description.startswith("Follows the news")
        await describe(bot, "uk")
    assert [call.method for call in list(telegram.calls)[:first] if call.status != 200] == []
    assert not [call for call in list(telegram.calls)[first:] if call.method.startswith("set")]


async def test_a_server_that_knows_no_menus_is_no_reason_to_stop() -> None:
    telegram = Telegram()
    telegram.add_fault(Fault("error", status=404))
    async with bot_in(telegram) as bot:
        with pytest.raises(TelegramError):
            await bot.set_my_commands([])
        await set_menus(bot, "uk")
        await describe(bot, "uk")
        await set_menu_of(bot, chat_of(7), speech("uk", "UTC"), admin=False)
    async with bot_at("http://127.0.0.1:1") as bot:
        await set_menus(bot, "uk")
