"""Bring a database to the tables of this program, by the revisions in `storage/migrations/versions`.

Alembic, which takes 11 MB, is imported where there is something to do: a service finds nothing at most of its starts.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.errors import NewerDatabase
from storage.lock import Lock, serialise

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"


async def migrate(database: Database) -> None:
    """Apply the missing revisions, all or none; raises NewerDatabase where there are revisions unknown here.

    Two processes that start together take turns: the second finds nothing left to do.
    """
    async with database.writing() as connection:
        await serialise(connection, Lock.MIGRATION)
        await connection.run_sync(_upgrade)


def newest_revision() -> str:
    """The last revision that this program has; its files are named by their revisions, r0001_… being the first."""
    newest = max(file.stem for file in (_SCRIPTS / "versions").glob("r*.py"))
    return newest[1:].partition("_")[0]


def configuration(connection: Connection) -> "Config":
    """Alembic's configuration for work on this connection; no ini file is needed."""
    from alembic.config import Config

    config = Config()
    # Alembic reads a % as the beginning of an interpolation.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if not _is_at(connection, newest_revision()):
        _apply_missing(connection)


def _is_at(connection: Connection, revision: str) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    return list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == [revision]


def _apply_missing(connection: Connection) -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise NewerDatabase(revision)
    command.upgrade(config, "head")
