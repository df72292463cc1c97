"""What chats save, the stories that they mute, and whether an article's text is the feed's own."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Of what was saved before nobody knows: null.
    op.add_column("articles", sa.Column("from_page", sa.Boolean(), nullable=True))
    op.create_table(
        "saved",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_saved_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_saved_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved"),
        sa.UniqueConstraint("chat_id", "article_id", name="uq_saved_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_article", "saved", ["article_id"])
    op.create_table(
        "mutes",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("story_id", ROW_ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_mutes_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_mutes_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
        sa.UniqueConstraint("chat_id", "story_id", name="uq_mutes_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mutes_story", "mutes", ["story_id"])
    op.create_index("ix_mutes_until", "mutes", ["until"])
