"""How news looks: as a chat wants it, and what its subscriptions want otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, usual in (
        ("pictures", sa.true()),
        ("preview", sa.true()),
        ("silent", sa.false()),
        ("hashtags", sa.false()),
    ):
        op.add_column("chats", sa.Column(name, sa.Boolean(), server_default=usual, nullable=False))
    op.add_column("subscriptions", sa.Column("summary_length", sa.SmallInteger(), nullable=True))
    for name in ("pictures", "preview", "silent", "every_report", "hashtags"):
        op.add_column("subscriptions", sa.Column(name, sa.Boolean(), nullable=True))
    for name in ("title", "tags"):
        op.add_column("subscriptions", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("subscriptions", sa.Column("at_once", sa.Boolean(), server_default=sa.false(), nullable=False))
