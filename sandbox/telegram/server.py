"""The HTTP side: routes to mount in a larger application, or a server of its own on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from sandbox.telegram.bot_api import bot_routes
from sandbox.telegram.client import client_routes
from sandbox.telegram.telegram import Telegram
from sandbox.telegram.webhook import Postman

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `url` has no slash at its end."""

    telegram: Telegram
    url: str


def routes(telegram: Telegram) -> list[web.AbstractRouteDef]:
    """All routes of a Telegram in a box, for an application to add."""
    return [*bot_routes(telegram), *client_routes(telegram)]


def mount(app: web.Application, telegram: Telegram) -> None:
    """Add the routes to `app`; when it shuts down, streams and long polls end at once and all is saved."""
    postman = Postman(telegram)

    async def begin(_: web.Application) -> None:
        postman.start()

    async def hang_up(_: web.Application) -> None:
        telegram.hang_up()

    async def save(_: web.Application) -> None:
        await postman.stop()
        await telegram.close()

    app.add_routes(routes(telegram))
    app.on_startup.append(begin)
    app.on_shutdown.append(hang_up)
    app.on_cleanup.append(save)


@asynccontextmanager
async def serve(telegram: Telegram, port: int = 0) -> AsyncIterator[Server]:
    """Run `telegram` alone on loopback; port 0 takes a free one."""
    app = web.Application()
    mount(app, telegram)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port)
        await site.start()
        taken = runner.addresses[0][1]
        yield Server(telegram, f"http://{LOOPBACK}:{taken}")
    finally:
        await runner.cleanup()
