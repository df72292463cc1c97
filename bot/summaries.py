"""Whether summaries are written by a model, and by which."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.config import Settings
from bot.version import user_agent
from news.endpoint import open_endpoint
from news.ports import Summaries
from news.scribe import PATIENCE, Scribe, Terms, open_scribe


@asynccontextmanager
async def scribe_for(
    settings: Settings, summaries: Summaries, clock: Callable[[], datetime]
) -> AsyncIterator[Scribe | None]:
    """The scribe that these settings ask for, at work until the block ends; None where they ask for none."""
    if settings.summary_api_url is None:
        yield None
        return
    terms = Terms(settings.summary_daily_limit, settings.summary_language == "chat", PATIENCE)
    async with (
        open_endpoint(
            settings.summary_api_url,
            key=settings.summary_api_key,
            model=settings.summary_model,
            user_agent=user_agent(),
        ) as endpoint,
        open_scribe(summaries, endpoint.ask, clock, terms) as scribe,
    ):
        yield scribe
