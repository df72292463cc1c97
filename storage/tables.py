"""The tables. What each null means stands beside its column.

The index for searching is not here: the engines differ in it (see `storage.search_sqlite` and
`storage.search_postgres`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    null,
)

from storage.columns import CleanText, KindColumn, Numbers, RowId, Terms, UtcTime
from storage.habits import HabitsColumn
from storage.worth import WorthColumn

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# Statuses of a delivery. Literals, not bound values: only so do both engines see that a partial index serves.
# What waits is owed from a moment on; what is gathered goes with a digest, whose own delivery waits.
OWED = literal_column("'owed'", String)
WAITING = literal_column("'waiting'", String)
GATHERED = literal_column("'gathered'", String)
CLAIMED = literal_column("'claimed'", String)
SETTLED = literal_column("'settled'", String)
PARKED = literal_column("'parked'", String)
DROPPED = literal_column("'dropped'", String)

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

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("opened_at", UtcTime, nullable=False),
    Column("newest_at", UtcTime, nullable=False),
    Column("merged_into", BigInteger),  # null: it is still a story of its own
    sqlite_autoincrement=True,
)
_MERGED = stories.c.merged_into.is_not(None)
Index("ix_stories_merged", stories.c.merged_into, sqlite_where=_MERGED, postgresql_where=_MERGED)

articles = Table(
    "articles",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("published_at", UtcTime, nullable=False),
    Column("found_at", UtcTime, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("language", String(8)),  # null: unknown
    Column("title", CleanText, nullable=False),
    Column("summary", CleanText, nullable=False),
    Column("link", CleanText),
    Column("page", String(32)),  # digest of its page's key; null: it has no page of its own
    Column("image", CleanText),
    Column("author", CleanText),
    Column("title_lemmas", Terms, nullable=False),
    Column("text_lemmas", Terms, nullable=False),
    Column("text", CleanText, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_articles_feed_newest", articles.c.feed_id, articles.c.published_at, articles.c.id)
Index("ix_articles_newest", articles.c.published_at, articles.c.id)
Index("ix_articles_page", articles.c.page)

identities = Table(
    "identities",
    metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(32), primary_key=True),  # of a key by which the feed calls an entry
    # null: a tombstone; the article is gone and must not come back
    Column("article_id", ForeignKey("articles.id", ondelete="SET NULL")),
    # Of a tombstone: when its article went, or the feed was last seen to show it still (give or take a month).
    # null: the article is there, or went since the house was tidied (see `storage.tombstones`).
    Column("gone_at", UtcTime),
)
_OF_ARTICLES = identities.c.article_id.is_not(None)
# Without the tombstones: among so many without an article a planner would look for those that it should not.
Index(
    "ix_identities_article_id",
    identities.c.article_id,
    sqlite_where=_OF_ARTICLES,
    postgresql_where=_OF_ARTICLES,
)
_GONE = identities.c.gone_at.is_not(None)
Index("ix_identities_gone", identities.c.gone_at, sqlite_where=_GONE, postgresql_where=_GONE)
# Tombstones without their date: mostly there are none.
UNDATED = and_(identities.c.article_id.is_(None), identities.c.gone_at.is_(None))
Index(
    "ix_identities_undated",
    identities.c.article_id,
    identities.c.gone_at,
    sqlite_where=UNDATED,
    postgresql_where=UNDATED,
)

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
    UniqueConstraint("chat_id", "feed_id"),
    sqlite_autoincrement=True,
)
Index("ix_subscriptions_feed", subscriptions.c.feed_id, subscriptions.c.chat_id)

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


def _index(name: str, where: ColumnElement[bool], *columns: str) -> None:
    Index(name, *(deliveries.c[column] for column in columns), sqlite_where=where, postgresql_where=where)


_index("ix_deliveries_owed", deliveries.c.status == OWED, "urgency", "id")
_TRIED = and_(deliveries.c.status == OWED, deliveries.c.attempts > literal_column("0"))
_index("ix_deliveries_later", _TRIED, "not_before")
_index("ix_deliveries_waiting", deliveries.c.status == WAITING, "not_before", "id")
_index("ix_deliveries_gathered", deliveries.c.status == GATHERED, "chat_id", "not_before")
_index("ix_deliveries_claimed", deliveries.c.status == CLAIMED, "claimed_until", "chat_id")
_index("ix_deliveries_sent", deliveries.c.status == SETTLED, "chat_id", "message_id")
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

summaries = Table(
    "summaries",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(16), primary_key=True),  # empty: the article's own, unknown
    Column("length", SmallInteger, primary_key=True, autoincrement=False),
    Column("source", String(32), nullable=False),  # digest of what it was written from
    Column("text", CleanText, nullable=False),
)

summary_days = Table(
    "summary_days",
    metadata,
    Column("day", String(10), primary_key=True),  # of UTC, as 2026-11-24
    Column("requests", Integer, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", CleanText, nullable=False),
    Column("payload", CleanText, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", CleanText),  # null: never failed
    Column("received_at", UtcTime, nullable=False),
    Column("draft", BigInteger),  # null: no message shows how far its answer is
)

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
