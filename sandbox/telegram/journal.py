"""What a sandbox remembers between two starts: rows in a small SQLite file, written behind its back.

Changes gather for a moment and are written in one transaction off the event loop, so a kill -9 costs at most that
moment; `was_killed` then lets ids go on from well above those last saved, so that none is given away twice.
"""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from sandbox.telegram.people import Chat, Person
from sandbox.telegram.refusal import Json

GATHER_SECONDS = 0.05
Row = tuple[str, str]
Body = Json | Sequence[object] | Person | Chat
Changes = dict[Row, Body | None]

# A row that stands while a sandbox is open: whoever finds it at the start knows that the last one was killed.
_OPEN: Row = ("open", "")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rows (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID
"""


class Journal:
    """Rows of JSON by kind and key; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._waiting: Changes = {}
        self._timer: asyncio.TimerHandle | None = None
        # Two locks, so that nobody who notes a change waits for the disk, and writes keep the order of changes.
        self._gathering = threading.Lock()
        self._writing = threading.Lock()
        self.was_killed = False

    def load(self) -> list[tuple[str, str, Json]]:
        """Everything saved, as (kind, key, body)."""
        if self._path is None:
            return []
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_connect(self._path)) as connection:
            found = connection.execute("SELECT kind, key, body FROM rows").fetchall()
        rows = [(kind, key, json.loads(body)) for kind, key, body in found]
        self.was_killed = any(kind == "open" for kind, _, _ in rows)
        _write(self._path, {_OPEN: {}})
        return [row for row in rows if row[0] != "open"]

    def put(self, kind: str, key: object, body: Body) -> None:
        """Keep a row soon; `body` must not be changed afterwards."""
        self._note((kind, str(key)), body)

    def drop(self, kind: str, key: object) -> None:
        """Take a row away soon."""
        self._note((kind, str(key)), None)

    async def flush(self) -> None:
        """Write now what is waiting."""
        await asyncio.to_thread(self._write_waiting)

    def close(self) -> None:
        """Write what is waiting, and that this was a proper end."""
        if self._path is not None:
            self._write_waiting()
            _write(self._path, {_OPEN: None})

    def _note(self, row: Row, body: Body | None) -> None:
        if self._path is None:
            return
        with self._gathering:
            self._waiting[row] = body
        if self._timer is None:
            self._start_timer()

    def _start_timer(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # before the loop runs: the next change within it, or close, takes this one along
        self._timer = loop.call_later(GATHER_SECONDS, self._write_behind, loop)

    def _write_behind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        loop.run_in_executor(None, self._write_waiting)

    def _write_waiting(self) -> None:
        with self._writing:
            with self._gathering:
                changes, self._waiting = self._waiting, {}
            if self._path is not None and changes:
                _write(self._path, changes)


def _write(path: Path, changes: Changes) -> None:
    kept = [(*row, json.dumps(body, default=asdict)) for row, body in changes.items() if body is not None]
    gone = [row for row, body in changes.items() if body is None]
    with closing(_connect(path)) as connection, connection:
        connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", kept)
        connection.executemany("DELETE FROM rows WHERE kind = ? AND key = ?", gone)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(str(path))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(_SCHEMA)
    return connection
