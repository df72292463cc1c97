"""Methods about chats and those in them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.telegram import posting
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import ADMINS, member_json
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


# The largest file a bot may fetch.
MAX_DOWNLOAD = 20 * 1024 * 1024


def get_chat(telegram: "Telegram", parameters: Parameters) -> Json:
    """getChat"""
    chat = posting.known_chat(telegram, parameters)
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(telegram: "Telegram", parameters: Parameters) -> Json:
    """getChatMember"""
    chat = posting.joined_chat(telegram, parameters)
    user_id = parameters.integer("user_id")
    if user_id == telegram.bot.id:
        return member_json(telegram.bot, chat.bot)
    person = telegram.people.get(user_id)
    if person is None:
        raise bad_request("user not found" if chat.private else "PARTICIPANT_ID_INVALID")
    return member_json(person, chat.members.get(user_id, "left"))


def get_chat_administrators(telegram: "Telegram", parameters: Parameters) -> list[Json]:
    """getChatAdministrators"""
    chat = posting.joined_chat(telegram, parameters)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    if chat.type == "channel" and chat.bot not in ADMINS:
        raise bad_request("member list is inaccessible")
    people = [(telegram.people[user], status) for user, status in chat.members.items() if status in ADMINS]
    own = [(telegram.bot, chat.bot)] if chat.bot in ADMINS else []
    return [member_json(person, status) for person, status in people + own]


def get_chat_member_count(telegram: "Telegram", parameters: Parameters) -> int:
    """getChatMemberCount"""
    return len(posting.joined_chat(telegram, parameters).present) + 1


def leave_chat(telegram: "Telegram", parameters: Parameters) -> bool:
    """leaveChat"""
    chat = posting.joined_chat(telegram, parameters)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    telegram.put_chat(replace(chat, bot="left"))
    return True


def get_file(telegram: "Telegram", parameters: Parameters) -> Json:
    """getFile"""
    file = telegram.files.get(parameters.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.url is not None:
        raise bad_request("file is temporarily unavailable")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    about = {"file_id": file.id, "file_unique_id": file.id[:16], "file_size": len(file.content)}
    return about | {"file_path": file.path}
