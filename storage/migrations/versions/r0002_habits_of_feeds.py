"""What is remembered of a feed to ask it at its own pace, and when its publisher wants us to stay away."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("skip_hours", sa.Integer(), server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("skip_days", sa.Integer(), server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("habits", sa.LargeBinary(), nullable=True))
