"""What most chats follow, remembered for a while."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

from news.popular import Popular
from news.ports import Feeds

# To count takes a second where a hundred thousand chats follow things, and hardly changes meanwhile.
COUNTED_EVERY = timedelta(minutes=10)
MOST = 200


class Favourites:
    """Remembers what most chats follow, and counts again now and then."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._counting = asyncio.Lock()
        self._counted_at: datetime | None = None
        self._found: list[Popular] = []

    async def beside(self, own: Collection[int], *, now: datetime, limit: int) -> list[Popular]:
        """What most chats follow, but for the feeds with these ids; those that most follow first."""
        async with self._counting:
            if self._counted_at is None or now - self._counted_at >= COUNTED_EVERY:
                self._found = await self._feeds.popular(limit=MOST)
                self._counted_at = now
        return [one for one in self._found if one.feed.id not in own][:limit]
