"""What the page sees: the state at its start, and then each event."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.telegram.bot_api import file_answer
from sandbox.telegram.client.fields import person, whole
from sandbox.telegram.client.guard import Unfit
from sandbox.telegram.methods.describing import menu, text_in
from sandbox.telegram.people import Chat, Person
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

SHOWN_MESSAGES = 200
HEARTBEAT_SECONDS = 15.0
# A page has nothing to say on the line of its events; bytes.
MOST_SAID = 4096


async def state(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """All that one user sees; what changes afterwards comes as events."""
    viewer = person(telegram, request.query.get("user"))
    bot = {
        "id": telegram.bot.id,
        "username": telegram.bot.username,
        "name": telegram.bot.first_name,
        "description": text_in(telegram, "description", viewer.language_code or ""),
    }
    seen = {
        "bot": bot,
        "user": viewer.card(),
        "users": telegram.cards_of_people(),
        "chats": [_chat_json(telegram, chat, viewer) for chat in telegram.chats_of(viewer.id)],
        "faults": [fault.as_json() for fault in telegram.faults],
    }
    return web.json_response(seen)


async def events(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """What happens before this user's eyes, over a WebSocket; what the page says on it counts for nothing.

    A browser keeps six ordinary lines open to one address at most; of these a person may have a hundred tabs.
    """
    viewer = person(telegram, request.query.get("user"))
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=MOST_SAID)
    if not socket.can_prepare(request):
        raise Unfit(400, "Events come over a WebSocket.")
    with telegram.events.stream(viewer.id) as queue:
        await socket.prepare(request)
        passing = asyncio.create_task(_pass_on(queue, socket))
        async for _ in socket:
            pass
        passing.cancel()
    return socket


async def calls(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """The newest API calls, oldest first."""
    limit = whole({"limit": request.query.get("limit", "50")}, "limit")
    newest = list(telegram.calls)[-limit:] if limit > 0 else []
    return web.json_response([call.as_json() for call in newest])


async def file(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """A file's bytes."""
    return file_answer(telegram, request.match_info["id"])


async def _pass_on(queue: "asyncio.Queue[Json | None]", socket: web.WebSocketResponse) -> None:
    # Whoever leaves the page cuts the line.
    with suppress(ConnectionError):
        while (event := await queue.get()) is not None:
            await socket.send_json(event)
        await socket.close()


def _chat_json(telegram: "Telegram", chat: Chat, viewer: Person) -> Json:
    """A chat with its newest messages; `older` names the topics that have more, 0 the general one or the only one."""
    messages = telegram.history.of(chat.id)
    older = {(chat.is_forum and message.thread) or 0 for message in messages[:-SHOWN_MESSAGES]}
    return chat.card() | {
        "commands": menu(telegram, viewer.id, chat),
        "messages": [message.shown() for message in messages[-SHOWN_MESSAGES:]],
        "older": sorted(older),
    }
