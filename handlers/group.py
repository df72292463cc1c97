"""Who somebody is in a group."""

import structlog
from telegram import Bot
from telegram.constants import ChatID, ChatMemberStatus
from telegram.error import TelegramError

from handlers.message import Heard

_ADMINISTRATORS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
log = structlog.get_logger(__name__)


async def is_administrator(bot: Bot, heard: Heard) -> bool:
    """Whether whoever is heard is an administrator of the group; what Telegram can't tell is a no."""
    if heard.user_id == ChatID.ANONYMOUS_ADMIN:
        return True
    try:
        member = await bot.get_chat_member(heard.address.chat_id, heard.user_id)
    except TelegramError as error:
        log.info("member_not_told", chat=heard.address.chat_id, error=type(error).__name__, detail=error.message)
        return False
    return member.status in _ADMINISTRATORS
