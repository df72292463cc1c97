"""Chats, what they follow and watch for, their hours and words, and the texts that their buttons refer to."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from storage.columns import CleanText, RowId, UtcTime
from storage.tables.metadata import metadata

timetables = Table(
    "timetables",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("text", CleanText, nullable=False, unique=True),  # as `news.hours` writes it: each that is in use, once
    sqlite_autoincrement=True,
)

wishes = Table(
    "wishes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("text", CleanText, nullable=False, unique=True),  # as `news.match` writes it: each that is in use, once
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic", BigInteger, nullable=False),  # 0: no topic
    Column("kind", String(20), nullable=False),
    Column("language", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("met_at", UtcTime, nullable=False),
    Column("suspended_at", UtcTime),  # null: reachable
    Column("suspended_for", CleanText),  # null: reachable
    Column("summary_length", SmallInteger, nullable=False, server_default="300"),  # characters; 0: none is wanted
    Column("not_before", UtcTime),  # null: the platform never asked us to leave this chat alone
    Column("timetable_id", ForeignKey("timetables.id")),  # null: at once, at all hours
    Column("urgent_id", ForeignKey("wishes.id")),  # null: no words pass its hours
    Column("paused_until", UtcTime),  # null: it never paused
    # What comes in a pause arrives at its end, instead of never.
    Column("pause_keeps", Boolean, nullable=False, server_default=false()),
    Column("every_report", Boolean, nullable=False, server_default=false()),  # not only the first of a story
    # Members change things as well, not only administrators.
    Column("open_to_all", Boolean, nullable=False, server_default=false()),
    # How news looks: see `news.look`.
    Column("pictures", Boolean, nullable=False, server_default=true()),
    Column("preview", Boolean, nullable=False, server_default=true()),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("hashtags", Boolean, nullable=False, server_default=false()),
    Column("title", CleanText),  # null: a private chat, or one that has not said it yet
    Column("topic_title", CleanText),  # null: no topic, or one that has not said it yet
    Column("added_by", BigInteger),  # the platform's number of who let the bot in; null: nobody knows
    Column("silenced_at", UtcTime),  # since when it may not write there; null: it may, for all it knows
    UniqueConstraint("platform", "chat_id", "topic"),
    sqlite_autoincrement=True,
)
Index("ix_chats_suspended", chats.c.suspended_at)
Index("ix_chats_left_alone", chats.c.not_before)
# By these it is seen whether a timetable or a wish is still in use.
_AT_HOURS, _IN_A_HURRY = chats.c.timetable_id.is_not(None), chats.c.urgent_id.is_not(None)
Index("ix_chats_timetable", chats.c.timetable_id, sqlite_where=_AT_HOURS, postgresql_where=_AT_HOURS)
Index("ix_chats_urgent", chats.c.urgent_id, sqlite_where=_IN_A_HURRY, postgresql_where=_IN_A_HURRY)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # What it wants otherwise than its chat. null: as the chat
    Column("summary_length", SmallInteger),
    Column("pictures", Boolean),
    Column("preview", Boolean),
    Column("silent", Boolean),
    Column("every_report", Boolean),
    Column("hashtags", Boolean),
    Column("at_once", Boolean, nullable=False, server_default=false()),  # its news don't wait for digests
    Column("title", CleanText),  # what the feed is called here. null: by its own name
    Column("tags", CleanText),  # further hashtags, with spaces between. null: none
    Column("filter_id", ForeignKey("wishes.id")),  # null: all of the feed is wanted
    UniqueConstraint("chat_id", "feed_id"),
    sqlite_autoincrement=True,
)
# All that is read of a feed's followers when it publishes.
Index(
    "ix_subscriptions_feed",
    subscriptions.c.feed_id,
    subscriptions.c.chat_id,
    subscriptions.c.filter_id,
    subscriptions.c.at_once,
)
_FILTERED = subscriptions.c.filter_id.is_not(None)
# By these it is seen which filters a feed's followers have, and whether a wish is still in use.
Index(
    "ix_subscriptions_filtered",
    subscriptions.c.feed_id,
    subscriptions.c.filter_id,
    sqlite_where=_FILTERED,
    postgresql_where=_FILTERED,
)
Index("ix_subscriptions_filter", subscriptions.c.filter_id, sqlite_where=_FILTERED, postgresql_where=_FILTERED)

watches = Table(
    "watches",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("wish_id", ForeignKey("wishes.id"), nullable=False),
    # In all public feeds, not only in those that the chat follows.
    Column("everywhere", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("chat_id", "wish_id"),
    sqlite_autoincrement=True,
)
Index("ix_watches_wish", watches.c.wish_id)
_EVERYWHERE = watches.c.everywhere
Index("ix_watches_everywhere", watches.c.chat_id, sqlite_where=_EVERYWHERE, postgresql_where=_EVERYWHERE)

notes = Table(
    "notes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    UniqueConstraint("chat_id", "digest"),
    sqlite_autoincrement=True,
)
Index("ix_notes_asked", notes.c.asked_at)
