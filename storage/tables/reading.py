"""What chats save of the news, and the stories that they want no more of."""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from storage.columns import CleanText, RowId, UtcTime
from storage.tables.metadata import metadata

saved = Table(
    "saved",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    UniqueConstraint("chat_id", "article_id"),
    sqlite_autoincrement=True,
)
# By these it is seen whether anybody wants an article kept, and a story no more.
Index("ix_saved_article", saved.c.article_id)

mutes = Table(
    "mutes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("title", CleanText, nullable=False),  # of the report by which the chat named the story
    Column("until", UtcTime, nullable=False),  # FOREVER of `news.hours`: for good
    UniqueConstraint("chat_id", "story_id"),
    sqlite_autoincrement=True,
)
Index("ix_mutes_story", mutes.c.story_id)
Index("ix_mutes_until", mutes.c.until)
