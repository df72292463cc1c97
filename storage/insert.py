"""An INSERT that passes over rows which are there already."""

from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


def insert_new(connection: AsyncConnection | Connection, table: Table) -> Insert:
    """INSERT … ON CONFLICT DO NOTHING in the dialect of this connection."""
    return _insert_new(connection.dialect.name, table)


@cache
def _insert_new(dialect: str, table: Table) -> Insert:
    """One statement each, so that what SQLAlchemy works out of it is worked out once."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
