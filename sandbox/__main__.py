"""`python -m sandbox`: the box alone. Any bot, in any language, can be pointed at it."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.box import Box, BoxError


def main() -> int:
    """Opens a box until Ctrl-C or SIGTERM; returns the exit status, 2 when it can't be opened."""
    options = _options().parse_args()
    try:
        asyncio.run(_run(options.folder, options.port))
    except BoxError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Telegram in a box, with a newsroom.")
    parser.add_argument("--port", type=_port, default=0, help="where to listen on 127.0.0.1; 0 takes a free port")
    parser.add_argument("--folder", type=Path, help="keep the state there; without it nothing is kept")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535")
    return port


async def _run(folder: Path | None, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for end in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(end, stop.set)
    async with Box.open(folder, port) as box:
        print(f"The web chat:  {box.url}/")
        print(f"For a bot:     TELEGRAM_API_URL={box.url} TELEGRAM_TOKEN={box.token}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
