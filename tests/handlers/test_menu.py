import re

import pytest
from telegram.error import TelegramError

from handlers.menu import menu, set_menu_of, set_menus
from handlers.routes import COMMANDS
from handlers.speech import LANGUAGES, speech
from sandbox.telegram import Fault, Player, Telegram
from tests.handlers.lines import bot_at, bot_in

ADMINS_ONLY = {"pages", "stats", "health", "broadcast"}


def seen(telegram: Telegram, user: Player, language: str | None = None) -> dict[str, str]:
    """The menu that a user is shown in private."""
    shown = telegram.commands.seen_by(user.id, language, telegram.chats[user.id])
    return {one["command"]: one["description"] for one in shown}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("admin", [False, True])
def test_a_menu_keeps_telegrams_limits(language: str, admin: bool) -> None:
    commands = menu(speech(language, "UTC"), admin=admin)
    names = [each.command for each in commands]
    assert 0 < len(commands) <= 100
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert all(1 <= len(each.description) <= 256 for each in commands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_admins_commands_do_not_exist_for_others(language: str) -> None:
    words = speech(language, "UTC")
    shown, admins = ({each.command for each in menu(words, admin=admin)} for admin in (False, True))
    assert shown & ADMINS_ONLY == set()
    assert admins - shown == ADMINS_ONLY


def test_every_command_in_a_menu_is_one_that_is_answered() -> None:
    assert {each.command for each in menu(speech("en", "UTC"), admin=True)} <= {each.name for each in COMMANDS}


async def test_readers_see_the_menu_in_their_language_and_others_in_the_default() -> None:
    telegram = Telegram()
    anna = telegram.user(7, started=True)
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
    assert seen(telegram, anna, "en")["list"] == "what you follow"
    assert seen(telegram, anna, "uk")["list"] == "за чим ви стежите"
    assert seen(telegram, anna, "pl")["list"] == "за чим ви стежите"


async def test_one_chats_menu_is_its_own() -> None:
    telegram = Telegram()
    anna, admin = telegram.user(7, started=True), telegram.user(8, started=True)
    async with bot_in(telegram) as bot:
        await set_menus(bot, "uk")
        await set_menu_of(bot, admin.id, speech("en", "UTC"), admin=True)
    assert seen(telegram, admin).keys() >= ADMINS_ONLY
    assert seen(telegram, anna).keys().isdisjoint(ADMINS_ONLY)


async def test_a_server_that_knows_no_menus_is_no_reason_to_stop() -> None:
    telegram = Telegram()
    telegram.add_fault(Fault("error", status=404))
    async with bot_in(telegram) as bot:
        with pytest.raises(TelegramError):
            await bot.set_my_commands([])
        await set_menus(bot, "uk")
        await set_menu_of(bot, 7, speech("uk", "UTC"), admin=False)
    async with bot_at("http://127.0.0.1:1") as bot:
        await set_menus(bot, "uk")
