"""Writing together: what is written in one go, and what becomes of errors and of those who give up."""

import asyncio
from collections.abc import Sequence

import pytest

from storage.together import Together


class Writer:
    """Writes words, a batch at a time, each batch once it is let; words that begin with "bad" can't be written."""

    def __init__(self, most: int = 100) -> None:
        self.batches: list[list[str]] = []
        self.begun = asyncio.Event()
        self.let = asyncio.Event()
        self.together = Together(self.write, name=lambda word: word[-1], weight=len, most=most)

    async def write(self, words: Sequence[str]) -> Sequence[str]:
        self.batches.append([*words])
        self.begun.set()
        await self.let.wait()
        if any(word.startswith("bad") for word in words):
            raise ValueError(words)
        return [word.upper() for word in words]

    async def while_busy(self, *words: str) -> "list[asyncio.Task[str]]":
        """Hands in the words while a first one is being written, then lets all be."""
        first = asyncio.create_task(self.together.do("0"))
        await self.begun.wait()
        tasks = [asyncio.create_task(self.together.do(word)) for word in words]
        await asyncio.sleep(0)
        self.let.set()
        assert await first == "0"
        return tasks


async def test_one_alone_is_written_at_once() -> None:
    writer = Writer()
    writer.let.set()
    assert await writer.together.do("a") == "A"
    assert await writer.together.do("b") == "B"
    assert writer.batches == [["a"], ["b"]]


async def test_what_comes_meanwhile_is_written_together_and_each_gets_its_own_result() -> None:
    writer = Writer()
    tasks = await writer.while_busy("a", "b", "c")
    assert await asyncio.gather(*tasks) == ["A", "B", "C"]
    assert writer.batches == [["0"], ["a", "b", "c"]]


async def test_two_of_a_name_are_written_one_after_the_other() -> None:
    writer = Writer()
    await asyncio.gather(*await writer.while_busy("1x", "1y", "2x", "2y"))
    assert writer.batches == [["0"], ["1x", "1y"], ["2x", "2y"]]


async def test_with_the_first_go_those_that_are_light_enough() -> None:
    writer = Writer(most=4)
    await asyncio.gather(*await writer.while_busy("ddddddd", "aaaaa", "cc", "b", "e", "ca"))
    assert writer.batches == [["0"], ["ddddddd", "cc", "b", "e"], ["aaaaa"], ["ca"]]


async def test_what_can_not_be_written_spoils_nothing_else() -> None:
    writer = Writer()
    tasks = await writer.while_busy("a", "bad b", "c")
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[0::2] == ["A", "C"]
    assert isinstance(results[1], ValueError)
    assert writer.batches == [["0"], ["a", "bad b", "c"], ["a"], ["bad b"], ["c"]]


async def test_who_gives_up_waits_for_what_is_being_written() -> None:
    writer = Writer()
    task = asyncio.create_task(writer.together.do("a"))
    await writer.begun.wait()
    task.cancel()
    writer.let.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert writer.batches == [["a"]]
    assert await writer.together.do("b") == "B"


async def test_who_gives_up_twice_keeps_nobody_from_an_answer() -> None:
    writer = Writer()
    first = asyncio.create_task(writer.together.do("0"))
    await writer.begun.wait()
    impatient, patient = (asyncio.create_task(writer.together.do(word)) for word in ("a", "b"))
    await asyncio.sleep(0)
    for _ in range(3):
        impatient.cancel()
        await asyncio.sleep(0)
    writer.let.set()
    assert [await first, await patient] == ["0", "B"]
    with pytest.raises(asyncio.CancelledError):
        await impatient
