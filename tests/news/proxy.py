"""An HTTP proxy on loopback, for tests: forwards plain requests, makes tunnels, and leads to one server always."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REFUSAL = "HTTP/1.1 {} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Proxy:
    """What it was asked: method and target, in order. `key` is what it lets in with, `refusal` a status it answers."""

    target: tuple[str, int]
    key: str | None = None
    refusal: int | None = None
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client, from its first request to its end."""
        with suppress(OSError, asyncio.IncompleteReadError):
            try:
                await self._answer(reader, writer)
            finally:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, *_ = head.split(" ", 2)
        self.asked.append((method, target))
        if status := self._refuses(head):
            writer.write(REFUSAL.format(status).encode())
            return
        there, onward = await asyncio.open_connection(*self.target)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            onward.write(_forwarded(head, target).encode())
        await asyncio.gather(_pour(reader, onward), _pour(there, writer))

    def _refuses(self, head: str) -> int | None:
        if self.key and f"Proxy-Authorization: {self.key}\r\n" not in head:
            return 407
        return self.refusal


def _forwarded(head: str, target: str) -> str:
    """The request as the server is to see it: nothing of the proxy's, one to a connection."""
    parts = urlsplit(target)
    lines = [line for line in head.split("\r\n") if not line.lower().startswith(("proxy-", "connection:"))]
    lines[0] = lines[0].replace(target, parts.path + (f"?{parts.query}" if parts.query else ""))
    return "\r\n".join([lines[0], "Connection: close", *lines[1:]])


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65_536):
            sink.write(data)
            await sink.drain()
        sink.close()


@asynccontextmanager
async def proxy_to(server: str, *, login: str | None = None, refusal: int | None = None) -> AsyncIterator[Proxy]:
    """A proxy that leads to the server at this address, whatever it is asked for; `login` is name:password."""
    parts = urlsplit(server)
    key = f"Basic {base64.b64encode(login.encode()).decode()}" if login else None
    proxy = Proxy((parts.hostname or "", parts.port or 80), key, refusal)
    tasks: set[asyncio.Task[None]] = set()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(proxy.serve(reader, writer)))

    listener = await asyncio.start_server(take, "127.0.0.1", 0)
    proxy.url = f"http://{f'{login}@' if login else ''}127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    async with listener:
        try:
            yield proxy
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
