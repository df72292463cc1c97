from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.newsroom import Outlet
from tests.news.world import World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    """A world of the test's own."""
    async with world(tmp_path) as made:
        yield made


@pytest.fixture
async def villain(here: World) -> Outlet:
    """An outlet whose feed is followed, beside a decent one."""
    await here.follow(here.feed_url("bereg"))
    await here.follow(here.feed_url("harbour"))
    return here.newsroom.outlet("bereg")
