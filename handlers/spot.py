"""A place of Telegram's, found by its name or its number, and who decides there."""

from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from handlers.hear import PLATFORM
from news.chat import Address, Chat

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is, what it is in Telegram's word (channel, supergroup …), what it is called; `handle` is how a person
    names it in a command: its public name with an @, else its number."""

    address: Address
    kind: str
    title: str
    handle: str


async def find_spot(bot: Bot, name: str | int) -> Spot | None:
    """What is there; None for nothing, or nothing that is shown to the bot. Raises TelegramError for other trouble."""
    try:
        chat = await bot.get_chat(name)
    except (BadRequest, Forbidden):
        return None
    handle = f"@{chat.username}" if chat.username else str(chat.id)
    return Spot(Address(PLATFORM, chat.id), chat.type, chat.title or handle, handle)


async def menders_of(chat: Chat, bot: Bot) -> tuple[Address, ...]:
    """Who could let the bot write there again, as far as Telegram tells; nobody where that was asked before."""
    if chat.silenced:
        return ()
    try:
        members = await bot.get_chat_administrators(chat.address.chat_id)
    except TelegramError as error:
        log.info("administrators_not_told", chat=chat.address.chat_id, detail=error.message)
        return ()
    return tuple(Address(PLATFORM, one.user.id) for one in members if not one.user.is_bot)
