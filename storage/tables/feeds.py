"""Feeds, the words that open private ones, and the addresses they are known by."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, and_, false, null

from storage.columns import CleanText, Numbers, RowId, UtcTime
from storage.habits import HabitsColumn
from storage.tables.metadata import metadata
from storage.worth import WorthColumn

feeds = Table(
    "feeds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("link", CleanText),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("next_check_at", UtcTime, nullable=False),
    Column("checked_at", UtcTime),  # null: never fetched
    Column("succeeded_at", UtcTime),  # null: never with success
    Column("contacted_at", UtcTime),  # null: the next success is a first contact, which pushes nothing
    Column("news_at", UtcTime),  # null: nothing new was ever found
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("problem", String(40)),  # null: the last check went well
    Column("failing_since", UtcTime),  # null: the last check went well
    Column("moved_to", CleanText),  # null: the last answer named no other address for good
    Column("stopped", Boolean, nullable=False, server_default=false()),
    Column("host", CleanText, nullable=False),  # of the url, host and port
    Column("ttl", Float),  # seconds; null: the feed names none
    Column("claimed_until", UtcTime),  # null: nobody checks it at the moment
    # A reachable chat follows it (storage.dormancy sees to that); those asleep are in no index that polling looks into.
    Column("awake", Boolean, nullable=False, server_default=false()),
    # Its last follower left while a check was under way: what that check remembers is not to be kept.
    Column("slept_in_claim", Boolean, nullable=False, server_default=false()),
    Column("skip_hours", Numbers, nullable=False, server_default="0"),
    Column("skip_days", Numbers, nullable=False, server_default="0"),
    Column("habits", HabitsColumn),  # null: nothing was learnt yet
    # Seen only by those who follow it; its url names the server alone, the rest is in `secrets`.
    Column("private", Boolean, nullable=False, server_default=false()),
    # An admin's word on its articles' pages: auto, always or never.
    Column("page_rule", String(8), nullable=False, server_default="auto"),
    Column("page_worth", WorthColumn),  # null: none was ever asked for
    sqlite_autoincrement=True,
)
# Whether a feed is polled at all.
POLLED = and_(feeds.c.awake, ~feeds.c.stopped)
Index("ix_feeds_due", feeds.c.next_check_at, feeds.c.id, sqlite_where=POLLED, postgresql_where=POLLED)
_UNDER_WAY = feeds.c.claimed_until.is_not(null())
Index("ix_feeds_claimed", feeds.c.claimed_until, sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)

secrets = Table(
    "secrets",
    metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("address", CleanText, nullable=False),
    Column("authorization", CleanText, nullable=False),  # empty: the address itself is the key
)

addresses = Table(
    "addresses",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False, index=True),
)
