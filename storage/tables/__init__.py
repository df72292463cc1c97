"""The tables. What each null means stands beside its column.

The index for searching is not here: the engines differ in it (see `storage.search_sqlite` and
`storage.search_postgres`).
"""

from storage.tables.articles import UNDATED, articles, identities, stories, summaries, summary_days
from storage.tables.chats import chats, notes, subscriptions, timetables, watches, wishes
from storage.tables.feeds import POLLED, addresses, feeds, secrets
from storage.tables.inbox import inbox
from storage.tables.metadata import metadata
from storage.tables.outbox import (
    CLAIMED,
    DROPPED,
    GATHERED,
    OWED,
    OWED_COLUMNS,
    PARKED,
    SETTLED,
    THEIR_STATUS,
    WAITING,
    broadcasts,
    deliveries,
    mishaps,
    notices,
)
from storage.tables.reading import mutes, saved

__all__ = [
    "CLAIMED",
    "DROPPED",
    "GATHERED",
    "OWED",
    "OWED_COLUMNS",
    "PARKED",
    "POLLED",
    "SETTLED",
    "THEIR_STATUS",
    "UNDATED",
    "WAITING",
    "addresses",
    "articles",
    "broadcasts",
    "chats",
    "deliveries",
    "feeds",
    "identities",
    "inbox",
    "metadata",
    "mishaps",
    "mutes",
    "notes",
    "notices",
    "saved",
    "secrets",
    "stories",
    "subscriptions",
    "summaries",
    "summary_days",
    "timetables",
    "watches",
    "wishes",
]
