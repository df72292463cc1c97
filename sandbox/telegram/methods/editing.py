"""Methods that change or delete a message."""

from typing import TYPE_CHECKING

from sandbox.telegram import posting
from sandbox.telegram.inline_messages import inline_message
from sandbox.telegram.keyboard import read_keyboard
from sandbox.telegram.messages import Message
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import Chat
from sandbox.telegram.previews import preview_extras
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


def edit_message_text(telegram: "Telegram", parameters: Parameters) -> Json | bool:
    """editMessageText"""
    content = posting.text_fields(posting.text_of(parameters)) | posting.preview_options(parameters)
    chat, message = _target(telegram, parameters)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(telegram, chat, message, _OF_TEXT, content, parameters)


def edit_message_caption(telegram: "Telegram", parameters: Parameters) -> Json | bool:
    """editMessageCaption"""
    content = posting.caption_of(parameters)
    chat, message = _target(telegram, parameters)
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, chat, message, _OF_CAPTION, content, parameters)


def edit_message_reply_markup(telegram: "Telegram", parameters: Parameters) -> Json | bool:
    """editMessageReplyMarkup"""
    chat, message = _target(telegram, parameters)
    return _edit(telegram, chat, message, set(), {}, parameters)


def delete_message(telegram: "Telegram", parameters: Parameters) -> bool:
    """deleteMessage"""
    chat = posting.joined_chat(telegram, parameters)
    message = telegram.history.get(chat.id, parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(telegram, chat, message):
        raise bad_request("message can't be deleted")
    telegram.take_message(message)
    return True


def _target(telegram: "Telegram", parameters: Parameters) -> tuple[Chat, Message]:
    """The message that is to be edited, by its place or by its inline id; raises Refusal."""
    if "inline_message_id" not in parameters:
        chat = posting.open_chat(telegram, parameters)
        return chat, posting.own_message(telegram, chat, parameters)
    message = inline_message(telegram, parameters.text("inline_message_id"))
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return telegram.chats[message.chat_id], message


def _keyboard(parameters: Parameters) -> Json:
    """The new keyboard as a field; an edit without one takes the old one away."""
    keyboard = read_keyboard(parameters.structure("reply_markup", "reply keyboard markup"))
    return {"reply_markup": keyboard} if keyboard else {}


def _edit(
    telegram: "Telegram", chat: Chat, message: Message, old: set[str], content: Json, parameters: Parameters
) -> Json | bool:
    """Put `content` in the place of the `old` fields; gives the message, or True for one the bot can't see."""
    replaced = old | {"reply_markup"}
    kept = {name: value for name, value in message.body.items() if name not in replaced}
    edited = kept | content | _keyboard(parameters)
    if edited == message.body:
        raise bad_request(NOT_MODIFIED)
    posting.count(telegram, chat)
    if old:
        edited["edit_date"] = int(telegram.now())
    changed = Message(edited, telegram.clock(), _extras(telegram, message, old, content))
    telegram.put_message(changed, edit=True)
    telegram.record(changed, edit=True)
    return True if message.via_bot else changed.body


def _extras(telegram: "Telegram", message: Message, old: set[str], content: Json) -> Json:
    """What the web chat shows besides: another text may have another link to preview."""
    if "text" not in old:
        return message.extras
    kept = {name: value for name, value in message.extras.items() if name != "preview"}
    return kept | preview_extras(telegram, content)


def _deletable(telegram: "Telegram", chat: Chat, message: Message) -> bool:
    if telegram.now() - message.body["date"] > DELETABLE_SECONDS:
        return False
    own = message.sender_id in (None, telegram.bot.id)
    return own or chat.private or chat.bot == "administrator"
