"""An index of what was refused for good, so that counting it asks nothing of the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_PARKED = sa.text("status = 'parked'")


def upgrade() -> None:
    op.create_index(
        "ix_deliveries_parked", "deliveries", ["settled_at"], sqlite_where=_PARKED, postgresql_where=_PARKED
    )
