"""An event loop whose clock jumps to the next timer: an hour of pacing passes in a moment, the same each time."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
Ready = list[tuple[selectors.SelectorKey, int]]


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end in virtual time, which begins at 0."""
    with asyncio.Runner(loop_factory=lambda: _Loop(_Hourglass())) as runner:
        return runner.run(main)


class _Hourglass(selectors.SelectSelector):
    """Instead of waiting for a timer, moves the clock on to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Ready:
        if timeout is None:
            return super().select(None)
        self.now += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, hourglass: _Hourglass) -> None:
        self._hourglass = hourglass
        super().__init__(hourglass)

    def time(self) -> float:
        return self._hourglass.now
