"""The search index on PostgreSQL anew: each fortnight's words by themselves. Every article goes through it once."""

from alembic import op

from storage import search_postgres

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in ("DROP INDEX article_words", "DROP FUNCTION article_words", *search_postgres.INDEX):
            op.execute(statement)
