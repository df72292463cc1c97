"""Whether a feed's article pages are fetched: an admin's word, and what was learnt."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("page_rule", sa.String(length=8), server_default="auto", nullable=False))
    op.add_column("feeds", sa.Column("page_worth", sa.LargeBinary(), nullable=True))
