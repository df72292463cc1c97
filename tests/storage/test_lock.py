"""One instance at a time."""

import sys
from asyncio.subprocess import PIPE, create_subprocess_exec

import pytest

from storage.errors import AlreadyRunning, CannotOpen
from storage.lock import only_instance

HOLDER = """
import asyncio, sys
from storage.lock import only_instance

async def hold():
    async with only_instance(sys.argv[1]):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


async def test_a_second_instance_is_refused_at_once_and_welcome_afterwards(url: str) -> None:
    async with only_instance(url):
        with pytest.raises(AlreadyRunning, match="already running"):
            async with only_instance(url):
                pytest.fail("two instances at once")
    async with only_instance(url):
        pass


async def test_an_error_inside_gives_the_lock_back(url: str) -> None:
    with pytest.raises(LookupError):
        async with only_instance(url):
            raise LookupError
    async with only_instance(url):
        pass


async def test_a_killed_instance_leaves_no_lock(url: str) -> None:
    holder = await create_subprocess_exec(sys.executable, "-c", HOLDER, url, stdout=PIPE)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunning):
        async with only_instance(url):
            pytest.fail("two instances at once")
    holder.kill()
    await holder.wait()
    async with only_instance(url):
        pass


async def test_databases_in_memory_know_no_others() -> None:
    async with only_instance("sqlite+aiosqlite://"), only_instance("sqlite+aiosqlite://"):
        pass


async def test_a_lock_that_cannot_be_had_is_told_without_the_password() -> None:
    for url in ("sqlite+aiosqlite:////missing/visnyk.db", "postgresql+asyncpg://user:secret@127.0.0.1:1/visnyk"):
        with pytest.raises(CannotOpen) as caught:
            async with only_instance(url):
                pytest.fail("no lock")
        assert "secret" not in str(caught.value)
