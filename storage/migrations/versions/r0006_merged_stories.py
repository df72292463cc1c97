"""A story may turn out to be another: that is written down, and its reports go on as the other's."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MERGED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    op.add_column("stories", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_index("ix_stories_merged", "stories", ["merged_into"], sqlite_where=MERGED, postgresql_where=MERGED)
