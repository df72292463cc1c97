"""What the web chat's page talks to: the state, a stream of events, and what a person does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.telegram import acts
from sandbox.telegram.bot_api import file_answer
from sandbox.telegram.faults import read_fault
from sandbox.telegram.methods.describing import menu
from sandbox.telegram.people import Chat, Person
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

SHOWN_MESSAGES = 200
HEARTBEAT_SECONDS = 15.0
MAX_NAME = 64
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}

Handler = Callable[["Telegram", web.Request], Awaitable[web.StreamResponse]]


class Unfit(Exception):
    """A request that can't be done: an HTTP status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def client_routes(telegram: "Telegram") -> list[web.AbstractRouteDef]:
    """The routes the web chat uses; only pages of this very address get an answer."""

    def guarded(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await _guarded(handler, telegram, request)

        return handle

    return [
        web.get("/chat/api/state", guarded(_state)),
        web.get("/chat/api/events", guarded(_events)),
        web.get("/chat/api/calls", guarded(_calls)),
        web.get("/chat/api/files/{id}", guarded(_file)),
        web.post("/chat/api/say", guarded(_say)),
        web.post("/chat/api/press", guarded(_press)),
        web.post("/chat/api/users", guarded(_add_user)),
        web.get("/sandbox/faults", guarded(_faults)),
        web.post("/sandbox/faults", guarded(_add_fault)),
    ]


async def _guarded(handler: Handler, telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    try:
        _check_origin(request)
        return await handler(telegram, request)
    except Unfit as unfit:
        return web.json_response({"error": str(unfit)}, status=unfit.status)
    except acts.CannotAct as reason:
        return web.json_response({"error": str(reason)}, status=400)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": "The body is too large."}, status=413)


def _check_origin(request: web.Request) -> None:
    """Another site's page, or a name that merely resolves to this machine, is not let in."""
    host = request.host
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name.lower() not in _LOOPBACK:
        raise Unfit(403, "The sandbox answers on loopback addresses only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != host:
        raise Unfit(403, "The sandbox answers its own pages only.")


async def _state(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    person = _person(telegram, request.query.get("user"))
    people = [one for one in telegram.people.values() if not one.is_bot]
    state = {
        "bot": {
            "id": telegram.bot.id,
            "username": telegram.bot.username,
            "name": telegram.bot.first_name,
            "commands": menu(telegram, person.id),
        },
        "user": _person_json(person),
        "users": [_person_json(one) for one in people],
        "chats": [_chat_json(telegram, chat) for chat in telegram.chats_of(person.id)],
    }
    return web.json_response(state)


async def _events(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    person = _person(telegram, request.query.get("user"))
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    # Whoever leaves the page cuts the line.
    with telegram.events.stream(person.id) as queue, suppress(ConnectionResetError):
        await response.prepare(request)
        await response.write(b": here\n\n")
        while (line := await _next_line(queue)) is not None:
            await response.write(line)
    return response


async def _next_line(queue: "asyncio.Queue[Json | None]") -> bytes | None:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            event = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event)}\n\n".encode() if event is not None else None


async def _calls(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    limit = _whole({"limit": request.query.get("limit", "50")}, "limit")
    newest = list(telegram.calls)[-limit:] if limit > 0 else []
    return web.json_response([call.as_json() for call in newest])


async def _file(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    return file_answer(telegram, request.match_info["id"])


async def _say(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    person = _person(telegram, body.get("user"))
    reply_to = _whole(body, "reply_to") if body.get("reply_to") is not None else None
    thread = _whole(body, "thread") if body.get("thread") is not None else None
    chat_id = _whole(body, "chat")
    message = acts.say(telegram, person.id, chat_id, _text(body, "text"), reply_to=reply_to, thread=thread)
    await telegram.journal.flush()
    return web.json_response(message.shown())


async def _press(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    person = _person(telegram, body.get("user"))
    message = telegram.history.get(_whole(body, "chat"), _whole(body, "message_id"))
    data = _text(body, "data")
    if message is None or not any(one.get("callback_data") == data for one in message.buttons):
        raise Unfit(400, "There is no such button.")
    acts.press(telegram, person.id, message, data)
    await telegram.journal.flush()
    return web.json_response({})


async def _add_user(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    name = _text(body, "name").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise Unfit(400, f"A name has 1 to {MAX_NAME} characters.")
    language = _text(body, "language") if body.get("language") else None
    return web.json_response(_person_json(telegram.new_user(name, language).person))


async def _faults(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    return web.json_response([{name: getattr(fault, name) for name in fault.__slots__} for fault in telegram.faults])


async def _add_fault(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """One fault more, or `{"clear": true}` for none, `{"clear": id}` for all but that one."""
    body = await _body(request)
    if "clear" in body:
        telegram.clear_faults(None if body["clear"] is True else _whole(body, "clear"))
        return await _faults(telegram, request)
    try:
        telegram.add_fault(read_fault(body))
    except ValueError as wrong:
        raise Unfit(400, str(wrong)) from None
    return await _faults(telegram, request)


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Unfit(400, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise Unfit(400, "The body has to be a JSON object.")
    return body


def _person(telegram: "Telegram", user: Any) -> Person:
    person = telegram.people.get(_whole({"user": user}, "user"))
    if person is None:
        raise Unfit(404, f"There is no user {user}.")
    return person


def _whole(body: Json, name: str) -> int:
    try:
        return int(body[name])
    except (KeyError, TypeError, ValueError):
        raise Unfit(400, f"The field {name!r} has to be a whole number.") from None


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Unfit(400, f"The field {name!r} has to be a text.")
    return value


def _person_json(person: Person) -> Json:
    return {"id": person.id, "name": person.name, "language": person.language_code}


def _chat_json(telegram: "Telegram", chat: Chat) -> Json:
    """A chat as its members see it; the private one bears the bot's name."""
    title = telegram.bot.name if chat.private else chat.name
    messages = [message.shown() for message in telegram.history.newest(chat.id, SHOWN_MESSAGES)]
    return {"id": chat.id, "type": chat.type, "title": title, "messages": messages}
