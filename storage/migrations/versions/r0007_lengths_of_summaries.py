"""How long a summary each chat wants."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chats", sa.Column("summary_length", sa.SmallInteger(), server_default="300", nullable=False))
