"""What the tests of the whole bot play with."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import Settings, read_settings
from bot.service import serve
from sandbox.newsroom import Newsroom
from sandbox.telegram import Player, Telegram, acts
from sandbox.telegram.messages import Message
from sandbox.telegram.queries import Answer

TOKEN = "123456:a-token-for-tests"
ADMIN = 1


@dataclass
class World:
    """A sandbox Telegram, a sample newsroom, and a folder for the bot's database."""

    telegram: Telegram
    newsroom: Newsroom
    api_url: str
    press_url: str
    folder: Path
    second: float
    minute: float
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def feed(self, slug: str) -> str:
        """The address of an outlet's feed."""
        return f"{self.press_url}/news/{slug}/feed.xml"

    def home(self, slug: str) -> str:
        """The address of an outlet's home page."""
        return f"{self.press_url}/news/{slug}/"

    def environment(self) -> dict[str, str]:
        """The bot's configuration as environment variables."""
        return {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.api_url,
            "TELEGRAM_WEB_URL": self.press_url,
            "DATABASE_URL": self.database_url or f"sqlite+aiosqlite:///{self.folder / 'visnyk.db'}",
            "ADMIN_IDS": str(ADMIN),
            "HTTP_PORT": "0",
            "POLL_MIN_SECONDS": "1",
            "POLL_MAX_SECONDS": "2",
            "FETCH_PRIVATE_NETWORKS": "true",
            "PACE_SECOND": str(self.second),
            "PACE_MINUTE": str(self.minute),
            **self.extra,
        }

    def settings(self) -> Settings:
        """The same, for the bot in this process."""
        return read_settings(_env_file=None, **{name.lower(): value for name, value in self.environment().items()})

    async def forge(self, player: Player, message: Message, data: str) -> Answer:
        """Let somebody press a button that need not be there; gives what the bot answers."""
        query = acts.press(self.telegram, player.id, message, data)
        await asyncio.wait_for(query.answered.wait(), 20)
        return query.answers[0]

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """The bot at work; leaving stops it as SIGTERM does."""
        stop, ready = asyncio.Event(), asyncio.Event()
        service = asyncio.create_task(serve(self.settings(), stop, ready=ready.set))
        begun = asyncio.create_task(ready.wait())
        await asyncio.wait([service, begun], return_when=asyncio.FIRST_COMPLETED)
        begun.cancel()
        if service.done():
            service.result()
        try:
            yield
        finally:
            stop.set()
            await service


class Process:
    """The bot in a process of its own."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._running: asyncio.subprocess.Process | None = None
        self.environment = world.environment()
        self.folder = world.folder

    async def start(self) -> None:
        """Start it; it is up when it answers."""
        self._running = await self._spawn("run")

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command to its end; gives the exit status and all it printed."""
        running = await self._spawn(*arguments, captured=True)
        printed, _ = await asyncio.wait_for(running.communicate(), 30)
        assert running.returncode is not None
        return running.returncode, printed.decode()

    async def says(self, word: str) -> str:
        """Start it; gives the first line it prints with this word in it."""
        self._running = await self._spawn("run", captured=True)
        assert self._running.stdout is not None
        async with asyncio.timeout(30):
            async for line in self._running.stdout:
                if word in line.decode():
                    return line.decode()
        raise AssertionError(f"It ended and never said {word}.")

    async def terminate(self) -> int:
        """SIGTERM, and wait for the end."""
        assert self._running is not None
        self._running.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._running.wait(), 10)

    async def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        if self._running is not None and self._running.returncode is None:
            self._running.kill()
            await self._running.wait()

    async def _spawn(self, *arguments: str, captured: bool = False) -> asyncio.subprocess.Process:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env={**kept, **self.environment},
            stdout=asyncio.subprocess.PIPE if captured else (self.folder / "log").open("ab"),
            stderr=asyncio.subprocess.STDOUT,
        )
