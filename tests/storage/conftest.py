"""A database for each test, on both engines: SQLite in a folder of its own, PostgreSQL from a wheel."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database, open_database
from storage.migrate import migrate
from storage.store import Store, store_on
from tests.postgres import new_database
from tests.storage.given import Given

_holding = ContextVar("_holding", default=False)


@pytest.fixture(autouse=True)
def _nobody_asks_for_a_second_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does fails where work that holds a connection asks for another one: five at once would wait
    for each other for ever."""

    def alone(take: Callable[[Database], AbstractAsyncContextManager[Any]]) -> Callable[[Database], Any]:
        @asynccontextmanager
        async def taken(database: Database) -> AsyncIterator[Any]:
            assert not _holding.get(), "a second connection for one that holds one"
            async with take(database) as connection:
                before = _holding.set(True)
                try:
                    yield connection
                finally:
                    _holding.reset(before)

        return taken

    for name in ("reading", "writing"):
        monkeypatch.setattr(Database, name, alone(getattr(Database, name)))


async def _migrated(url: str) -> None:
    database = await open_database(url)
    await migrate(database)
    await database.close()


@pytest.fixture(scope="session")
def template(server: Any) -> str:
    """The name of a database with all tables, to be copied."""
    url = new_database(server)
    asyncio.run(_migrated(url))
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "visnyk.db"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Every test of the storage runs on both."""
    name: str = request.param
    return name


@pytest.fixture
def empty_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database without tables."""
    if engine == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}"
    return new_database(request.getfixturevalue("server"))


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables, and nothing in them."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("template_file"), tmp_path / "visnyk.db")
        return f"sqlite+aiosqlite:///{tmp_path / 'visnyk.db'}"
    server = request.getfixturevalue("server")
    return new_database(server, template=request.getfixturevalue("template"))


@pytest.fixture
async def open_another(url: str) -> AsyncIterator[Callable[[], Any]]:
    """Opens the test's database once more, as another process would."""
    opened: list[Database] = []

    async def open_it() -> Database:
        opened.append(await open_database(url))
        return opened[-1]

    yield open_it
    for database in opened:
        await database.close()


@pytest.fixture
async def database(open_another: Callable[[], Any]) -> Database:
    """An open database with all tables."""
    opened: Database = await open_another()
    return opened


@pytest.fixture
async def sqlite_database(sqlite_url: str, template_file: Path) -> AsyncIterator[Database]:
    """An open SQLite database with all tables."""
    shutil.copy(template_file, sqlite_url.partition("///")[2])
    database = await open_database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
def store(database: Database) -> Store:
    """The ports on an empty database."""
    return store_on(database)


@pytest.fixture
def given(store: Store) -> Given:
    """The same store, in short sentences."""
    return Given(store)
