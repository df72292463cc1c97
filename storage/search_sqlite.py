"""The search index on SQLite: an FTS5 table whose row ids run in the order of publication.

A row id is the second of publication, then 30 bits of the article's id. So "the newest 500" is the end of the
index read backwards, with no sorting, and dates are a range of row ids: a word that stands in every second
of a million articles costs as little as a rare one. The table keeps no copy of the words, only their index
(content='').

The third column has words of its own, which no text has as each begins with a letter for private use: the article's
feed, its language, and the words of its title once more. So "in the title" and "of these feeds" are words among the
others, and FTS5 leaps from match to match where it would else look at every article that has a common word.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, column, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from news.pattern import Pattern
from storage.tables import articles
from storage.visibility import hidden_from
from storage.wanted import Wanted

_ID_BITS = 30
_FEED, _TITLE, _LANGUAGE = "\ue000", "\ue001", "\ue002"

_ROW = "(max(0, CAST(strftime('%s', {row}.published_at) AS INTEGER)) << 30 | {row}.id)"
_FACTS = (
    f"'{_FEED}' || {{row}}.feed_id || ' {_LANGUAGE}' || coalesce({{row}}.language, '')"
    f" || ' {_TITLE}' || replace({{row}}.title_lemmas, ' ', ' {_TITLE}')"
)
_VALUES = f"{_ROW}, {{row}}.title_lemmas, {{row}}.text_lemmas, {_FACTS}"
_ADD = f"INSERT INTO article_words (rowid, title, body, facts) VALUES ({_VALUES.format(row='new')});"
_REMOVE = f"""INSERT INTO article_words (article_words, rowid, title, body, facts)
    VALUES ('delete', {_VALUES.format(row="old")});"""
_INDEXED = ("title_lemmas", "text_lemmas", "feed_id", "language", "published_at")

INDEX = (
    """CREATE VIRTUAL TABLE article_words USING fts5(
    title, body, facts, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN {_ADD} END",
    f"CREATE TRIGGER article_words_removed AFTER DELETE ON articles BEGIN {_REMOVE} END",
    f"""CREATE TRIGGER article_words_changed AFTER UPDATE OF {", ".join(_INDEXED)} ON articles
    WHEN {" OR ".join(f"old.{name} IS NOT new.{name}" for name in _INDEXED)}
    BEGIN {_REMOVE} {_ADD} END""",
)
FILL = f"INSERT INTO article_words (rowid, title, body, facts) SELECT {_VALUES.format(row='articles')} FROM articles"
"""What puts the articles of a database into an index made anew."""

_words = table("article_words", column("rowid", BigInteger))


async def newest(connection: AsyncConnection, wanted: Wanted) -> list[int] | None:
    """The ids of the newest articles that are wanted, newest first; None where the index is no help."""
    query = expression(wanted)
    if not query:
        return None
    rows = select(_words.c.rowid).where(_matches(query), _is_visible(wanted.viewer))
    if wanted.since is not None:
        rows = rows.where(_words.c.rowid >= _first_row(wanted.since))
    if wanted.until is not None:
        rows = rows.where(_words.c.rowid < _first_row(wanted.until))
    rows = rows.order_by(_words.c.rowid.desc()).limit(wanted.limit)
    return [row & (1 << _ID_BITS) - 1 for row in (await connection.scalars(rows)).all()]


def expression(wanted: Wanted) -> str:
    """What is wanted in FTS5's own language; every word is quoted, so that none is taken for an operator."""
    parts = [_any(pattern) for pattern in wanted.words]
    parts += [_any(pattern, _TITLE) for pattern in wanted.titled]
    if wanted.feeds is not None:
        parts.append(_any(((str(feed),) for feed in sorted(wanted.feeds)), _FEED))
    if wanted.languages:
        parts.append(_any(((language,) for language in sorted(wanted.languages)), _LANGUAGE))
    if not parts:
        return ""
    without = "".join(f" NOT {_any(pattern)}" for pattern in wanted.without)
    return f"({' AND '.join(parts)}){without}"


def _any(sequences: Iterable[tuple[str, ...]] | Pattern, mark: str = "") -> str:
    return f"({' OR '.join(sorted(_phrase(sequence, mark) for sequence in sequences))})"


def _phrase(sequence: tuple[str, ...], mark: str) -> str:
    return '"' + " ".join(mark + term.replace('"', "") for term in sequence) + '"'


def _first_row(moment: datetime) -> int:
    return max(0, int(moment.timestamp())) << _ID_BITS


def _id_in(rowid: ColumnElement[int]) -> ColumnElement[int]:
    return rowid.op("&")(literal_column(str((1 << _ID_BITS) - 1)))


def _is_visible(viewer: int | None) -> ColumnElement[bool]:
    """Asked of each row on the way through the index, one by one; a join might be walked from the other end."""
    feed = select(articles.c.feed_id).where(articles.c.id == _id_in(_words.c.rowid)).correlate(_words)
    return feed.scalar_subquery().not_in(hidden_from(viewer))


def _matches(query: str) -> ColumnElement[bool]:
    return literal_column("article_words").op("MATCH", is_comparison=True)(query)
