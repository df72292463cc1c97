"""What Telegram shows of the bot by itself: the menus when somebody types a slash, and what is read before /start."""

from collections.abc import Iterator
from enum import Enum, auto

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from handlers.administrators import Need
from handlers.place import Place
from handlers.routes import COMMANDS, Command
from handlers.speech import LANGUAGES, Speech, sentence, speech
from news.chat import Chat

DESCRIPTION = sentence(
    "Visnyk follows sites, feeds and public Telegram channels and sends you their news: each story once, at the hours "
    "you choose. Press Start, then send an address."
)
SHORT_DESCRIPTION = sentence("Follows the news and sends it here: each story once, when you want it.")
log = structlog.get_logger(__name__)


class Audience(Enum):
    """Who sees a menu, and where."""

    ANYBODY = auto()
    READER = auto()  # in the private chat
    OPERATOR = auto()  # in theirs
    MEMBER = auto()  # of a group
    CHANGER = auto()  # of a group: an administrator, or anybody where it is open to all


_SCOPES: tuple[tuple[Audience, BotCommandScope], ...] = (
    (Audience.ANYBODY, BotCommandScopeDefault()),
    (Audience.READER, BotCommandScopeAllPrivateChats()),
    (Audience.MEMBER, BotCommandScopeAllGroupChats()),
    (Audience.CHANGER, BotCommandScopeAllChatAdministrators()),
)
_PLACES = {
    Audience.ANYBODY: {Place.ANYWHERE},
    Audience.READER: {Place.ANYWHERE, Place.PRIVATE},
    Audience.OPERATOR: {Place.ANYWHERE, Place.PRIVATE},
    Audience.MEMBER: {Place.ANYWHERE, Place.GROUPS},
    Audience.CHANGER: {Place.ANYWHERE, Place.GROUPS},
}


def menu(words: Speech, audience: Audience) -> list[BotCommand]:
    """The commands with a line each; operators' own come last and without translation."""
    shown = [BotCommand(each.name, words.plainly(each.menu)) for each in COMMANDS if _is_for(each, audience)]
    hidden = [BotCommand(each.name, each.name) for each in COMMANDS if each.admin and audience is Audience.OPERATOR]
    return shown + hidden


async def set_menus(bot: Bot, default_language: str) -> None:
    """Set the menus for everybody, by scope and language. A server that doesn't know menus is no reason to stop."""
    try:
        for language, code in _languages(default_language):
            for audience, scope in _SCOPES:
                await bot.set_my_commands(menu(speech(language, "UTC"), audience), scope=scope, language_code=code)
    except TelegramError as error:
        log.warning("menus_not_set", error=type(error).__name__, detail=error.message)


async def set_menu_of(bot: Bot, chat: Chat, words: Speech, *, admin: bool, usual: bool = False) -> None:
    """Set one chat's menus, in its language; `admin`: it is an operator's private chat. `usual`: its menu is that of
    everybody with that language, and has what is new there without being set anew."""
    scopes: list[tuple[Audience, BotCommandScope]]
    there = chat.address.chat_id
    if chat.kind == "private":
        scopes = [(Audience.OPERATOR if admin else Audience.READER, BotCommandScopeChat(there))]
    else:
        members = Audience.CHANGER if chat.open_to_all else Audience.MEMBER
        scopes = [
            (members, BotCommandScopeChat(there)),
            (Audience.CHANGER, BotCommandScopeChatAdministrators(there)),
        ]
    try:
        for audience, scope in scopes:
            if usual and audience is Audience.READER:
                await bot.delete_my_commands(scope=scope)
            else:
                await bot.set_my_commands(menu(words, audience), scope=scope)
    except TelegramError as error:
        log.warning("menu_not_set", error=type(error).__name__, detail=error.message)


async def describe(bot: Bot, default_language: str) -> None:
    """Set what is read of the bot before /start, by language. What is right already is not set again, as Telegram bears
    few changes; a server that doesn't know this is no reason to stop."""
    try:
        for language, code in _languages(default_language):
            words = speech(language, "UTC")
            whole, short = words.plainly(DESCRIPTION), words.plainly(SHORT_DESCRIPTION)
            if (await bot.get_my_description(code)).description != whole:
                await bot.set_my_description(whole, code)
            if (await bot.get_my_short_description(code)).short_description != short:
                await bot.set_my_short_description(short, code)
    except TelegramError as error:
        log.warning("description_not_set", error=type(error).__name__, detail=error.message)


def _languages(default: str) -> Iterator[tuple[str, str | None]]:
    """Each language and its code; the default one first, for all who have another."""
    yield default, None
    yield from ((language, language) for language in LANGUAGES)


def _is_for(command: Command, audience: Audience) -> bool:
    may = command.need is Need.NOTHING or audience is not Audience.MEMBER
    return bool(command.menu) and may and command.place in _PLACES[audience]
