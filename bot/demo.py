"""The demo: the real bot against a sandbox Telegram and a sample newsroom, to be tried in a browser."""

import asyncio
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from bot.config import Settings, read_settings
from bot.errors import CannotShow
from bot.service import serve
from handlers.lang import name_of
from news.opml import Outline, Section
from sandbox.box import Box, BoxError
from sandbox.newsroom import OUTLETS
from sandbox.telegram import DEMO_TOKEN


async def run_demo(folder: Path, port: int, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Run until `stop` is set; `say` is given the one address to open, once the bot listens there.

    All is kept in `folder`, so that the next demo continues where this one was. Raises CannotShow, and what `serve`
    does.
    """
    try:
        async with Box.open(folder, port=port) as box:
            await serve(
                demo_settings(box.url, folder),
                stop,
                ready=lambda: say(
                    f"\n  Visnyk's web chat:  {box.url}\n\n  Open it and press Start. Ctrl-C ends the demo.\n"
                ),
            )
    except BoxError as error:
        raise CannotShow(str(error)) from error


def demo_settings(url: str, folder: Path) -> Settings:
    """The bot's settings for a sandbox at this address: quick polls, everything on loopback."""
    return read_settings(
        _env_file=None,
        telegram_token=DEMO_TOKEN,
        telegram_api_url=url,
        telegram_web_url=url,
        database_url=f"sqlite+aiosqlite:///{(folder / 'visnyk.db').resolve()}",
        admin_ids="7",
        http_port=0,
        poll_min_seconds=2,
        poll_max_seconds=5,
        fetch_private_networks=True,
        catalogue=_catalogue(url),
    )


def _catalogue(url: str) -> tuple[Section, ...]:
    """The newsroom's outlets by their language, for who looks for something to follow."""
    by_language = groupby(sorted(OUTLETS, key=lambda one: one.language), key=lambda one: one.language)
    return tuple(
        Section(name_of(language), tuple(Outline(one.name, f"{url}/news/{one.slug}/") for one in those))
        for language, those in by_language
    )
