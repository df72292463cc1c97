"""The search index on SQLite: an FTS5 table whose row ids run in the order of publication.

A row id is the second of publication, then 30 bits of the article's id. So "the newest 500" is the end of the
index read backwards, with no sorting, and `since` is a range of row ids: a word that stands in every second
of a million articles costs as little as a rare one. The table keeps no copy of the words, only their index
(content='').
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Select, column, literal_column, select, table

from storage.tables import articles
from storage.visibility import hidden_from

_ID_BITS = 30
_ROW = "(max(0, CAST(strftime('%s', {row}.published_at) AS INTEGER)) << 30 | {row}.id)"
_ADD = f"""INSERT INTO article_words (rowid, title, body)
    VALUES ({_ROW.format(row="new")}, new.title_lemmas, new.text_lemmas);"""
_REMOVE = f"""INSERT INTO article_words (article_words, rowid, title, body)
    VALUES ('delete', {_ROW.format(row="old")}, old.title_lemmas, old.text_lemmas);"""

INDEX = (
    """CREATE VIRTUAL TABLE article_words USING fts5(
    title, body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN {_ADD} END",
    f"CREATE TRIGGER article_words_removed AFTER DELETE ON articles BEGIN {_REMOVE} END",
    f"""CREATE TRIGGER article_words_changed AFTER UPDATE OF title_lemmas, text_lemmas ON articles
    WHEN old.title_lemmas <> new.title_lemmas OR old.text_lemmas <> new.text_lemmas
    BEGIN {_REMOVE} {_ADD} END""",
)

_words = table("article_words", column("rowid", BigInteger))


def newest(
    groups: Sequence[Collection[str]], *, title: bool, since: datetime | None, limit: int, viewer: int | None
) -> Select[int]:
    """The ids of the newest articles holding a term of every group, in the title alone or anywhere.

    Of private feeds the viewer (a chat's id) sees the articles of those that it follows, None sees none.
    """
    rows = select(_words.c.rowid).where(_matches(expression(groups, title=title)), _is_visible(viewer))
    if since is not None:
        rows = rows.where(_words.c.rowid >= max(0, int(since.timestamp())) << _ID_BITS)
    rows = rows.order_by(_words.c.rowid.desc()).limit(limit)
    found = rows.subquery()
    return select(articles.c.id).where(articles.c.id.in_(select(_id_in(found.c.rowid))))


def expression(groups: Sequence[Collection[str]], *, title: bool) -> str:
    """The groups in FTS5's own language; every term is quoted, so that none is taken for an operator."""
    both = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)
    return f"{{title}} : ({both})" if title else both


def _id_in(rowid: ColumnElement[int]) -> ColumnElement[int]:
    return rowid.op("&")(literal_column(str((1 << _ID_BITS) - 1)))


def _is_visible(viewer: int | None) -> ColumnElement[bool]:
    """Asked of each row on the way through the index, one by one; a join might be walked from the other end."""
    feed = select(articles.c.feed_id).where(articles.c.id == _id_in(_words.c.rowid)).correlate(_words)
    return feed.scalar_subquery().not_in(hidden_from(viewer))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _matches(query: str) -> ColumnElement[bool]:
    return literal_column("article_words").op("MATCH", is_comparison=True)(query)
