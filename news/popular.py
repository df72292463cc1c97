"""What many chats follow, for others to choose from."""

from dataclasses import dataclass

from news.feed import Feed

# Fewer, and it could be told who follows what.
FEWEST_CHATS = 2


@dataclass(frozen=True, slots=True)
class Popular:
    """A public feed, and how many chats follow it."""

    feed: Feed
    chats: int
