"""Groups in which members may change things, not only administrators."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chats", sa.Column("open_to_all", sa.Boolean(), server_default=sa.false(), nullable=False))
