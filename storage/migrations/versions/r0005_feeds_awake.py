"""Feeds that are polled apart from those asleep, so that polling passes by none of the latter."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FOLLOWED = """
    UPDATE feeds SET awake = true WHERE EXISTS (
        SELECT 1 FROM subscriptions JOIN chats ON chats.id = subscriptions.chat_id
        WHERE subscriptions.feed_id = feeds.id AND chats.suspended_at IS NULL
    )
"""


def upgrade() -> None:
    op.add_column("feeds", sa.Column("awake", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(FOLLOWED)
    op.drop_index("ix_feeds_due", "feeds")
    op.drop_index("ix_feeds_claimed", "feeds")
    _partial("ix_feeds_due", ["next_check_at", "id"], sqlite="awake = 1 AND stopped = 0", other="awake AND NOT stopped")
    _partial("ix_feeds_claimed", ["claimed_until"], sqlite="claimed_until IS NOT NULL")


def _partial(name: str, columns: list[str], *, sqlite: str, other: str | None = None) -> None:
    op.create_index(name, "feeds", columns, sqlite_where=sa.text(sqlite), postgresql_where=sa.text(other or sqlite))
