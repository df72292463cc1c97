"""Who may ask, and how it is told that something can't be done."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.telegram.arrival import CannotAct
from sandbox.visitors import why_foreign

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

Handler = Callable[["Telegram", web.Request], Awaitable[web.StreamResponse]]


class Unfit(Exception):
    """A request that can't be done: an HTTP status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def guarded(telegram: "Telegram", handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The handler for pages of this very address; what can't be done is told as {"error": sentence}."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            if sentence := why_foreign(request):
                raise Unfit(403, sentence)
            return await handler(telegram, request)
        except Unfit as unfit:
            return _told(unfit.status, str(unfit))
        except CannotAct as reason:
            return _told(400, str(reason))
        except web.HTTPRequestEntityTooLarge:
            return _told(413, "The body is too large.")

    return handle


def _told(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
