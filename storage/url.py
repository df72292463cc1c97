"""The address of a database: read, completed with its driver, and shown without its password."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import CannotOpen

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_IN_MEMORY = {None, "", ":memory:"}


def read_url(text: str) -> URL:
    """The address as SQLAlchemy takes it; raises CannotOpen where it is none or names another engine."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The text is not shown: it may hold a password in a place nobody can tell.
        raise CannotOpen("DATABASE_URL", "this is not a database address") from None
    if url.drivername not in _DRIVERS:
        raise CannotOpen(shown(url), "only sqlite+aiosqlite and postgresql+asyncpg are served")
    return url.set(drivername=_DRIVERS[url.drivername])


def shown(url: URL) -> str:
    """The address for people: without user, password and options."""
    return url.set(username=None, password=None, query={}).render_as_string()


def database_file(url: URL) -> str | None:
    """The path of an SQLite database, None for one in memory and for other engines."""
    if not url.drivername.startswith("sqlite") or url.database in _IN_MEMORY:
        return None
    return url.database
