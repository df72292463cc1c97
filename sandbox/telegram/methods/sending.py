"""Methods that put a message into a chat."""

from typing import TYPE_CHECKING

from sandbox.telegram import posting
from sandbox.telegram.files import File, document_json, keep_file, shown_url
from sandbox.telegram.keyboard import read_keyboard, read_pickers
from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.parameters import Parameters, Upload
from sandbox.telegram.people import Chat
from sandbox.telegram.pictures import photo_size, size_behind, size_of_upload
from sandbox.telegram.previews import preview_extras
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(telegram: "Telegram", parameters: Parameters) -> Json:
    """sendMessage"""
    chat = posting.open_chat(telegram, parameters)
    content = posting.text_fields(posting.text_of(parameters)) | posting.preview_options(parameters)
    return _send(telegram, chat, parameters, content, preview_extras(telegram, content))


async def send_photo(telegram: "Telegram", parameters: Parameters) -> Json:
    """sendPhoto, by address, upload or the id of a file sent before"""
    chat = posting.open_chat(telegram, parameters)
    caption = posting.caption_of(parameters)
    file = await _photo(telegram, _given(telegram, parameters, "photo"))
    size = photo_size(file.id, file.dimensions)
    return _send(telegram, chat, parameters, {"photo": [size], **caption}, {"url": shown_url(file)})


def send_document(telegram: "Telegram", parameters: Parameters) -> Json:
    """sendDocument, by address, upload or the id of a file sent before"""
    chat = posting.open_chat(telegram, parameters)
    caption = posting.caption_of(parameters)
    file = _document(telegram, _given(telegram, parameters, "document"))
    return _send(telegram, chat, parameters, {"document": document_json(file), **caption}, {"url": shown_url(file)})


def send_chat_action(telegram: "Telegram", parameters: Parameters) -> bool:
    """sendChatAction"""
    chat = posting.open_chat(telegram, parameters)
    action = parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.tell_chat(chat.id, {"type": "action", "chat": chat.id, "action": action})
    return True


def _send(telegram: "Telegram", chat: Chat, parameters: Parameters, content: Json, extras: Json) -> Json:
    content = posting.topic(chat, parameters) | posting.reply(telegram, chat, parameters) | content
    markup = parameters.structure("reply_markup", "reply keyboard markup")
    if keyboard := read_keyboard(markup):
        content["reply_markup"] = keyboard
    if pickers := read_pickers(markup):
        if not chat.private:
            raise bad_request("BUTTON_TYPE_INVALID")
        extras = extras | {"pickers": pickers}
    if parameters.boolean("protect_content"):
        content["has_protected_content"] = True
    if parameters.boolean("disable_notification"):
        extras = extras | {"silent": True}
    return posting.post(telegram, chat, content, extras, paid=parameters.boolean("allow_paid_broadcast")).body


async def _photo(telegram: "Telegram", given: File | Upload | str) -> File:
    if isinstance(given, File):
        return given
    if isinstance(given, Upload):
        return keep_file(telegram, telegram.files.add(given, await size_of_upload(given.content)))
    return keep_file(telegram, telegram.files.link(given, await size_behind(given)))


def _document(telegram: "Telegram", given: File | Upload | str) -> File:
    if isinstance(given, File):
        return given
    return keep_file(telegram, telegram.files.add(given) if isinstance(given, Upload) else telegram.files.link(given))


def _given(telegram: "Telegram", parameters: Parameters, name: str) -> File | Upload | str:
    """What the call names: a file sent before, one that comes with it, or an address; raises Refusal."""
    upload = parameters.upload(name)
    if upload is not None:
        return upload
    value = parameters.text(name)
    if not value:
        raise bad_request(f"there is no {name} in the request")
    return telegram.files.get(value) or _web_address(value)


def _web_address(value: str) -> str:
    if "://" not in value:
        raise bad_request("wrong file identifier/HTTP URL specified")
    try:
        return checked_link(value)
    except WrongLink as wrong:
        raise bad_request(f"invalid file HTTP URL specified: {wrong}") from None
