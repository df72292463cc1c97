"""The whole bot at work: in this process (`world`), or in one of its own that can be killed (`process`)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.newsroom import Newsroom
from sandbox.newsroom import serve as serve_newsroom
from sandbox.telegram import Limits, Telegram
from sandbox.telegram import serve as serve_telegram
from tests.bot.world import Process, World

# Telegram's windows and the pacer's, ten times shorter than life.
SECOND, MINUTE = 0.1, 6.0


@asynccontextmanager
async def set_stage(folder: Path, second: float, minute: float) -> AsyncIterator[World]:
    """A Telegram with windows of these lengths, and a newsroom."""
    telegram = Telegram(limits=Limits(second=second, minute=minute))
    newsroom = Newsroom(backlog=2)
    async with serve_telegram(telegram) as api, serve_newsroom(newsroom) as press:
        yield World(telegram, newsroom, api.url, press.url, folder, second, minute)
        newsroom.release()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[World]:
    """A Telegram and a newsroom, and no bot yet."""
    async with set_stage(tmp_path, SECOND, MINUTE) as world:
        yield world


@pytest.fixture
async def lifelike(tmp_path: Path) -> AsyncIterator[World]:
    """The same with Telegram's windows as long as in life."""
    async with set_stage(tmp_path, 1.0, 60.0) as world:
        yield world


@pytest.fixture
async def world(stage: World) -> AsyncIterator[World]:
    """The same with the real bot at work in this process."""
    async with stage.bot():
        yield stage


@pytest.fixture
async def process(stage: World) -> AsyncIterator[Process]:
    """The bot as `python -m bot run` with nothing but environment variables, not started yet."""
    bot = Process(stage)
    yield bot
    await bot.kill()
