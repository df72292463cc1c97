"""Which messages were sent as pictures with a caption: they are changed in another way."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("pictured", sa.Boolean(), server_default=sa.false(), nullable=False))
