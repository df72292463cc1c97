"""What belongs to a chat, told by the tables themselves, so that a table made later is neither kept back from a chat
that asks what is kept of it nor forgotten when the chat is to be."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, Table, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from news.chat import Address
from news.delivery import Kind
from news.kept import Kept, Plain
from storage.suspension import same_chat
from storage.tables import articles, chats, deliveries, feeds, inbox, metadata, secrets

# Of each kind the newest so many: what a chat was sent in thirty days is seldom more. A page of them is read at once,
# so that nobody waits for all.
MOST_ROWS, PAGE = 10_000, 500
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
    mine = {table: _readable(table).where(owner(table).in_(ids)) for table in (chats, *reversed(belongings()))}
    mine[inbox] = select(*inbox.c).where(waiting_of(address))
    return {table.name: await _rows(connection, table, query) for table, query in mine.items()}


async def _rows(
    connection: AsyncConnection, table: Table, query: Select[*tuple[Any, ...]]
) -> Sequence[Mapping[str, Plain]]:
    newest = query.order_by(*(column.desc() for column in table.primary_key)).limit(PAGE)
    found: list[Mapping[str, Plain]] = []
    for start in range(0, MOST_ROWS, PAGE):
        page = (await connection.execute(newest.offset(start))).mappings().all()
        found += [{str(name): _plain(value) for name, value in row.items()} for row in page]
        if len(page) < PAGE:
            break
    return found


def _plain(value: Any) -> Plain:
    return value.name.lower() if isinstance(value, Enum) else value


def _readable(table: Table) -> Select[*tuple[Any, ...]]:
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
    return select(*columns).select_from(source)


def _told(name: str, other: FromClause) -> Iterator[ColumnElement[Any]]:
    """A text stands for its row; of anything else its title and addresses are told."""
    shown = [column for column in _TOLD if column in other.c]
    if "title" in shown:
        shown = [column for column in shown if column != "text"]
    for column in shown:
        yield other.c[column].label(name if column == "text" else f"{name}_{column}")
