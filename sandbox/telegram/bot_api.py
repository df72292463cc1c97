"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.telegram.calls import Call
from sandbox.telegram.faults import Verdict, is_down
from sandbox.telegram.methods.table import METHODS, Method
from sandbox.telegram.parameters import Parameters, Upload, read_json
from sandbox.telegram.refusal import NOT_FOUND, UNAUTHORIZED, UNKNOWN_METHOD, Json, Refusal, Remarked, bad_request
from sandbox.visitors import why_foreign

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

MAX_BODY = 50 * 1024 * 1024
_TOKEN = re.compile(r"\d+:[\w-]+")


@dataclass(slots=True)
class _Exchange:
    """One call on its way: what was asked, and what it has met."""

    method: str
    call: Method
    parameters: Parameters = field(default_factory=lambda: Parameters({}))
    verdict: Verdict = field(default_factory=Verdict)
    cut: bool = False


def bot_routes(telegram: "Telegram") -> list[web.AbstractRouteDef]:
    """The routes by which a bot talks to `telegram`."""

    async def call(request: web.Request) -> web.StreamResponse:
        return await _call(telegram, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return _download(telegram, request)

    return [
        web.route("*", r"/bot{token:[^/]*}/{method:[^/]*}", call),
        web.get(r"/file/bot{token:[^/]*}/files/{id}", download),
    ]


async def _call(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    if is_down(telegram.faults):
        return _cut(request)
    began = telegram.clock()
    exchange = None
    try:
        exchange = _exchange(telegram, request)
        status, body = 200, _accepted(await _result(telegram, request, exchange))
    except Refusal as refusal:
        telegram.refused += refusal.code == 429
        status, body = refusal.code, refusal.body()
    except Exception:
        # A fault of the sandbox's own: the record has to show it, too.
        if exchange is not None:
            _note(telegram, exchange, began, 500, "Internal Server Error")
        raise
    cut = exchange is not None and (exchange.cut or is_down(telegram.faults))
    if exchange is not None:
        _note(telegram, exchange, began, 0 if cut else status, body.get("description", ""))
    return _cut(request) if cut else _answer(status, body)


def _accepted(result: Any) -> Json:
    if isinstance(result, Remarked):
        return {"ok": True, "result": result.result, "description": result.remark}
    return {"ok": True, "result": result}


def _exchange(telegram: "Telegram", request: web.Request) -> _Exchange:
    if sentence := why_foreign(request):
        raise Refusal(403, f"Forbidden: {sentence}")
    _check_token(telegram, request.match_info["token"])
    asked = request.match_info["method"]
    return _Exchange(*METHODS.get(asked.lower(), (asked, _unknown)))


def _unknown(telegram: "Telegram", parameters: Parameters) -> None:
    raise Refusal(404, UNKNOWN_METHOD)


async def _result(telegram: "Telegram", request: web.Request, exchange: _Exchange) -> Any:
    exchange.parameters = await read_parameters(request)
    chat = _chat_meant(telegram, exchange.parameters)
    if not await telegram.holds.pass_("arrived", exchange.method, chat):
        exchange.cut = True
        return None
    exchange.verdict = telegram.meet(exchange.method, chat)
    await _act_out(exchange)
    if exchange.cut:
        return None
    result = exchange.call(telegram, exchange.parameters)
    result = await result if isawaitable(result) else result
    lost = not await telegram.holds.pass_("accepted", exchange.method, chat)
    exchange.cut = lost or exchange.verdict.cut_after
    return result


def _chat_meant(telegram: "Telegram", parameters: Parameters) -> int | None:
    """The id of the chat that a call is about, however it names it: what faults are matched by."""
    name = parameters.text("chat_id").strip()
    chat = telegram.find_chat(name) if name.startswith("@") else None
    return chat.id if chat else parameters.integer("chat_id") or None


async def _act_out(exchange: _Exchange) -> None:
    """What strikes before the call is accepted."""
    verdict = exchange.verdict
    if verdict.delay:
        await asyncio.sleep(verdict.delay)
    exchange.cut = verdict.cut_before
    if verdict.refusal is not None and not exchange.cut:
        raise verdict.refusal


def _check_token(telegram: "Telegram", token: str) -> None:
    accepted = token == telegram.token if telegram.token is not None else _TOKEN.fullmatch(token)
    if not accepted:
        raise Refusal(401, UNAUTHORIZED)


async def read_parameters(request: web.Request) -> Parameters:
    """A call's parameters from the query and whatever body it has; raises Refusal."""
    # The application this is mounted in may well want smaller bodies than Telegram takes.
    request = request.clone(client_max_size=MAX_BODY)
    try:
        return Parameters({**request.query, **await _body(request)})
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except (ValueError, LookupError, RecursionError, AssertionError):
        raise bad_request("can't parse the request's body") from None


async def _body(request: web.Request) -> Mapping[str, Any]:
    if not request.can_read_body:
        return {}
    if request.content_type == "application/json":
        return _json_object(await request.read())
    form = await request.post()
    return {name: _form_value(value) for name, value in form.items()}


def _json_object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        values = read_json(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return values


def _form_value(value: str | bytes | bytearray | web.FileField) -> Any:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def _note(telegram: "Telegram", exchange: _Exchange, began: float, status: int, description: str) -> None:
    call = Call(
        at=telegram.now(),
        method=exchange.method,
        status=status,
        seconds=telegram.clock() - began,
        parameters=exchange.parameters.shown(),
        description=description,
    )
    telegram.calls.append(call)
    telegram.changed.ring()


def _answer(status: int, body: Json) -> web.Response:
    headers = {}
    if status == 429:
        headers["Retry-After"] = str(body["parameters"]["retry_after"])
    return web.Response(status=status, text=json.dumps(body), content_type="application/json", headers=headers)


def _cut(request: web.Request) -> web.Response:
    """Close the line without an answer; what is returned is never written."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _download(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    if is_down(telegram.faults):
        return _cut(request)
    try:
        _check_token(telegram, request.match_info["token"])
    except Refusal as refusal:
        return _answer(refusal.code, refusal.body())
    return file_answer(telegram, request.match_info["id"])


def file_answer(telegram: "Telegram", file_id: str) -> web.StreamResponse:
    """A kept file's bytes; 404 for an unknown one or one that lives elsewhere."""
    file = telegram.files.get(file_id)
    if file is None or file.url is not None:
        return _answer(404, Refusal(404, NOT_FOUND).body())
    # Never shown as a page of ours, whatever it says it is.
    headers = {
        "Content-Type": file.content_type,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return web.Response(body=file.content, headers=headers)
