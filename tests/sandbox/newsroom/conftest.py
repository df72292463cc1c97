from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.newsroom import Newsroom, serve
from tests.sandbox.newsroom.reader import Reader


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    newsroom = Newsroom()
    async with serve(newsroom) as server, aiohttp.ClientSession(server.url) as session:
        yield Reader(newsroom, session, server.url)
