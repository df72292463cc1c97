"""What the news needs of the world: storage and a messenger behind these doors.

Every moment handed in or out is an aware datetime in UTC. Each method is one transaction.
"""

from news.ports.articles import Articles, Summaries
from news.ports.chats import Chats
from news.ports.feeds import Feeds
from news.ports.inbox import Inbox, Received
from news.ports.keeper import Keeper, Overview
from news.ports.outbox import Begin, Outbox, Sender

__all__ = [
    "Articles",
    "Begin",
    "Chats",
    "Feeds",
    "Inbox",
    "Keeper",
    "Outbox",
    "Overview",
    "Received",
    "Sender",
    "Summaries",
]
