"""The courier: takes what is owed from the outbox, hands it to the sender, writes down what came of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from news.delivery import Delivery, InDoubt, Outcome, Refused, Retry
from news.ports import Outbox, Sender

LEASE = timedelta(seconds=60)
ATTEMPT_SECONDS, SETTLE_TRIES, FAULTS = 45.0, 10, 4
AT_ONCE = 128
# A claim costs nearly as much for one delivery as for many: what becomes free waits for company, for so long at most;
# while half of what may be is in flight, nobody waits for it.
WORTH_A_CLAIM, COMPANY, LONGER = AT_ONCE // 4, 0.1, 1.0
# How soon to look again while some chats are left alone for a moment, and how late at most.
SOON, LATE = 0.1, 30.0
# How long to leave an outbox alone that fails.
FAILED = 1.0
log = structlog.get_logger(__name__)


class Courier:
    """Delivers as long as it runs: at most `AT_ONCE` deliveries at once, one per chat."""

    def __init__(self, outbox: Outbox, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._in_flight: dict[asyncio.Task[None], Delivery] = {}
        self._woken = asyncio.Event()
        self._landings = 0
        self._soon: asyncio.TimerHandle | None = None
        self._stopping = False

    def wake(self) -> None:
        """Say that something new is owed."""
        self._woken.set()

    def stop(self) -> None:
        """Claim nothing more; `run` then ends once what is in flight has."""
        self._stopping = True
        self._woken.set()

    async def run(self, *, patience: float = 8.0) -> None:
        """Deliver until stopped; what is still in flight `patience` seconds after that is given back."""
        while not self._stopping:
            self._look_around()
            try:
                # What lands from now on sees to the next claim.
                await self._rest(LATE if await self.deliver_due() else await self._pause())
            except Exception:  # a locked or full database: what is owed stays owed
                log.exception("outbox_failed")
                await self._rest(FAILED)
        await self._finish(patience)

    async def deliver_due(self) -> bool:
        """Claim what may go now and start sending it; returns whether all the room there was is taken."""
        room = AT_ONCE - len(self._in_flight)
        if room <= 0:
            return True
        now = self._clock()
        claimed = await self._outbox.claim(now=now, until=now + LEASE, limit=room, spare=self._sender.busy_chats())
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._in_flight[task] = delivery
            task.add_done_callback(self._landed)
        return len(claimed) == room

    async def _deliver(self, delivery: Delivery) -> None:
        outcome = await self._attempt(delivery)
        if isinstance(outcome, Refused):
            log.error("delivery_refused", delivery=delivery.id, reason=outcome.reason)
        await self._settle(delivery, outcome)

    async def _attempt(self, delivery: Delivery) -> Outcome:
        """One try, over before its claim is; a fault of ours is tried a few times and then parked, not for ever."""
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                return await self._sender.send(delivery, partial(self._begin, delivery))
        except TimeoutError:
            return InDoubt(self._clock() + timedelta(seconds=FAILED), "no end")
        except Exception as error:
            log.exception("delivery_failed", delivery=delivery.id)
            reason = type(error).__name__
            again = Retry(self._clock() + timedelta(seconds=FAILED), reason)
            return again if delivery.tries(reason) < FAULTS else Refused(reason)

    async def _begin(self, delivery: Delivery) -> bool:
        """Mark it as on the wire: should the process end now, this one is in doubt, and none that only wait."""
        return await self._outbox.begin(delivery, now=self._clock())

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Write the outcome down, again and again if need be: what is not written down is sent again."""
        for _ in range(SETTLE_TRIES):
            try:
                await self._outbox.settle(delivery, outcome, now=self._clock())
            except Exception:
                log.exception("delivery_not_settled", delivery=delivery.id)
                await asyncio.sleep(FAILED)
            else:
                return

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._in_flight[task]
        self._landings += 1
        if self._landings >= WORTH_A_CLAIM or not self._in_flight:
            self._woken.set()
        elif self._landings == 1:
            patience = LONGER if len(self._in_flight) >= AT_ONCE // 2 else COMPANY
            self._soon = asyncio.get_running_loop().call_later(patience, self._woken.set)
        if not task.cancelled() and (error := task.exception()):
            log.error("delivery_failed", exc_info=error)

    def _look_around(self) -> None:
        """Whatever has changed until now is seen by the claim that comes."""
        self._woken.clear()
        self._landings = 0
        if self._soon is not None:
            self._soon.cancel()

    async def _rest(self, seconds: float) -> None:
        """Sleep until something changes: a wake-up, a landing, or the next delivery's time."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _pause(self) -> float:
        spare = self._sender.busy_chats()
        due = await self._outbox.next_due(now=self._clock(), spare=spare)
        longest = SOON if spare else LATE
        return longest if due is None else min(max((due - self._clock()).total_seconds(), 0.005), longest)

    async def _finish(self, patience: float) -> None:
        if self._in_flight:
            _, late = await asyncio.wait(list(self._in_flight), timeout=patience)
            given_back = [self._in_flight[task] for task in late]
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            await self._outbox.release(given_back, now=self._clock())
