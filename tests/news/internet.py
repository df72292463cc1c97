"""An open internet for tests: a name service that answers as told, and one server that passes for public."""

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from news.guard import guarded_socket


class Names(AbstractResolver):
    """Gives each name its answers in turn, the last of them for ever; other names are looked up."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host, known as its first label."""
        turns = self._answers.get(host.split(".")[0])
        if turns is None:
            return await aiohttp.ThreadedResolver().resolve(host, port, family)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in (turns.pop(0) if len(turns) > 1 else turns[0])
        ]

    async def close(self) -> None:
        """Nothing is held."""


def public_only_at(url: str) -> Callable[[tuple[Any, ...]], socket.socket]:
    """Makes sockets towards this one server as if it were on the open internet, and guards against the rest."""
    parts = urlsplit(url)

    def make(info: tuple[Any, ...]) -> socket.socket:
        return socket.socket(*info[:3]) if info[4][:2] == (parts.hostname, parts.port) else guarded_socket(info)

    return make


def internet(url: str, names: Names | None = None) -> aiohttp.TCPConnector:
    """The guarded way, on which this one server is public; nothing is remembered from one request to the next."""
    return aiohttp.TCPConnector(
        socket_factory=public_only_at(url), resolver=names, use_dns_cache=False, force_close=True
    )
