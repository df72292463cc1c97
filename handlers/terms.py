"""Our messages in Telegram's own terms: pure."""

from typing import Any

from telegram import (
    ChatAdministratorRights,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    KeyboardButtonRequestChat,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode

from handlers.message import Button, Card, Message


def keyboard_of(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under it, if any."""
    rows = [[_button(button) for button in row] for row in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def picker_of(message: Message) -> ReplyKeyboardMarkup | None:
    """The button by which a person chooses a channel where they may post, and lets us in there if we are not."""
    if not message.pick_channel:
        return None
    request = KeyboardButtonRequestChat(
        1,
        chat_is_channel=True,
        user_administrator_rights=_may_post(can_promote_members=True),
        bot_administrator_rights=_may_post(),
    )
    button = KeyboardButton(message.pick_channel, request_chat=request)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _may_post(**more: bool) -> ChatAdministratorRights:
    rights: dict[str, Any] = dict.fromkeys(_RIGHTS, False) | {"can_manage_chat": True, "can_post_messages": True} | more
    return ChatAdministratorRights(**rights)


_RIGHTS = (
    *("is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)


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
