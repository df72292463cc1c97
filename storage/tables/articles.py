"""Articles, the stories they tell, by which names a feed calls them, and summaries that a model wrote."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, and_

from storage.columns import CleanText, RowId, Terms, UtcTime
from storage.tables.metadata import metadata

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
    # Its text is that of its page, not the feed's own. null: it was saved before that was kept
    Column("from_page", Boolean),
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
