"""An INSERT that knows what to do with rows which are there already."""

from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


def insert_new(connection: AsyncConnection | Connection, table: Table) -> Insert:
    """INSERT … ON CONFLICT DO NOTHING in the dialect of this connection."""
    return _insert_new(connection.dialect.name, table)


def insert_or_update(dialect: str, table: Table) -> Insert:
    """An INSERT that can say ON CONFLICT DO UPDATE, in this dialect."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _insert_new(dialect: str, table: Table) -> Insert:
    """One statement each, so that what SQLAlchemy works out of it is worked out once."""
    return insert_or_update(dialect, table).on_conflict_do_nothing()
