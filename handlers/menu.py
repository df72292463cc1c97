"""Telegram's command menu: what is offered when somebody types a slash."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from handlers.routes import COMMANDS
from handlers.speech import LANGUAGES, Speech, speech

log = structlog.get_logger(__name__)


def menu(words: Speech, *, admin: bool = False) -> list[BotCommand]:
    """The commands with a line each; admins' own come last and without translation."""
    shown = [BotCommand(each.name, words.plainly(each.menu)) for each in COMMANDS if each.menu]
    hidden = [BotCommand(each.name, each.name) for each in COMMANDS if each.admin and admin]
    return shown + hidden


async def set_menus(bot: Bot, default_language: str) -> None:
    """Set the menu for everybody, by language. A server that doesn't know menus is no reason to stop."""
    try:
        await bot.set_my_commands(menu(speech(default_language, "UTC")))
        for language in LANGUAGES:
            await bot.set_my_commands(menu(speech(language, "UTC")), language_code=language)
    except TelegramError as error:
        log.warning("menus_not_set", error=type(error).__name__, detail=error.message)


async def set_menu_of(bot: Bot, chat_id: int, words: Speech, *, admin: bool) -> None:
    """Set one chat's menu, in its language."""
    try:
        await bot.set_my_commands(menu(words, admin=admin), scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        log.warning("menu_not_set", error=type(error).__name__, detail=error.message)
