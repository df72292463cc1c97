import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.telegram import Telegram, Topic, serve
from sandbox.telegram.methods.table import METHODS
from sandbox.telegram.parameters import Parameters

KILLED = """
import asyncio, os, pathlib, signal, sys
from sandbox.telegram import Telegram

async def main():
    telegram = Telegram(state=pathlib.Path(sys.argv[1]))
    await telegram.user(7, first_name="Олена").says("/start")
    await telegram.journal.flush()
    print(telegram.updates.last_id, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def call(telegram: Telegram, method: str, **parameters: object) -> object:
    return METHODS[method.lower()][1](telegram, Parameters(parameters))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "telegram.db"


async def test_everything_is_there_after_a_restart(state: Path) -> None:
    first = Telegram(state=state, limits=None)
    user = first.user(7, first_name="Олена", language_code="uk")
    await user.says("/start")
    call(first, "sendMessage", chat_id=7, text="<b>Новина</b>", parse_mode="HTML")
    call(first, "setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    call(first, "setMyDescription", description="News")
    call(first, "sendDocument", chat_id=7, document="https://a.com/x.pdf")
    first.group(-1001, title="Newsroom", members=[7], topics=[Topic(5, "News")])
    await first.close()

    second = Telegram(state=state, limits=None)
    assert [message.body for message in second.messages(7)] == [message.body for message in first.messages(7)]
    assert second.people == first.people
    assert second.chats == first.chats
    assert second.updates.pending == first.updates.pending
    assert call(second, "getMyCommands") == call(first, "getMyCommands")
    assert call(second, "getMyDescription") == {"description": "News"}
    sent = call(second, "sendMessage", chat_id=7, text="b")
    assert isinstance(sent, dict)
    assert sent["message_id"] == 4
    assert (await second.user(7).says("again")).id == 5
    assert [update["update_id"] for update in second.updates.pending] == [1, 2]


async def test_what_was_confirmed_or_deleted_does_not_come_back(state: Path) -> None:
    first = Telegram(state=state)
    said = await first.user(7).says("/start")
    call(first, "deleteMessage", chat_id=7, message_id=said.id)
    call(first, "deleteWebhook", drop_pending_updates=True)
    await first.close()
    second = Telegram(state=state)
    assert second.messages(7) == []
    assert second.updates.pending == []
    assert (await second.user(7).says("again")).id == said.id + 1
    assert second.updates.last_id == 2


async def test_a_pressed_button_can_be_answered_after_a_restart(state: Path) -> None:
    first = Telegram(state=state)
    user = first.user(7, started=True)
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    call(first, "sendMessage", chat_id=7, text="a", reply_markup=keyboard)
    with pytest.raises(AssertionError, match="did not answer"):
        await user.presses("x", timeout=0)
    await first.close()
    second = Telegram(state=state)
    (update,) = second.updates.pending
    assert call(second, "answerCallbackQuery", callback_query_id=update["callback_query"]["id"]) is True


async def test_after_a_kill_nothing_saved_is_lost_and_no_id_is_given_twice(state: Path) -> None:
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED, str(state)], capture_output=True, text=True, timeout=30
    )
    last_id = int(killed.stdout)
    telegram = Telegram(state=state)
    assert [update["message"]["text"] for update in telegram.updates.pending] == ["/start"]
    before = telegram.messages(7)[-1].id
    again = await telegram.user(7).says("again")
    assert again.id > before + 1
    assert telegram.updates.last_id > last_id + 1
    await telegram.close()


async def test_a_server_that_closes_has_saved(state: Path) -> None:
    telegram = Telegram(state=state)
    async with serve(telegram):
        await telegram.user(7).says("/start")
    assert len(Telegram(state=state).messages(7)) == 1


async def test_only_the_newest_messages_are_kept_where_that_is_asked_for(state: Path) -> None:
    telegram = Telegram(state=state, keep=2)
    for text in ("one", "two", "three"):
        await telegram.user(7).says(text)
    await telegram.close()
    again = Telegram(state=state, keep=2)
    assert [message.text for message in again.messages(7)] == ["two", "three"]
    assert (await again.user(7).says("four")).id == 4
