"""Summaries that a model wrote, and how many requests for them a day has had."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "summaries",
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("length", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_summaries_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "language", "length", name="pk_summaries"),
    )
    op.create_table(
        "summary_days",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_summary_days"),
    )
