from typing import Any

import pytest

from sandbox.telegram import Telegram

from ..conftest import Api

START = [{"command": "start", "description": "Begin"}]


async def test_the_bot_introduces_itself(api: Api) -> None:
    me = (await api("getMe")).result
    assert (me["username"], me["first_name"], me["is_bot"]) == ("visnyk_bot", "Вісник", True)


async def test_menus_are_kept_by_scope_and_language(api: Api) -> None:
    await api("setMyCommands", commands=START)
    ukrainian = [{"command": "start", "description": "Почати"}]
    scope = {"type": "all_private_chats"}
    await api("setMyCommands", commands=ukrainian, language_code="uk", scope=scope)
    assert (await api("getMyCommands")).result == START
    assert (await api("getMyCommands", language_code="uk", scope=scope)).result == ukrainian
    assert (await api("getMyCommands", language_code="uk")).result == []
    await api("deleteMyCommands")
    assert (await api("getMyCommands")).result == []


async def test_a_user_sees_the_narrowest_menu(telegram: Telegram, api: Api) -> None:
    telegram.user(7, language_code="uk")
    telegram.user(8, language_code="en")
    await api("setMyCommands", commands=START)
    await api("setMyCommands", commands=[START[0] | {"description": "Почати"}], language_code="uk")
    special = [{"command": "stats", "description": "For admins"}]
    await api("setMyCommands", commands=special, scope={"type": "chat", "chat_id": 8})
    seen = telegram.commands.seen_by
    assert seen(7, "uk", telegram.chats[7])[0]["description"] == "Почати"
    assert seen(8, "en", telegram.chats[8]) == special


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "Start", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (START * 101, "BOT_COMMANDS_TOO_MUCH"),
        ("start", "can't parse bot commands JSON object"),
        ({}, "can't parse list of bot commands: expected an Array"),
    ],
)
async def test_a_wrong_menu_is_refused(api: Api, commands: Any, reason: str) -> None:
    assert (await api("setMyCommands", commands=commands)).refusal == (400, f"Bad Request: {reason}")


async def test_descriptions_are_kept_by_language(api: Api) -> None:
    await api("setMyDescription", description="News")
    await api("setMyDescription", description="Новини", language_code="uk")
    await api("setMyShortDescription", short_description="Short")
    assert (await api("getMyDescription")).result == {"description": "News"}
    assert (await api("getMyDescription", language_code="uk")).result == {"description": "Новини"}
    assert (await api("getMyShortDescription", language_code="uk")).result == {"short_description": "Short"}
    assert (await api("setMyDescription", description="a" * 513)).status == 400
