"""The search index on PostgreSQL: GIN over the words as arrays.

The terms are lemmas already, so nothing of PostgreSQL's own text search is wanted: no dictionary, no stop
words, no query language. An array overlaps a group of terms, or it does not.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables import articles
from storage.visibility import visible_to

_TITLE = "string_to_array({row}title_lemmas, ' ')"
_ANY = "string_to_array({row}title_lemmas || ' ' || {row}text_lemmas, ' ')"

INDEX = (
    f"CREATE INDEX article_words_title ON articles USING gin (({_TITLE.format(row='')}))",
    f"CREATE INDEX article_words_any ON articles USING gin (({_ANY.format(row='')}))",
)


def newest(
    groups: Sequence[Collection[str]], *, title: bool, since: datetime | None, limit: int, viewer: int | None
) -> Select[int]:
    """The ids of the newest articles holding a term of every group, in the title alone or anywhere.

    Of private feeds the viewer (a chat's id) sees the articles of those that it follows, None sees none.
    """
    words = literal_column((_TITLE if title else _ANY).format(row="articles."), ARRAY(Text))
    found = select(articles.c.id).where(visible_to(viewer), *(_overlaps(words, group) for group in groups))
    if since is not None:
        found = found.where(articles.c.published_at > since)
    return found.order_by(articles.c.published_at.desc(), articles.c.id.desc()).limit(limit)


def _overlaps(words: ColumnElement[Sequence[str]], group: Collection[str]) -> ColumnElement[bool]:
    return words.op("&&", is_comparison=True)(bindparam(None, list(group), type_=ARRAY(Text)))
