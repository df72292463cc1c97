"""Updates that Telegram brings to the bot itself, instead of being asked for them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import aiohttp

from sandbox.telegram.bell import Bell
from sandbox.telegram.journal import Journal
from sandbox.telegram.refusal import POLL_ENDED, Json
from sandbox.telegram.updates import Updates

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_SECONDS = 60
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are brought: an address, and the secret that proves who brings them."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(frozen=True, slots=True)
class Failure:
    """The last time that an update could not be brought; `at` is Unix time."""

    at: float
    message: str


class Hook:
    """Where updates are brought, if anywhere, and what went wrong last; `changed` rings when either changes.

    `pause` is in seconds: after so many an update that was not taken is brought again.
    """

    def __init__(self, journal: Journal, updates: Updates, now: Callable[[], float], pause: float) -> None:
        self._journal = journal
        self._updates = updates
        self._now = now
        self.pause = pause
        self.webhook: Webhook | None = None
        self.failure: Failure | None = None
        self.changed = Bell()

    def set(self, webhook: Webhook | None) -> bool:
        """Bring updates there from now on, None: nowhere; whoever polls is sent away. False if it was so already."""
        if webhook == self.webhook:
            return False
        self.webhook, self.failure = webhook, None
        self._journal.put("webhook", "", asdict(webhook) if webhook else {})
        self._updates.end_poll(POLL_ENDED if webhook else None)
        self.changed.ring()
        return True

    def failed(self, message: str) -> None:
        """Keep why an update could not be brought."""
        self.failure = Failure(self._now(), message)
        self.changed.ring()


class Postman:
    """Brings the oldest update to the webhook until it is taken (any 2xx), then the next; one at a time.

    After a failure it waits, twice as long each time.
    The real one brings several at once, up to max_connections; a bot must not rely on either.
    """

    def __init__(self, telegram: "Telegram") -> None:
        self._telegram = telegram
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work; nothing is brought while there is no webhook."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End it at once; what was on its way counts as not taken."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            pause = first = self._telegram.hook.pause
            while True:
                webhook, update = await self._next()
                taken = await self._bring(session, webhook, update)
                pause = first if taken else await self._rest(pause)

    async def _next(self) -> tuple[Webhook, Json]:
        """The webhook and the oldest update, as soon as there are both."""
        while True:
            webhook, updates = self._telegram.hook.webhook, self._telegram.updates.first(1)
            if webhook is not None and updates:
                return webhook, updates[0]
            await self._telegram.updates.changed.rung()

    async def _bring(self, session: aiohttp.ClientSession, webhook: Webhook, update: Json) -> bool:
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
                status, reason = answer.status, answer.reason
        except (aiohttp.ClientError, TimeoutError) as error:
            self._telegram.hook.failed(f"Connection failed: {type(error).__name__}")
            return False
        if not 200 <= status < 300:
            self._telegram.hook.failed(f"Wrong response from the webhook: {status} {reason}")
            return False
        if self._telegram.hook.webhook is webhook:
            self._telegram.confirm_updates(update["update_id"] + 1)
        return True

    async def _rest(self, seconds: float) -> float:
        """Wait so long, or until the webhook is another; gives how long to wait the next time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._telegram.hook.changed.rung()
                return self._telegram.hook.pause
        return min(seconds * 2, LONGEST_PAUSE)
