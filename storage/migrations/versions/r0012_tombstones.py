"""Tombstones with their dates, so that they need not be kept for ever; and indexes that housekeeping goes by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_identities_article_id", "identities", ["article_id"], "article_id IS NOT NULL"),
    ("ix_identities_gone", "identities", ["gone_at"], "gone_at IS NOT NULL"),
    ("ix_identities_undated", "identities", ["article_id", "gone_at"], "article_id IS NULL AND gone_at IS NULL"),
    ("ix_chats_timetable", "chats", ["timetable_id"], "timetable_id IS NOT NULL"),
    ("ix_chats_urgent", "chats", ["urgent_id"], "urgent_id IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("identities", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_identities_article_id", "identities")
    for name, table, columns, where in _INDEXES:
        condition = sa.text(where)
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
    if op.get_bind().dialect.name == "postgresql":
        # Each delivery leaves four dead rows behind; by default a fifth of the table would have to be dead.
        op.execute("ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.05)")
