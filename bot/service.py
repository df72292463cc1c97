"""The composition: every part of the service made, started, and stopped in order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.errors import TokenRefused
from bot.schedule import Schedule
from bot.summaries import scribe_for
from bot.version import user_agent
from bot.web import Report, health_endpoint, health_url
from handlers.administrators import Administrators
from handlers.answer import Answerer
from handlers.download import download
from handlers.lanes import Lanes
from handlers.limits import FREE, PAID, Windows
from handlers.menu import describe, set_menus
from handlers.pacer import Pacer
from handlers.receive import HeraldBot, Receiver
from handlers.request import TelegramRequest
from handlers.sender import TelegramSender
from handlers.services import Policy, Services
from handlers.spot import find_spot
from news.deliver import Courier
from news.desk import Desk
from news.favourites import Favourites
from news.fetch import open_fetcher
from news.follow import Doorman
from news.lemmas import warm
from news.pace import Bounds
from news.place import recall
from news.scribe import Scribe
from news.worded import Worded
from storage.outdated import KEPT_FOR
from storage.retention import Keep
from storage.store import Store, open_store
from storage.terms import Terms

# SIGTERM to exit takes at most ten seconds; what is in flight gets most of them.
PATIENCE = 7.0
# Without a good getUpdates for so many seconds the service calls itself unwell.
DEAF_AFTER = 120.0
log = structlog.get_logger(__name__)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


async def serve(settings: Settings, stop: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
    """Run the service until `stop` is set; `ready` is called once it listens.

    Raises CannotStart, and storage's StorageError, when it can't begin; whatever breaks a part that must
    not break ends the whole.
    """
    async with AsyncExitStack() as stack:
        opened = open_store(settings.database_url, terms_of(settings), _keep(settings))
        store = await stack.enter_async_context(opened)
        await store.feeds.release_claims()
        await store.outbox.release(now=now())
        fetcher = await stack.enter_async_context(
            open_fetcher(
                user_agent=user_agent(),
                private_networks=settings.fetch_private_networks,
                proxy=settings.fetch_proxy,
            )
        )
        bounds = Bounds(settings.poll_min_seconds, settings.poll_max_seconds)
        desk = Desk(store.feeds, store.articles, fetcher, bounds, now, telegram=settings.telegram_web_url)
        bot = await stack.enter_async_context(open_bot(settings))
        scribe = await stack.enter_async_context(scribe_for(settings, store.summaries, now))
        parts = Parts(settings, store, desk, bot, scribe)
        port = await stack.enter_async_context(health_endpoint(settings.http_host, settings.http_port, parts.report))
        await parts.run(stop, lambda: _tell(settings, port, ready))
    log.info("stopped")


def terms_of(settings: Settings) -> Terms:
    """What the operator decides about deliveries."""
    return Terms(repeat=settings.in_doubt == "repeat", fresh_for=timedelta(hours=settings.news_for_hours))


def _keep(settings: Settings) -> Keep:
    days, number = settings.keep_articles_days, settings.keep_articles
    return Keep(age=timedelta(days=days) if days else None, number=number or None)


def policy_of(settings: Settings) -> Policy:
    """What people are told of their data."""
    asked, article_days = settings.summary_api_url, settings.keep_articles_days or None
    return Policy(KEPT_FOR.days, article_days, model_host=urlsplit(asked).hostname if asked else None)


def _tell(settings: Settings, port: int, ready: Callable[[], None]) -> None:
    log.info("started", health=health_url(settings.http_host, port))
    ready()


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[HeraldBot]:
    """The bot with its own requests open; whether its token is good is not asked here."""
    base = settings.telegram_api_url
    sending, receiving = TelegramRequest(), TelegramRequest()
    bot = HeraldBot(
        settings.telegram_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=sending,
        get_updates_request=receiving,
    )
    async with sending, receiving:
        yield bot


class Parts:
    """The parts at work, wired to each other."""

    def __init__(
        self, settings: Settings, store: Store, desk: Desk, bot: HeraldBot, scribe: Scribe | None = None
    ) -> None:
        sender = TelegramSender(bot, Pacer(_windows(settings)), desk.clock)
        self._bot = bot
        self._settings = settings
        self._desk = desk
        self._keeper = store.keeper
        self._scribe = scribe
        self._courier = Courier(store.outbox, Worded(sender, scribe, desk.clock) if scribe else sender, desk.clock)
        self._schedule = Schedule(desk, store.keeper, owed=self._owed)
        services = Services(
            desk=desk,
            articles=store.articles,
            chats=store.chats,
            outbox=store.outbox,
            inbox=store.inbox,
            keeper=store.keeper,
            doorman=Doorman(),
            policy=policy_of(settings),
            admin_ids=settings.admin_ids,
            default_language=settings.default_language,
            default_timezone=settings.default_timezone,
            username=lambda: bot.username,
            download=partial(download, bot),
            wake_courier=self._courier.wake,
            wake_schedule=self._schedule.wake,
            last_update_at=lambda: self._receiver.last_success,
            drop_waiting=lambda chat, before: self._lanes.drop_beside(chat, before),
            favourites=Favourites(store.feeds),
            catalogue=settings.catalogue,
            administrators=Administrators(bot, settings.admin_ids, desk.clock),
            find_spot=partial(find_spot, bot),
            reading_full=settings.reading == "full",
        )
        self._lanes = Lanes(Answerer(bot, sender, services).deal_with)
        self._receiver = Receiver(bot, store.inbox, self._lanes.take, desk.clock, self._lanes.admit)

    async def run(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Work until `stop` is set or a part breaks."""
        stopped = asyncio.create_task(stop.wait())
        try:
            await _all(asyncio.to_thread(warm), _until(stopped, recall(self._desk)), _until(stopped, self._introduce()))
            if not stop.is_set():
                ready()
                self._schedule.start()
                await self._work(stopped)
        finally:
            stopped.cancel()

    async def report(self) -> Report:
        """What /health of the HTTP side says."""
        seen = await self._keeper.overview(now=now())
        heard = self._receiver.last_success
        silent = (now() - heard).total_seconds() if heard else None
        return {
            "ok": silent is not None and silent < DEAF_AFTER,
            "last_update_seconds_ago": silent,
            "last_poll_at": seen.last_poll_at.isoformat() if seen.last_poll_at else None,
            "poll_lag_seconds": seen.lag,
            "feeds": seen.feeds,
            "feeds_failing": seen.failing,
            "deliveries_owed": seen.owed,
            "articles": seen.articles,
            "database_bytes": seen.size,
        }

    def _owed(self) -> None:
        self._courier.wake()
        if self._scribe:
            self._scribe.wake()

    async def _introduce(self) -> None:
        """Learn our own name; a Telegram that can't be reached is waited for, one that refuses us is not."""
        pause = 0.5
        while True:
            try:
                await self._bot.initialize()
                break
            except InvalidToken:
                raise TokenRefused(self._settings.telegram_api_url) from None
            except TelegramError as error:
                address = self._settings.telegram_api_url
                log.warning("telegram_unreachable", address=address, error=type(error).__name__, detail=error.message)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 10.0)
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("webhook_not_deleted", detail=error.message)
        await set_menus(self._bot, self._settings.default_language)
        await describe(self._bot, self._settings.default_language)

    async def _work(self, stopped: "asyncio.Task[Any]") -> None:
        receiving = asyncio.create_task(self._receiver.run())
        delivering = asyncio.create_task(self._courier.run(patience=PATIENCE))
        done, _ = await asyncio.wait([stopped, receiving, delivering], return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        receiving.cancel()
        self._courier.stop()
        await asyncio.gather(
            self._schedule.stop(patience=PATIENCE / 2), self._lanes.stop(patience=PATIENCE), delivering
        )
        with suppress(asyncio.CancelledError):
            await receiving
        for task in done - {stopped}:
            task.result()


def _windows(settings: Settings) -> Windows:
    in_all = PAID if settings.paid_broadcast else FREE
    return Windows(settings.pace_second, settings.pace_minute, in_all)


async def _until(stopped: "asyncio.Task[Any]", work: Coroutine[Any, Any, None]) -> None:
    """Do the work, or drop it when stopped."""
    task = asyncio.create_task(work)
    try:
        await asyncio.wait([stopped, task], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _all(*works: Coroutine[Any, Any, None]) -> None:
    """Do all of these; where one fails the others are dropped, and over before anything they use is closed."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
