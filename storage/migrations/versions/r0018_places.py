"""What is known of places: their names, who let the bot in, where it may not write; and what befell them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("chats", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("chats", sa.Column("topic_title", sa.Text(), nullable=True))
    op.add_column("chats", sa.Column("added_by", sa.BigInteger(), nullable=True))
    op.add_column("chats", sa.Column("silenced_at", TIME, nullable=True))
    op.create_table(
        "mishaps",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("blow", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("topic_title", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_mishaps_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mishaps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mishaps_chat_id", "mishaps", ["chat_id"])
