from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.news.world import World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    """A world of the test's own."""
    async with world(tmp_path) as made:
        yield made
