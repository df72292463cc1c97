"""The message that shows how far an answer is, kept with the update that it answers."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("draft", sa.BigInteger(), nullable=True))
