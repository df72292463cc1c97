"""Private feeds and their secrets, what followers are told of a feed, and the page that an article is about."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("feeds", sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False))
    _secrets()
    _notices()
    op.add_column("articles", sa.Column("page", sa.String(length=32), nullable=True))
    op.create_index("ix_articles_page", "articles", ["page"])


def _secrets() -> None:
    op.create_table(
        "secrets",
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("authorization", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_secrets_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", name="pk_secrets"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("feed_id", ROW_ID, nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_notices_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("feed_id", "event", "since", name="uq_notices_feed_id"),
        sqlite_autoincrement=True,
    )
