"""The search index anew: with phrases, titles, feeds and languages in it. Every article goes through it once."""

from alembic import op

from storage import search_postgres, search_sqlite

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*_DROP_ON_SQLITE, *search_sqlite.INDEX, search_sqlite.FILL) if on_sqlite else _ON_POSTGRES:
        op.execute(statement)


_DROP_ON_SQLITE = (
    "DROP TRIGGER article_words_added",
    "DROP TRIGGER article_words_removed",
    "DROP TRIGGER article_words_changed",
    "DROP TABLE article_words",
)
_ON_POSTGRES = (
    "DROP INDEX article_words_title",
    "DROP INDEX article_words_any",
    *search_postgres.INDEX,
)
