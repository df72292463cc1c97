"""A bot on a real line to a sandbox, or to a server that answers whatever a test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from handlers.receive import HeraldBot
from handlers.request import TelegramRequest
from sandbox.telegram import Telegram, serve

TOKEN = "1000:secret-part"
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[HeraldBot]:
    """A bot with its requests open; it has not introduced itself."""
    sending, receiving = TelegramRequest(), TelegramRequest()
    bot = HeraldBot(TOKEN, base_url=f"{url}/bot", request=sending, get_updates_request=receiving)
    async with sending, receiving:
        yield bot


@asynccontextmanager
async def bot_in(telegram: Telegram) -> AsyncIterator[HeraldBot]:
    """A bot of a sandbox that is served for as long."""
    async with serve(telegram) as server, bot_at(server.url) as bot:
        yield bot


@asynccontextmanager
async def server_that(speak: Speak) -> AsyncIterator[str]:
    """A bare TCP server; `speak` has each connection. Gives its address."""
    at_work: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        at_work.add(task)
        try:
            with suppress(asyncio.CancelledError):
                await speak(reader, writer)
        finally:
            at_work.discard(task)
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(at_work):
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One HTTP request, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
    return head + await reader.readexactly(int(length.split(b":")[1]))


def answer(body: bytes, status: str = "200 OK") -> bytes:
    """An HTTP answer."""
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status.encode(), len(body), body)
