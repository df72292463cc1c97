"""Methods about the bot itself: who it is, what it can do."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.people import Chat
from sandbox.telegram.refusal import Json, bad_request

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(telegram: "Telegram", parameters: Parameters) -> Json:
    """getMe"""
    return telegram.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(telegram: "Telegram", parameters: Parameters) -> bool:
    """setMyCommands"""
    commands = parameters.structure("commands", "bot commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse list of bot commands: expected an Array")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return _put(telegram, parameters, [_command(one) for one in commands])


def delete_my_commands(telegram: "Telegram", parameters: Parameters) -> bool:
    """deleteMyCommands"""
    return _put(telegram, parameters, [])


def get_my_commands(telegram: "Telegram", parameters: Parameters) -> list[Json]:
    """getMyCommands"""
    return telegram.commands.get(_scope(parameters), parameters.text("language_code"))


def set_my_text(name: str, most: int) -> Any:
    """The method that sets a text of the bot's profile, of at most `most` UTF-16 units."""

    def method(telegram: "Telegram", parameters: Parameters) -> bool:
        text = parameters.text(name)
        if utf16_length(text) > most:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        key = f"{name}/{parameters.text('language_code')}"
        telegram.profile[key] = text
        telegram.journal.put("profile", key, {"text": text})
        return True

    return method


def get_my_text(name: str) -> Any:
    """The method that tells a text of the bot's profile, for a language or for all."""

    def method(telegram: "Telegram", parameters: Parameters) -> Json:
        text = text_in(telegram, name, parameters.text("language_code"))
        return {name: text or (telegram.bot.first_name if name == "name" else "")}

    return method


def text_in(telegram: "Telegram", name: str, language: str) -> str:
    """A text of the bot's profile as who speaks this language reads it; empty where none was set."""
    return telegram.profile.get(f"{name}/{language}") or telegram.profile.get(f"{name}/", "")


def _put(telegram: "Telegram", parameters: Parameters, commands: list[Json]) -> bool:
    key = telegram.commands.put(_scope(parameters), parameters.text("language_code"), commands)
    if commands:
        telegram.journal.put("menu", key, commands)
    else:
        telegram.journal.drop("menu", key)
    telegram.events.tell_each(lambda user_id: {"type": "commands", "commands": _menus(telegram, user_id)})
    return True


def menu(telegram: "Telegram", user_id: int, chat: Chat) -> list[Json]:
    """The commands a user is offered in a chat."""
    return telegram.commands.seen_by(user_id, telegram.people[user_id].language_code, chat)


def _menus(telegram: "Telegram", user_id: int) -> Json:
    return {str(chat.id): menu(telegram, user_id, chat) for chat in telegram.chats_of(user_id)}


def _command(one: Any) -> Json:
    if not isinstance(one, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(one.get("command", "")).removeprefix("/")
    description = str(one.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _scope(parameters: Parameters) -> Json:
    scope = parameters.record("scope", "bot command scope") or {"type": "default"}
    fields = _SCOPES.get(str(scope.get("type")))
    if fields is None:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return {"type": scope["type"], **{name: _whole(scope.get(name)) for name in fields}}


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None
