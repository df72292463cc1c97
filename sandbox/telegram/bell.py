"""Waiting for the next change, whoever makes it."""

import asyncio


class Bell:
    """Rings for everybody who waits at that moment."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def rung(self) -> None:
        """Wait for the next ring."""
        await self._event.wait()
