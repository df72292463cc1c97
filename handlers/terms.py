"""Our messages in Telegram's own terms: pure."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode

from handlers.message import Button, Card, Message


def keyboard_of(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under it, if any."""
    rows = [[_button(button) for button in row] for row in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.press)


def reply_of(message: Message) -> ReplyParameters | None:
    """What it replies to, if that is still there."""
    if message.reply_to is None:
        return None
    return ReplyParameters(message.reply_to, allow_sending_without_reply=True)


def preview_of(message: Message) -> LinkPreviewOptions:
    """The one link shown large, or none."""
    if message.preview is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview)


def result_of(card: Card) -> InlineQueryResultArticle:
    """A card among inline results."""
    content = InputTextMessageContent(
        card.message.html, parse_mode=ParseMode.HTML, link_preview_options=preview_of(card.message)
    )
    return InlineQueryResultArticle(
        card.id,
        card.title,
        content,
        reply_markup=keyboard_of(card.message),
        url=card.link,
        description=card.description,
        thumbnail_url=card.picture,
    )
