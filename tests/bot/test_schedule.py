"""The schedule, with real feeds of a crowd and a real database."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.schedule import AT_ONCE, TIDY_AFTER, Schedule
from news.chat import Address
from news.desk import Desk
from news.fetch import open_fetcher
from news.hosts import Hosts
from news.pace import Bounds
from sandbox.newsroom.crowd import Crowd, serve_crowd
from storage.store import Store, open_store


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[tuple[Desk, Store]]:
    fetching = open_fetcher(user_agent="test", private_networks=True, hosts=Hosts(pause=0))
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}") as store, fetching as fetcher:
        yield Desk(store.feeds, store.articles, fetcher, Bounds(), now), store


async def followed(crowd: Crowd, store: Store) -> None:
    chat = await store.chats.meet(
        Address("telegram", 1), kind="private", language="uk", timezone="Europe/Kyiv", now=now()
    )
    for url in crowd.urls:
        feed = await store.feeds.open(url, now=now())
        await store.chats.follow(chat.id, feed.id, now=now())


async def test_more_feeds_than_there_is_room_for_are_all_checked(desk: tuple[Desk, Store]) -> None:
    service, store = desk
    async with serve_crowd(feeds=2 * AT_ONCE + 50, items=1) as crowd:
        await followed(crowd, store)
        schedule = Schedule(service, store.keeper, owed=lambda: None)
        schedule.start()
        await crowd.requested(len(crowd.feeds))
        await schedule.stop(patience=30)
        overview = await store.keeper.overview(now=now())
    assert (overview.feeds, overview.failing, overview.articles) == (len(crowd.feeds), 0, len(crowd.feeds))


async def test_a_schedule_stops_in_the_midst_of_its_ticks(
    desk: tuple[Desk, Store], caplog: pytest.LogCaptureFixture
) -> None:
    service, store = desk
    async with serve_crowd(feeds=30, items=1) as crowd:
        await followed(crowd, store)
        for _ in range(5):
            schedule = Schedule(service, store.keeper, owed=lambda: None)
            schedule.start()
            schedule.wake()
            await schedule.stop(patience=30)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


class Tidying:
    """A keeper that is at a portion when it is told to stop."""

    def __init__(self) -> None:
        self.began, self.ended = asyncio.Event(), False

    async def tidy(self, *, now: datetime) -> dict[str, int]:
        self.began.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            self.ended = True
        return {}


async def test_a_schedule_that_stops_waits_for_the_portion_that_is_tidied_away(desk: tuple[Desk, Store]) -> None:
    service, _ = desk
    long_ago = replace(service, clock=lambda: now() - TIDY_AFTER)
    keeper = Tidying()
    schedule = Schedule(long_ago, keeper, owed=lambda: None)  # type: ignore[arg-type]
    schedule.start()
    await keeper.began.wait()
    await schedule.stop(patience=30)
    assert keeper.ended
