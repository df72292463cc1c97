"""Transactions that are not torn: what writes goes on to its end even when whoever asked for it is cancelled.

A connection whose statement is cancelled under way is thrown away, and on SQLite holds the write lock until its
thread notices; everybody else's writes would fail meanwhile, those of a stopping service above all.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def whole(method: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The method, finished in any case; a cancellation is raised after that."""

    @wraps(method)
    async def finished(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.ensure_future(method(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.gather(task, return_exceptions=True)
            raise

    return finished
