"""The schedule: when feeds are polled and when the house is tidied."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from news.desk import Desk
from news.poll import poll_due_feeds
from news.ports import Keeper

AT_ONCE = 200
# A tick is never further away than this, whatever the storage says: feeds may be added by another process.
LONGEST_SLEEP = timedelta(seconds=30)
TIDY_HOURS = 6
log = structlog.get_logger(__name__)


class Schedule:
    """Ticks of APScheduler: each starts the feeds that are due and sets the next tick to when more will be.

    `owed` is called whenever a check has put deliveries into the outbox.
    """

    def __init__(self, desk: Desk, keeper: Keeper, owed: Callable[[], None]) -> None:
        self._desk = desk
        self._keeper = keeper
        self._owed = owed
        self._checks: dict[int, asyncio.Task[int]] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})

    def start(self) -> None:
        """Begin with a tick at once."""
        self._scheduler.add_job(self._tidy, "interval", hours=TIDY_HOURS)
        self._scheduler.start()
        self.wake()

    def wake(self) -> None:
        """Tick now: a feed may be due earlier than was known."""
        self._tick_at(self._desk.clock())

    async def stop(self, *, patience: float) -> None:
        """Tick no more; give the checks under way `patience` seconds. A check given up leaves no trace."""
        self._scheduler.shutdown(wait=False)
        checks = list(self._checks.values())
        if checks:
            _, late = await asyncio.wait(checks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _tick(self) -> None:
        try:
            await self._start_checks()
            due = await self._desk.feeds.next_due()
        except Exception:
            log.exception("tick_failed")
            due = None
        now = self._desk.clock()
        latest = now + LONGEST_SLEEP
        self._tick_at(max(min(due or latest, latest), now + timedelta(seconds=0.1)))

    async def _start_checks(self) -> None:
        room = AT_ONCE - len(self._checks)
        if room <= 0:
            return
        started = await poll_due_feeds(self._desk, room=room, running=self._checks.keys())
        for feed_id, task in started.items():
            self._checks[feed_id] = task
            task.add_done_callback(lambda done, feed_id=feed_id: self._checked(feed_id, done))

    def _checked(self, feed_id: int, task: "asyncio.Task[int]") -> None:
        del self._checks[feed_id]
        if task.cancelled():
            return
        if error := task.exception():
            log.error("check_failed", feed_id=feed_id, exc_info=error)
        elif task.result():
            self._owed()
        if len(self._checks) == AT_ONCE - 1:
            self.wake()

    def _tick_at(self, moment: datetime) -> None:
        self._scheduler.add_job(self._tick, "date", run_date=moment, id="tick", replace_existing=True)

    async def _tidy(self) -> None:
        gone = await self._keeper.tidy(now=self._desk.clock())
        log.info("tidied", rows=gone)
