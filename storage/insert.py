"""An INSERT that knows what to do with rows which are there already."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


def insert_new(connection: AsyncConnection | Connection, table: Table) -> Insert:
    """INSERT … ON CONFLICT DO NOTHING in the dialect of this connection."""
    return insert_or_update(connection, table).on_conflict_do_nothing()


def insert_or_update(connection: AsyncConnection | Connection, table: Table) -> Insert:
    """An INSERT that can say ON CONFLICT DO UPDATE, in the dialect of this connection."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
