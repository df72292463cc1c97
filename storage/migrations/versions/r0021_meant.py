"""What an update takes away, kept with it: a number means another thing once that is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("meant", sa.BigInteger(), nullable=True))
