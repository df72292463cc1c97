"""The bot's command menu, by scope and language."""

import json
from collections.abc import Mapping

from sandbox.telegram.people import ADMINS, Chat
from sandbox.telegram.refusal import Json


class Commands:
    """What setMyCommands said, and which of it a user sees."""

    def __init__(self) -> None:
        self._menus: dict[str, list[Json]] = {}

    def put(self, scope: Json, language: str, commands: list[Json]) -> str:
        """Keep a menu (an empty one is taken away); gives the key it is kept under."""
        key = _key(scope, language)
        if commands:
            self._menus[key] = commands
        else:
            self._menus.pop(key, None)
        return key

    def restore(self, key: str, commands: list[Json]) -> None:
        """Put back a menu that was saved under `key`."""
        self._menus[key] = commands

    def get(self, scope: Json, language: str) -> list[Json]:
        """The menu of exactly this scope and language."""
        return self._menus.get(_key(scope, language), [])

    def seen_by(self, user_id: int, language: str | None, chat: Chat) -> list[Json]:
        """The menu that Telegram shows a user in a chat: the narrowest scope with commands wins."""
        for scope in _scopes(user_id, chat):
            for one in (language or "", ""):
                if menu := self.get(scope, one):
                    return menu
        return []


def _key(scope: Mapping[str, object], language: str) -> str:
    return json.dumps([sorted(scope.items()), language])


def _scopes(user_id: int, chat: Chat) -> list[Json]:
    if chat.private:
        return [{"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"}, {"type": "default"}]
    admin = chat.members.get(user_id) in ADMINS
    of_admins: list[Json] = [{"type": "chat_administrators", "chat_id": chat.id}] if admin else []
    return [
        {"type": "chat_member", "chat_id": chat.id, "user_id": user_id},
        *of_admins,
        {"type": "chat", "chat_id": chat.id},
        *([{"type": "all_chat_administrators"}] if admin else []),
        {"type": "all_group_chats"},
        {"type": "default"},
    ]
