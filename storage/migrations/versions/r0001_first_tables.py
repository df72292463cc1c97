"""The first tables, and the index for searching."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TEXT = sa.Text()
OWED = sa.text("status = 'owed'")
CLAIMED = sa.text("status = 'claimed'")
SETTLED = sa.text("status = 'settled'")


def upgrade() -> None:
    _feeds()
    _addresses()
    _stories()
    _articles()
    _identities()
    _chats()
    _subscriptions()
    _deliveries()
    _broadcasts()
    _inbox()
    _notes()
    _search()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("link", TEXT, nullable=True),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("next_check_at", TIME, nullable=False),
        sa.Column("checked_at", TIME, nullable=True),
        sa.Column("succeeded_at", TIME, nullable=True),
        sa.Column("contacted_at", TIME, nullable=True),
        sa.Column("news_at", TIME, nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("failing_since", TIME, nullable=True),
        sa.Column("moved_to", TEXT, nullable=True),
        sa.Column("stopped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("ttl", sa.Float(), nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("slept_in_claim", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_claimed", "feeds", ["claimed_until"])
    op.create_index("ix_feeds_due", "feeds", ["next_check_at"])


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_addresses_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_addresses"),
    )
    op.create_index("ix_addresses_feed_id", "addresses", ["feed_id"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("newest_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.Column("story_id", ROW_ID, nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("link", TEXT, nullable=True),
        sa.Column("image", TEXT, nullable=True),
        sa.Column("author", TEXT, nullable=True),
        sa.Column("title_lemmas", TEXT, nullable=False),
        sa.Column("text_lemmas", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_articles_feed_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_feed_newest", "articles", ["feed_id", "published_at", "id"])
    op.create_index("ix_articles_newest", "articles", ["published_at", "id"])
    op.create_index("ix_articles_story_id", "articles", ["story_id"])


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("article_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_identities_article_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_identities_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "digest", name="pk_identities"),
    )
    op.create_index("ix_identities_article_id", "identities", ["article_id"])


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("met_at", TIME, nullable=False),
        sa.Column("suspended_at", TIME, nullable=True),
        sa.Column("suspended_for", TEXT, nullable=True),
        sa.Column("not_before", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.UniqueConstraint("platform", "chat_id", "topic", name="uq_chats_platform"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chats_suspended", "chats", ["suspended_at"])


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_subscriptions_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_subscriptions_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("chat_id", "feed_id", name="uq_subscriptions_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_feed", "subscriptions", ["feed_id", "chat_id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("in_doubt", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_deliveries_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("chat_id", "kind", "subject", name="uq_deliveries_chat_id"),
        sqlite_autoincrement=True,
    )
    _deliveries_indexes()


def _deliveries_indexes() -> None:
    op.create_index(
        "ix_deliveries_claimed",
        "deliveries",
        ["claimed_until", "chat_id"],
        sqlite_where=CLAIMED,
        postgresql_where=CLAIMED,
    )
    op.create_index("ix_deliveries_owed", "deliveries", ["urgency", "id"], sqlite_where=OWED, postgresql_where=OWED)
    op.create_index(
        "ix_deliveries_owed_chat",
        "deliveries",
        ["chat_id", "urgency", "id"],
        sqlite_where=OWED,
        postgresql_where=OWED,
    )
    op.create_index(
        "ix_deliveries_sent",
        "deliveries",
        ["chat_id", "message_id"],
        sqlite_where=SETTLED,
        postgresql_where=SETTLED,
    )


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.UniqueConstraint("key", name="uq_broadcasts_key"),
        sqlite_autoincrement=True,
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("received_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_notes_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.UniqueConstraint("chat_id", "digest", name="uq_notes_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_asked", "notes", ["asked_at"])


def _search() -> None:
    for statement in _SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else _POSTGRES_INDEX:
        op.execute(statement)


_ROW = "(max(0, CAST(strftime('%s', {row}.published_at) AS INTEGER)) << 30 | {row}.id)"
_ADD = f"""INSERT INTO article_words (rowid, title, body)
    VALUES ({_ROW.format(row="new")}, new.title_lemmas, new.text_lemmas);"""
_REMOVE = f"""INSERT INTO article_words (article_words, rowid, title, body)
    VALUES ('delete', {_ROW.format(row="old")}, old.title_lemmas, old.text_lemmas);"""
_SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE article_words USING fts5(
    title, body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN {_ADD} END",
    f"CREATE TRIGGER article_words_removed AFTER DELETE ON articles BEGIN {_REMOVE} END",
    f"""CREATE TRIGGER article_words_changed AFTER UPDATE OF title_lemmas, text_lemmas ON articles
    WHEN old.title_lemmas <> new.title_lemmas OR old.text_lemmas <> new.text_lemmas
    BEGIN {_REMOVE} {_ADD} END""",
)
_POSTGRES_INDEX = (
    "CREATE INDEX article_words_title ON articles USING gin ((string_to_array(title_lemmas, ' ')))",
    """CREATE INDEX article_words_any ON articles
    USING gin ((string_to_array(title_lemmas || ' ' || text_lemmas, ' ')))""",
)
