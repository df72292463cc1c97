"""Owed sends, and what they are of besides articles."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    and_,
    false,
    literal_column,
)

from storage.columns import CleanText, KindColumn, RowId, UtcTime
from storage.tables.metadata import metadata

# Statuses of a delivery. Literals, not bound values: only so do both engines see that a partial index serves.
# What waits is owed from a moment on; what is gathered goes with a digest, whose own delivery waits.
OWED = literal_column("'owed'", String)
WAITING = literal_column("'waiting'", String)
GATHERED = literal_column("'gathered'", String)
CLAIMED = literal_column("'claimed'", String)
SETTLED = literal_column("'settled'", String)
PARKED = literal_column("'parked'", String)
DROPPED = literal_column("'dropped'", String)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    # No foreign key: looking up the chat of each of a hundred thousand rows takes longer than writing them. A trigger
    # of `chats` deletes what a chat leaves behind.
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", KindColumn, nullable=False),
    Column("subject", BigInteger, nullable=False),  # what it is of: see `news.delivery.Kind`
    Column("urgency", SmallInteger, nullable=False),
    Column("status", String(8), nullable=False),  # owed, waiting, gathered, claimed, settled, parked or dropped
    Column("not_before", UtcTime, nullable=False),
    Column("claimed_until", UtcTime),  # null: not claimed
    Column("begun_at", UtcTime),  # null: it is not on the wire
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("in_doubt", Boolean, nullable=False, server_default=false()),  # it may have arrived already
    Column("reason", CleanText),  # null: nothing ever went wrong
    Column("message_id", BigInteger),  # null: not sent
    Column("pictured", Boolean, nullable=False, server_default=false()),  # its message is a picture with a caption
    # The delivery whose message tells of this one: a story's first report, a list's or digest's first one, which also
    # names itself. null: it has a message of its own, or none yet
    Column("carrier", BigInteger),
    Column("created_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),  # null: still owed
    UniqueConstraint("chat_id", "kind", "subject"),
    sqlite_autoincrement=True,
)
# What a select owes deliveries by has these, in this order; the rest is filled in later.
OWED_COLUMNS = ("chat_id", "kind", "subject", "urgency", "status", "not_before", "created_at")


def _index(name: str, where: ColumnElement[bool], *columns: str) -> None:
    Index(name, *(deliveries.c[column] for column in columns), sqlite_where=where, postgresql_where=where)


_index("ix_deliveries_owed", deliveries.c.status == OWED, "urgency", "id")
_TRIED = and_(deliveries.c.status == OWED, deliveries.c.attempts > literal_column("0"))
_index("ix_deliveries_later", _TRIED, "not_before")
_index("ix_deliveries_waiting", deliveries.c.status == WAITING, "not_before", "id")
_index("ix_deliveries_gathered", deliveries.c.status == GATHERED, "chat_id", "not_before")
_index("ix_deliveries_claimed", deliveries.c.status == CLAIMED, "claimed_until", "chat_id")
_index("ix_deliveries_sent", deliveries.c.status == SETTLED, "chat_id", "message_id")
_index("ix_deliveries_parked", deliveries.c.status == PARKED, "settled_at")
_index("ix_deliveries_carried", deliveries.c.carrier.is_not(None), "carrier")
# What is over, by age: housekeeping goes through it in small steps.
_OVER = deliveries.c.settled_at.is_not(None)
_index("ix_deliveries_over", _OVER, "settled_at")

# The status of what a known chat has. There is no index of what is owed by chat, for with it owing an article would
# take half as long again: the unique one finds what a chat has. Said so that no planner takes the index of all that is
# owed for a short one and goes through that instead.
THEIR_STATUS = deliveries.c.status.concat(literal_column("''", String))

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", CleanText, nullable=False, unique=True),
    Column("author", BigInteger, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

notices = Table(
    "notices",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("event", String(20), nullable=False),
    Column("since", UtcTime, nullable=False),  # when the feed began to fail: each such time is told once
    Column("problem", String(40), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("feed_id", "event", "since"),
    sqlite_autoincrement=True,
)

mishaps = Table(
    "mishaps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("blow", String(20), nullable=False),
    Column("topic", BigInteger, nullable=False, server_default="0"),  # the one that was left; 0: it concerns none
    Column("topic_title", CleanText),  # null: unknown, or no topic
    Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
