"""Bring a database to the tables of this program, by the revisions in `storage/migrations/versions`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import NewerDatabase
from storage.lock import Lock, serialise

_SCRIPTS = Path(__file__).parent / "migrations"


async def migrate(database: Database) -> None:
    """Apply the missing revisions, all or none; raises NewerDatabase where there are revisions unknown here.

    Two processes that start together take turns: the second finds nothing left to do.
    """
    async with database.writing() as connection:
        await serialise(connection, Lock.MIGRATION)
        await connection.run_sync(_upgrade)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for work on this connection; no ini file is needed."""
    config = Config()
    # Alembic reads a % as the beginning of an interpolation.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise NewerDatabase(revision)
    command.upgrade(config, "head")
