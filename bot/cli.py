"""The command line: `visnyk run`, `visnyk demo`, `visnyk healthcheck`, `visnyk --version`."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Any
from urllib.request import ProxyHandler, build_opener

import typer

from bot.config import ConfigError, read_listening, read_settings
from bot.errors import CannotStart
from bot.heap import keep_collections_short, keep_heap_small
from bot.logs import set_up_logs
from bot.service import serve
from bot.version import program_version
from bot.web import health_url
from storage.errors import StorageError

CANNOT_START = 2
DEMO_FOLDER = Path(".demo")
DEMO_PORT = 8090
LAST_WORD_SECONDS = 1.5
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def main() -> None:
    """The console script."""
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"visnyk {program_version()}")
        raise typer.Exit


@app.callback()
def visnyk(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Visnyk, a news bot for messengers."""


@app.command()
def run() -> None:
    """Run the bot for Telegram, as the environment or .env configures it."""
    with _sentences_for_trouble():
        settings = read_settings()
        set_up_logs(settings.log_level, settings.log_format, settings.secrets)
        asyncio.run(_until_signal(lambda stop: serve(settings, stop)))


@app.command(hidden=True)
def start() -> None:
    """What `make run` calls: `run` where there is a token, else `demo`."""
    try:
        has_token = bool(read_settings().telegram_token)
    except ConfigError as error:
        has_token = not any(line.startswith("TELEGRAM_TOKEN: is missing") for line in error.lines)
    run() if has_token else demo()


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port of the web chat; 0 takes a free one.")
    ] = DEMO_PORT,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps what it has.")] = DEMO_FOLDER,
) -> None:
    """Show the bot without a token: a sandbox Telegram, a sample newsroom, and a web chat to open."""
    # The sandbox is loaded for the demo alone: a service has no use for it.
    from bot.demo import run_demo

    with _sentences_for_trouble():
        set_up_logs("WARNING", "text")
        asyncio.run(_until_signal(lambda stop: run_demo(folder, port, stop, typer.echo)))


@app.command()
def healthcheck() -> None:
    """Exit with 0 if the service running here says that it is well, with 1 if not."""
    with _sentences_for_trouble():
        listening = read_listening()
    try:
        # Whatever proxy the environment names, this machine is reached without it.
        direct = build_opener(ProxyHandler({}))
        with direct.open(health_url(listening.http_host, listening.http_port), timeout=5) as answer:
            typer.echo(answer.read().decode())
    except (OSError, HTTPException, ValueError) as error:
        typer.echo(f"not well: {error}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def _sentences_for_trouble() -> Iterator[None]:
    """What keeps the program from starting ends it with status 2 and one line for each trouble."""
    try:
        yield
    except (ConfigError, CannotStart, StorageError) as error:
        for line in str(error).splitlines():
            print(f"visnyk: {line}", file=sys.stderr)
        raise SystemExit(CANNOT_START) from None


async def _until_signal(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Do the work; SIGTERM and Ctrl-C set the event it is given."""
    keep_heap_small()
    keep_collections_short()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await work(stop)
    # A thread in the middle of a hostile body can't be interrupted, and must not keep the process.
    last_word = threading.Timer(LAST_WORD_SECONDS, os._exit, [0])
    last_word.daemon = True
    last_word.start()
