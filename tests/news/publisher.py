"""A publisher for one test: a handler behind a real port, and a server of raw bytes."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Publisher:
    """Where it listens (with a closing slash), and what it was asked."""

    url: str
    requests: list[web.Request] = field(default_factory=list)


@asynccontextmanager
async def publisher(handler: Handler, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Publisher]:
    """Answers every request on loopback by the handler; those that hang at the end are cancelled."""
    server = Publisher("")

    async def answer(request: web.Request) -> web.StreamResponse:
        server.requests.append(request)
        return await handler(request)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        server.url = f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}/"
        yield server
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_publisher(answer: bytes) -> AsyncIterator[Publisher]:
    """Answers whatever is asked with these bytes and hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Publisher(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
