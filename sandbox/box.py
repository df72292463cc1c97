"""Everything at one address: Telegram in a box, the sample newsroom, and the web chat.

BoxError
├── PortTaken         .port: something else listens there
├── NoSuchPort        .port: not a number a port can have
├── PortRefused       .port: this user may not listen there
├── FolderTaken       .folder: another sandbox keeps its state there
└── FolderUnusable    .folder: the state can't be kept there
"""

import asyncio
import fcntl
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from errno import EADDRINUSE
from pathlib import Path

from aiohttp import web

from sandbox.cast import invite
from sandbox.newsroom import Newsroom, Pace
from sandbox.newsroom import routes as newsroom_routes
from sandbox.newsroom.desk import desk_routes
from sandbox.telegram import DEMO_TOKEN, Limits, Telegram, mount
from sandbox.telegram.previews import Preview
from sandbox.web import routes as page_routes

HOST = "127.0.0.1"
# In each chat, and of what was sent in all: a demo may run for days.
KEPT_MESSAGES = 2_000
LIVELY = Pace()
TELEGRAMS_OWN = Limits()


class BoxError(Exception):
    """The box can't be opened; the text is one sentence that says what to do."""


class PortTaken(BoxError):
    """Something else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use, perhaps by another sandbox: stop that one, or choose another --port.")
        self.port = port


class NoSuchPort(BoxError):
    """No port has this number."""

    def __init__(self, port: int) -> None:
        super().__init__(f"There is no port {port}: choose a --port between 0 and 65535.")
        self.port = port


class PortRefused(BoxError):
    """The system doesn't let this user listen on the port."""

    def __init__(self, port: int, reason: OSError) -> None:
        super().__init__(f"Nothing may listen on port {port} ({reason.strerror}): choose another --port.")
        self.port = port


class FolderTaken(BoxError):
    """Another sandbox keeps its state in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another sandbox keeps its state in {folder}: stop that one, or choose another --folder.")
        self.folder = folder


class FolderUnusable(BoxError):
    """The state can't be read from or written to the folder."""

    def __init__(self, folder: Path | None, reason: Exception) -> None:
        super().__init__(f"The sandbox can't keep its state in {folder} ({reason}): choose another --folder.")
        self.folder = folder


@dataclass(frozen=True)
class Box:
    """An open sandbox. `url` has no closing slash; a bot is pointed at it with any token, `token` for instance."""

    url: str
    telegram: Telegram
    newsroom: Newsroom
    token: str = DEMO_TOKEN

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        folder: Path | None = None,
        port: int = 0,
        *,
        pace: Pace | None = LIVELY,
        limits: Limits | None = TELEGRAMS_OWN,
    ) -> AsyncIterator["Box"]:
        """Opens a sandbox on loopback until the block is left.

        `folder` keeps its state and its port for the next start, None keeps nothing; port 0 takes the one it
        had, or a free one; `pace` None publishes only when told to; `limits` None accepts any flood. Raises
        BoxError.
        """
        # Port and lock come first: a second box on the same folder must not touch what the first one keeps.
        with _bound(port or _last_port(folder)) as listener, _alone_in(folder):
            telegram, newsroom = _furnish(folder, listener.getsockname()[1], limits)
            async with _serving(telegram, newsroom, listener) as url, _publishing(newsroom, pace):
                yield cls(url, telegram, newsroom)


def _bound(port: int) -> socket.socket:
    """A socket that listens on the port, 0 for any."""
    try:
        return socket.create_server((HOST, port))
    except OverflowError:
        raise NoSuchPort(port) from None
    except OSError as error:
        raise (PortTaken(port) if error.errno == EADDRINUSE else PortRefused(port, error)) from error


@contextmanager
def _alone_in(folder: Path | None) -> Iterator[None]:
    """Keep others out of the folder while the block lasts; the lock ends with the process, however that ends."""
    if folder is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "box.lock").open("w")
    except OSError as reason:
        raise FolderUnusable(folder, reason) from reason
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderTaken(folder) from None
        yield


def _furnish(folder: Path | None, port: int, limits: Limits | None) -> tuple[Telegram, Newsroom]:
    try:
        _remember_port(folder, port)
        newsroom = Newsroom(state=folder and folder / "newsroom.jsonl")
        state = folder and folder / "telegram.db"
        telegram = Telegram(state=state, limits=limits, keep=KEPT_MESSAGES, preview=_previews(newsroom))
    except (OSError, sqlite3.Error) as reason:
        raise FolderUnusable(folder, reason) from reason
    invite(telegram)
    return telegram, newsroom


def _previews(newsroom: Newsroom) -> Callable[[str], Preview | None]:
    """Under a link to one of the newsroom's pages Telegram shows what that page says of itself."""

    def preview(url: str) -> Preview | None:
        page = newsroom.preview(url)
        return Preview(**asdict(page)) if page else None

    return preview


@asynccontextmanager
async def _serving(telegram: Telegram, newsroom: Newsroom, listener: socket.socket) -> AsyncIterator[str]:
    runner = web.AppRunner(_application(telegram, newsroom), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        await runner.cleanup()


def _application(telegram: Telegram, newsroom: Newsroom) -> web.Application:
    async def let_go(_: web.Application) -> None:
        newsroom.release()

    application = web.Application()
    mount(application, telegram)
    application.add_routes([*newsroom_routes(newsroom), *desk_routes(newsroom), *page_routes()])
    application.on_shutdown.append(let_go)
    return application


def _last_port(folder: Path | None) -> int:
    """The port of the last start, 0 if there was none: links in old messages should go on working."""
    if folder is None:
        return 0
    try:
        port = json.loads((folder / "box.json").read_text())["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return port if isinstance(port, int) and 0 < port < 65536 else 0


def _remember_port(folder: Path | None, port: int) -> None:
    if folder is not None:
        (folder / "box.json").write_text(json.dumps({"port": port}))


@asynccontextmanager
async def _publishing(newsroom: Newsroom, pace: Pace | None) -> AsyncIterator[None]:
    """Lets the newsroom publish by itself while the block lasts."""
    if pace is None:
        yield
        return
    task = asyncio.create_task(newsroom.run(pace))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
