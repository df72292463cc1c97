"""What belongs to a chat, told by the tables themselves, so that a table made later is neither kept back from a chat
that asks what is kept of it nor forgotten when the chat is to be."""

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, Table, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Kind
from news.kept import Kept, Plain
from storage.suspension import same_chat
from storage.tables import articles, chats, deliveries, feeds, inbox, metadata, secrets

# Of each kind the newest so many: what a chat was sent in thirty days is seldom more.
MOST_ROWS = 10_000
# What is told of a row that others refer to, by its table's columns.
_TOLD = ("title", "url", "link", "text")


def belongings() -> list[Table]:
    """The tables whose rows belong to a chat, those first that refer to others."""
    return [table for table in reversed(metadata.sorted_tables) if table is not chats and "chat_id" in table.c]


def owner(table: Table) -> Column[Any]:
    """The column that says whose a row is, by the id of the chat's own row."""
    return chats.c.id if table is chats else table.c.chat_id


def waiting_of(address: Address) -> ColumnElement[bool]:
    """The updates of a chat that wait, in its lane and in those beside it."""
    lane = str(address.chat_id)
    return or_(inbox.c.lane == lane, inbox.c.lane.startswith(f"{lane} "))


async def kept_of(connection: AsyncConnection, address: Address) -> Kept:
    """All that is kept about a chat, newest first; keys to other rows are replaced by what these say."""
    ids = list(await connection.scalars(select(chats.c.id).where(same_chat(address))))
    kept = {table.name: await _rows(connection, _readable(table, ids)) for table in (chats, *reversed(belongings()))}
    waits = select(*inbox.c).where(waiting_of(address)).order_by(inbox.c.update_id.desc()).limit(MOST_ROWS)
    return kept | {inbox.name: await _rows(connection, waits)}


async def _rows(connection: AsyncConnection, query: Select[*tuple[Any, ...]]) -> Sequence[dict[str, Plain]]:
    rows = (await connection.execute(query)).mappings()
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Plain:
    return value.name.lower() if isinstance(value, Enum) else value


def _readable(table: Table, chat_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    source: FromClause = table
    columns: list[ColumnElement[Any]] = []
    for column in table.c:
        referred = next((key.column.table for key in column.foreign_keys), None)
        if referred is None:
            columns.append(column)
        elif referred is not chats:
            other = referred.alias()
            source = source.outerjoin(other, column == other.c.id)
            columns += _told(column.name.removesuffix("_id"), other)
            if referred is feeds:
                source = source.outerjoin(secrets, secrets.c.feed_id == column)
                columns.append(secrets.c.address.label("private_address"))
    if table is deliveries:
        source = source.outerjoin(articles, and_(table.c.subject == articles.c.id, table.c.kind == Kind.ARTICLE))
        columns += _told("article", articles)
    mine = select(*columns).select_from(source).where(owner(table).in_(chat_ids))
    return mine.order_by(table.c.id.desc()).limit(MOST_ROWS)


def _told(name: str, other: FromClause) -> Iterator[ColumnElement[Any]]:
    """A text stands for its row; of anything else its title and addresses are told."""
    shown = [column for column in _TOLD if column in other.c]
    if "title" in shown:
        shown = [column for column in shown if column != "text"]
    for column in shown:
        yield other.c[column].label(name if column == "text" else f"{name}_{column}")
