"""Writing together what comes at the same time: one transaction, and one wait for the disk, for many.

What comes while earlier work is being written waits for that, and is then written in one go with whatever else has
come. So one alone is written at once, and a thousand at a time cost little more than one.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Together(Generic[T, R]):
    """Collects work for `write`, which does it all or nothing and gives a result for each.

    No two pieces of one batch have the same `name`. With the piece that has waited longest go others of a `weight` of
    at most `most` together, so that a light one need not wait for every heavy one before it.
    """

    def __init__(
        self,
        write: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        *,
        name: Callable[[T], Hashable],
        weight: Callable[[T], int],
        most: int,
    ) -> None:
        self._write = write
        self._name = name
        self._weight = weight
        self._most = most
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def do(self, piece: T) -> R:
        """Give the result once the piece is written; raises what writing it raises. A cancellation is raised after."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((piece, result))
        if self._writer is None:
            self._writer = asyncio.create_task(self._work_off())
        try:
            return await asyncio.shield(result)
        except asyncio.CancelledError:
            await asyncio.wait([result])
            raise

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                await self._write_batch(self._next_batch())
        finally:
            self._writer = None

    def _next_batch(self) -> list[tuple[T, asyncio.Future[R]]]:
        """The first of the waiting pieces, and those that may go with it; pieces of one name keep their order."""
        batch, left = [self._waiting.popleft()], deque[tuple[T, asyncio.Future[R]]]()
        names, room = {self._name(batch[0][0])}, self._most
        for waiting in self._waiting:
            name, weight = self._name(waiting[0]), self._weight(waiting[0])
            fits = weight <= room and name not in names
            names.add(name)
            room -= weight if fits else 0
            (batch if fits else left).append(waiting)
        self._waiting = left
        return batch

    async def _write_batch(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        """Where a batch fails, each piece is tried alone, so that one spoils no other's."""
        try:
            results = await self._write([piece for piece, _ in batch])
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._write_batch([one])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            # Somebody may be so impatient as to be cancelled twice.
            if not future.done():
                future.set_result(result)
