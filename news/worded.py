"""A sender whose articles are told in the scribe's words, and whose digests open with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from news.delivery import Delivery, Form, Outcome
from news.ports import Begin, Sender
from news.scribe import Scribe


class Worded:
    """Sends as the sender does; an article carries what was written of it, if that is there in time."""

    def __init__(self, sender: Sender, scribe: Scribe, clock: Callable[[], datetime]) -> None:
        self._sender = sender
        self._scribe = scribe
        self._clock = clock

    async def send(self, delivery: Delivery, begin: Begin) -> Outcome:
        """Try once; whatever happens is told in the outcome."""
        return await self._sender.send(await self._worded(delivery), begin)

    def busy_chats(self) -> frozenset[int]:
        """Platform chat ids that must not be written to right now."""
        return self._sender.busy_chats()

    async def _worded(self, delivery: Delivery) -> Delivery:
        owed_at = delivery.owed_at or self._clock()
        if delivery.form is Form.DIGEST:
            # Its chat may wait as long for it as a push would: it was owed long ago.
            opened = await self._scribe.lead_in(delivery.articles, delivery.chat, owed_at=self._clock())
            return replace(delivery, summary=opened)
        if delivery.article is None or not delivery.chat.look.summary_length:
            return delivery
        # A change has its own time from now on: a corrected article's summary is written anew, others are kept.
        told = await self._scribe.summary(delivery.article, delivery.chat, owed_at=owed_at)
        return replace(delivery, summary=told)
