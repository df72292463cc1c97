"""Methods that change or delete a message."""

from typing import TYPE_CHECKING

from sandbox.telegram import posting
from sandbox.telegram.keyboard import read_keyboard
from sandbox.telegram.messages import Message
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import Chat
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
DELETABLE_SECONDS = 48 * 3600
_OF_TEXT = {"text", "entities", "link_preview_options"}
_OF_CAPTION = {"caption", "caption_entities"}


def edit_message_text(telegram: "Telegram", parameters: Parameters) -> Json:
    """editMessageText"""
    chat = posting.open_chat(telegram, parameters)
    text = posting.text_of(parameters)
    message = posting.own_message(telegram, chat, parameters)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    options = parameters.record("link_preview_options", "link preview options")
    content = posting.text_fields(text) | ({"link_preview_options": options} if options else {})
    return _edit(telegram, chat, message, _OF_TEXT, content | _keyboard(parameters))


def edit_message_caption(telegram: "Telegram", parameters: Parameters) -> Json:
    """editMessageCaption"""
    chat = posting.open_chat(telegram, parameters)
    caption = posting.caption_of(parameters)
    message = posting.own_message(telegram, chat, parameters)
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, chat, message, _OF_CAPTION, caption | _keyboard(parameters))


def edit_message_reply_markup(telegram: "Telegram", parameters: Parameters) -> Json:
    """editMessageReplyMarkup"""
    chat = posting.open_chat(telegram, parameters)
    message = posting.own_message(telegram, chat, parameters)
    return _edit(telegram, chat, message, set(), _keyboard(parameters))


def delete_message(telegram: "Telegram", parameters: Parameters) -> bool:
    """deleteMessage"""
    chat = posting.open_chat(telegram, parameters)
    message = telegram.history.get(chat.id, parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(telegram, chat, message):
        raise bad_request("message can't be deleted")
    telegram.take_message(message)
    return True


def _keyboard(parameters: Parameters) -> Json:
    """The new keyboard as a field; an edit without one takes the old one away."""
    keyboard = read_keyboard(parameters.structure("reply_markup", "reply keyboard markup"))
    return {"reply_markup": keyboard} if keyboard else {}


def _edit(telegram: "Telegram", chat: Chat, message: Message, old: set[str], content: Json) -> Json:
    replaced = old | {"reply_markup"}
    kept = {name: value for name, value in message.body.items() if name not in replaced}
    if kept | content == message.body:
        raise bad_request(NOT_MODIFIED)
    posting.count(telegram, chat)
    edited = {**kept, **content} if not old else {**kept, **content, "edit_date": int(telegram.now())}
    changed = Message(edited, telegram.clock(), message.extras)
    telegram.put_message(changed, edit=True)
    telegram.record(changed, edit=True)
    return changed.body


def _deletable(telegram: "Telegram", chat: Chat, message: Message) -> bool:
    if telegram.now() - message.body["date"] > DELETABLE_SECONDS:
        return False
    own = message.sender_id in (None, telegram.bot.id)
    return own or chat.private or chat.bot == "administrator"
