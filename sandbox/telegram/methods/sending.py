"""Methods that put a message into a chat."""

from typing import TYPE_CHECKING

from sandbox.telegram import posting
from sandbox.telegram.files import File
from sandbox.telegram.keyboard import read_keyboard
from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import Chat
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
    content = posting.text_fields(posting.text_of(parameters))
    options = parameters.record("link_preview_options", "link preview options")
    preview = {"link_preview_options": options} if options else {}
    return _send(telegram, chat, parameters, content | preview, {})


def send_photo(telegram: "Telegram", parameters: Parameters) -> Json:
    """sendPhoto, by address, upload or the id of a file sent before"""
    chat = posting.open_chat(telegram, parameters)
    file = _file(telegram, parameters, "photo")
    caption = posting.caption_of(parameters)
    size = {"file_id": file.id, "file_unique_id": file.id[:16], "width": 800, "height": 600}
    return _send(telegram, chat, parameters, {"photo": [size], **caption}, {"url": shown_url(file)})


def send_document(telegram: "Telegram", parameters: Parameters) -> Json:
    """sendDocument, by address, upload or the id of a file sent before"""
    chat = posting.open_chat(telegram, parameters)
    file = _file(telegram, parameters, "document")
    caption = posting.caption_of(parameters)
    document = {
        "file_id": file.id,
        "file_unique_id": file.id[:16],
        "file_name": file.name or "file",
        "mime_type": file.content_type,
        "file_size": len(file.content),
    }
    return _send(telegram, chat, parameters, {"document": document, **caption}, {"url": shown_url(file)})


def send_chat_action(telegram: "Telegram", parameters: Parameters) -> bool:
    """sendChatAction"""
    chat = posting.open_chat(telegram, parameters)
    action = parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.tell_chat(chat.id, {"type": "action", "chat": chat.id, "action": action})
    return True


def shown_url(file: File) -> str:
    """Where the web chat finds a file."""
    return file.url or f"/chat/api/files/{file.id}"


def _send(telegram: "Telegram", chat: Chat, parameters: Parameters, content: Json, extras: Json) -> Json:
    content = posting.topic(chat, parameters) | posting.reply(telegram, chat, parameters) | content
    if keyboard := read_keyboard(parameters.structure("reply_markup", "reply keyboard markup")):
        content["reply_markup"] = keyboard
    if parameters.boolean("protect_content"):
        content["has_protected_content"] = True
    if parameters.boolean("disable_notification"):
        extras = extras | {"silent": True}
    return posting.post(telegram, chat, content, extras).body


def _file(telegram: "Telegram", parameters: Parameters, name: str) -> File:
    upload = parameters.upload(name)
    if upload is not None:
        return _kept(telegram, telegram.files.add(upload))
    value = parameters.text(name)
    if not value:
        raise bad_request(f"there is no {name} in the request")
    known = telegram.files.get(value)
    return known or _kept(telegram, telegram.files.link(_web_address(value)))


def _web_address(value: str) -> str:
    if "://" not in value:
        raise bad_request("wrong file identifier/HTTP URL specified")
    try:
        return checked_link(value)
    except WrongLink as wrong:
        raise bad_request(f"invalid file HTTP URL specified: {wrong}") from None


def _kept(telegram: "Telegram", file: File) -> File:
    row = {"name": file.name, "content_type": file.content_type, "url": file.url, "content": file.content.hex()}
    telegram.journal.put("file", file.id, row)
    return file
