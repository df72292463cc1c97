"""All methods in one list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.telegram.methods import chats, describing, editing, inline, sending, updating, webhooks
from sandbox.telegram.parameters import Parameters

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

# A method gives its result, or an awaitable of it; it raises Refusal.
Method = Callable[["Telegram", Parameters], Any]

_METHODS: dict[str, Method] = {
    "getMe": describing.get_me,
    "getUpdates": updating.get_updates,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": updating.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "setMyCommands": describing.set_my_commands,
    "getMyCommands": describing.get_my_commands,
    "deleteMyCommands": describing.delete_my_commands,
    "setMyName": describing.set_my_text("name", 64),
    "getMyName": describing.get_my_text("name"),
    "setMyDescription": describing.set_my_text("description", 512),
    "getMyDescription": describing.get_my_text("description"),
    "setMyShortDescription": describing.set_my_text("short_description", 120),
    "getMyShortDescription": describing.get_my_text("short_description"),
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "getFile": chats.get_file,
}

# Telegram doesn't mind the case of a method's name; the record shows the usual spelling.
METHODS: dict[str, tuple[str, Method]] = {name.lower(): (name, method) for name, method in _METHODS.items()}
