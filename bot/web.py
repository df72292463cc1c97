"""The service's own small HTTP side: is it well?"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address

from aiohttp import web

from bot.errors import CannotListen

Report = dict[str, object]


def health_url(host: str, port: int) -> str:
    """Where this machine reaches the health endpoint that listens on `host`: a name or an address of either version."""
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/health"
    if address.version == 4:
        return f"http://{'127.0.0.1' if address.is_unspecified else host}:{port}/health"
    return f"http://[{'::1' if address.is_unspecified else host.replace('%', '%25')}]:{port}/health"


@asynccontextmanager
async def health_endpoint(host: str, port: int, report: Callable[[], Awaitable[Report]]) -> AsyncIterator[int]:
    """Serve GET /health: 200 with the report, 503 where its "ok" is false. Gives the port taken.

    Raises CannotListen for a port in use and an address that isn't ours.
    """

    async def health(_request: web.Request) -> web.Response:
        told = await report()
        return web.json_response(told, status=200 if told["ok"] else 503)

    application = web.Application()
    application.router.add_get("/health", health)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except (OSError, UnicodeError) as error:
            raise CannotListen(host, port, getattr(error, "errno", None)) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
