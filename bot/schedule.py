"""The schedule: when feeds are polled and when the house is tidied."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from news.desk import Desk
from news.feed import Feed
from news.poll import poll_due_feeds
from news.ports import Keeper

AT_ONCE = 200
# A tick is never further away than this, whatever the storage says: feeds may be added by another process.
LONGEST_SLEEP = timedelta(seconds=30)
# Ticks are this far apart at least, so that many checks that end together cost one.
SHORTEST_SLEEP = timedelta(seconds=0.1)
# The house is tidied once in so long; for the first time when the rush of the start is over.
TIDY_EVERY = timedelta(hours=1)
TIDY_AFTER = timedelta(minutes=10)
log = structlog.get_logger(__name__)


class Schedule:
    """Ticks of APScheduler: each starts the feeds that are due and sets the next tick to when more will be.

    `owed` is called whenever a check has put deliveries into the outbox.
    """

    def __init__(self, desk: Desk, keeper: Keeper, owed: Callable[[], None]) -> None:
        self._desk = desk
        self._keeper = keeper
        self._owed = owed
        self._checks: dict[Feed, asyncio.Task[int]] = {}
        self._next_tick: datetime | None = None
        self._ticked_at = datetime.min.replace(tzinfo=UTC)
        self._ticking, self._tidying = asyncio.Lock(), asyncio.Lock()
        # Whether the last tick left feeds due for want of room.
        self._more = False
        self._woken = self._stopping = False
        # A tick sets the time of the next, which may be now: so two instances, the lock lets in one.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)

    def start(self) -> None:
        """Begin with a tick at once."""
        first = self._desk.clock() + TIDY_AFTER
        every = TIDY_EVERY.total_seconds()
        self._scheduler.add_job(self._tidy, "interval", seconds=every, next_run_time=first, max_instances=1)
        self._scheduler.start()
        self.wake()

    def wake(self) -> None:
        """Tick soon: a feed may be due earlier than was known."""
        self._woken = True
        if not self._ticking.locked():
            self._tick_by(self._soonest())

    async def stop(self, *, patience: float) -> None:
        """Tick no more; give the checks under way `patience` seconds. A check given up leaves no trace."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
            # A tick already on its way comes to the lock before us; a shutdown would cancel it, loudly.
            await asyncio.sleep(0)
            async with self._ticking:
                self._scheduler.shutdown(wait=False)
            # It was cancelled by that, and ends with the portion that it is at.
            async with self._tidying:
                pass
        checks = list(self._checks.values())
        if checks:
            _, late = await asyncio.wait(checks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _tick(self) -> None:
        async with self._ticking:
            self._ticked_at, self._next_tick, self._woken = self._desk.clock(), None, False
            due = await self._begin_due()
            latest = self._desk.clock() + LONGEST_SLEEP
            self._tick_by(self._soonest() if self._woken else max(min(due or latest, latest), self._soonest()))

    def _soonest(self) -> datetime:
        """When the next tick may be: at once where feeds wait for room that is there again."""
        now = self._desk.clock()
        hurried = self._more and len(self._checks) <= AT_ONCE // 2
        return now if hurried else max(now, self._ticked_at + SHORTEST_SLEEP)

    async def _begin_due(self) -> datetime | None:
        """Begin what is due; gives when more will be. Whatever fails here is tried again at the next tick."""
        try:
            await self._start_checks()
            return await self._desk.feeds.next_due()
        except Exception:
            log.exception("tick_failed")
            return None

    async def _start_checks(self) -> None:
        room = AT_ONCE - len(self._checks)
        if room <= 0:
            return
        started = await poll_due_feeds(self._desk, room=room, running=self._checks.keys())
        self._more = len(started) >= room
        for feed, task in started.items():
            self._checks[feed] = task
            task.add_done_callback(partial(self._checked, feed))

    def _checked(self, feed: Feed, task: "asyncio.Task[int]") -> None:
        del self._checks[feed]
        if task.cancelled():
            return
        if error := task.exception():
            log.error("check_not_saved", feed=feed.url, exc_info=error)
        elif task.result():
            self._owed()
        self.wake()

    def _tick_by(self, moment: datetime) -> None:
        """Tick at this moment, unless a tick is planned before it."""
        planned = self._next_tick is not None and self._next_tick <= moment
        if planned or self._stopping or not self._scheduler.running:
            return
        self._next_tick = moment
        self._scheduler.add_job(self._tick, "date", run_date=moment, id="tick", replace_existing=True)

    async def _tidy(self) -> None:
        async with self._tidying:
            gone = await self._keeper.tidy(now=self._desk.clock())
        tell = log.info if gone else log.debug
        tell("tidied", **gone)
