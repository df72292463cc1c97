"""A feed reader in front of a newsroom that serves."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from multidict import CIMultiDictProxy

from sandbox.newsroom import Newsroom


@dataclass(frozen=True)
class Reader:
    """Reads pages and feeds of `newsroom`, which is served at `url`."""

    newsroom: Newsroom
    session: aiohttp.ClientSession
    url: str

    async def get(self, path: str, **options: Any) -> tuple[int, CIMultiDictProxy[str], str]:
        """Status, headers and text."""
        async with self.session.get(path, **options) as response:
            return response.status, response.headers, await response.text()

    async def bytes(self, path: str, **options: Any) -> bytes:
        """The body as it comes."""
        async with self.session.get(path, **options) as response:
            return await response.read()
