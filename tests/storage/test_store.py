"""The storage as the program opens it, and what a kill leaves of it."""

import sys
from asyncio.subprocess import PIPE, create_subprocess_exec

import pytest

from storage.errors import AlreadyRunning
from storage.store import open_store
from tests.storage.given import NOW, Given, after, article

CLAIMER = """
import asyncio, sys
from storage.store import open_store
from tests.storage.given import Given

async def claim():
    async with open_store(sys.argv[1]) as store:
        print(len(await Given(store).owed()), flush=True)
        await asyncio.Event().wait()

asyncio.run(claim())
"""


async def test_a_store_is_ours_alone_and_kept_when_closed(empty_url: str) -> None:
    async with open_store(empty_url) as store:
        await Given(store).chat(1)
        with pytest.raises(AlreadyRunning):
            async with open_store(empty_url):
                pytest.fail("two instances at once")
    async with open_store(empty_url) as store:
        assert (await store.keeper.overview(now=after(0))).chats == 1


async def test_a_store_in_memory_works_and_forgets() -> None:
    for _ in range(2):
        async with open_store("sqlite+aiosqlite://") as store:
            given = Given(store)
            assert await given.published(await given.feed("https://a.example/", await given.chat(1)), article()) == 1


async def test_a_process_killed_while_it_sends_loses_nothing(empty_url: str) -> None:
    async with open_store(empty_url) as store:
        given = Given(store)
        chats = [await given.chat(n) for n in (1, 2)]
        await given.published(await given.feed("https://a.example/", *chats), article())
    claimer = await create_subprocess_exec(sys.executable, "-c", CLAIMER, empty_url, stdout=PIPE)
    assert claimer.stdout is not None
    assert await claimer.stdout.readline() == b"2\n"
    claimer.kill()
    await claimer.wait()
    async with open_store(empty_url) as store:
        assert await Given(store).owed(after(1)) == []
        await store.outbox.release(now=NOW)
        assert len(await Given(store).owed(after(1))) == 2
