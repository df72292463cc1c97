"""Faults set and cleared from the page, or by anybody with an HTTP client."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.telegram.client.fields import body_of, whole
from sandbox.telegram.client.guard import Unfit
from sandbox.telegram.faults import read_fault

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


async def listed(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """The faults that are on."""
    return web.json_response([fault.as_json() for fault in telegram.faults])


async def changed(telegram: "Telegram", request: web.Request) -> web.StreamResponse:
    """One fault more; `{"clear": true}` ends all, `{"clear": id}` ends that one. Gives those that are on."""
    body = await body_of(request)
    if "clear" in body:
        telegram.clear_faults(None if body["clear"] is True else whole(body, "clear"))
        return await listed(telegram, request)
    try:
        telegram.add_fault(read_fault(body))
    except ValueError as wrong:
        raise Unfit(400, str(wrong)) from None
    return await listed(telegram, request)
