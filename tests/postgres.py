"""Databases on the tests' PostgreSQL server."""

from itertools import count
from typing import Any

_numbers = count(1)


def new_database(server: Any, *, template: str = "template1") -> str:
    """The address of a database made for one test."""
    name = f"visnyk_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
    address: str = server.get_uri(name)
    return address.replace("postgresql://", "postgresql+asyncpg://")
