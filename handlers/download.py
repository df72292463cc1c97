"""Fetching a file that somebody sent."""

import structlog
from telegram import Bot
from telegram.error import TelegramError

from handlers.message import Document

log = structlog.get_logger(__name__)


class NotDownloaded(Exception):
    """The messenger did not give the file out."""


async def download(bot: Bot, document: Document) -> bytes:
    """The whole file; raises NotDownloaded."""
    try:
        file = await bot.get_file(document.file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.info("file_not_downloaded", error=type(error).__name__, detail=error.message)
        raise NotDownloaded(error.message) from error
