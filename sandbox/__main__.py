"""`python -m sandbox`: the box alone. Any bot, in any language, can be pointed at it."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.box import LIVELY, Box, BoxError
from sandbox.telegram import Limits


def main() -> int:
    """Opens a box until Ctrl-C or SIGTERM; returns the exit status, 2 when it can't be opened."""
    options = _options().parse_args()
    try:
        asyncio.run(_run(options))
    except BoxError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Telegram in a box, with a newsroom.")
    parser.add_argument("--port", type=_port, default=0, help="where to listen on 127.0.0.1; 0 takes a free port")
    parser.add_argument("--folder", type=Path, help="keep the state there; without it nothing is kept")
    parser.add_argument("--no-limits", action="store_true", help="accept any flood")
    parser.add_argument("--second", type=_seconds, default=1.0, help="how long a second lasts for Telegram's limits")
    parser.add_argument("--minute", type=_seconds, default=60.0, help="how long a minute lasts for them")
    parser.add_argument("--quiet", action="store_true", help="let the newsroom publish only when told to")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number between 0 and 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError("a window lasts more than no time and less than a day")
    return seconds


async def _run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for end in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(end, stop.set)
    limits = None if options.no_limits else Limits(second=options.second, minute=options.minute)
    pace = None if options.quiet else LIVELY
    async with Box.open(options.folder, options.port, pace=pace, limits=limits) as box:
        print(f"The web chat:  {box.url}/")
        print(f"For a bot:     TELEGRAM_API_URL={box.url} TELEGRAM_TOKEN={box.token}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
