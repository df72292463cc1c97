"""Filters of subscriptions, and words that chats watch for."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FILTERED = "filter_id IS NOT NULL"


def upgrade() -> None:
    wish = sa.ForeignKey("wishes.id", name="fk_subscriptions_filter_id")
    op.add_column("subscriptions", sa.Column("filter_id", ROW_ID, wish, nullable=True), inline_references=True)
    op.drop_index("ix_subscriptions_feed", "subscriptions")
    op.create_index("ix_subscriptions_feed", "subscriptions", ["feed_id", "chat_id", "filter_id", "at_once"])
    _partial("ix_subscriptions_filtered", "subscriptions", ["feed_id", "filter_id"], _FILTERED, _FILTERED)
    _partial("ix_subscriptions_filter", "subscriptions", ["filter_id"], _FILTERED, _FILTERED)
    _watches()


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("wish_id", ROW_ID, nullable=False),
        sa.Column("everywhere", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_watches_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["wish_id"], ["wishes.id"], name="fk_watches_wish_id"),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("chat_id", "wish_id", name="uq_watches_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watches_wish", "watches", ["wish_id"])
    _partial("ix_watches_everywhere", "watches", ["chat_id"], "everywhere = 1", "everywhere")


def _partial(name: str, table: str, columns: list[str], sqlite: str, other: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(sqlite), postgresql_where=sa.text(other))
