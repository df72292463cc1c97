"""What can go wrong with the storage, as a tree; each error is one sentence fit for an operator.

StorageError
├── CannotOpen        the database can't be had: `url` (without its password) and `reason`
├── AlreadyRunning    another instance works on this database
└── NewerDatabase     the database was written by a newer program: `revision` is unknown to this one
"""


class StorageError(Exception):
    """Anything the storage refuses or fails at."""


class CannotOpen(StorageError):
    """The database at `url` can't be used, because of `reason`; neither holds a password."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"Cannot open the database {url}: {reason}.")
        self.url = url
        self.reason = reason


class AlreadyRunning(StorageError):
    """Another instance holds the lock of the database at `url` (without its password)."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Another instance is already running on the database {url}: stop it first.")
        self.url = url


class NewerDatabase(StorageError):
    """The database has a `revision` that this program doesn't know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database was written by a newer version of this program (revision {revision}):"
            " upgrade the program first."
        )
        self.revision = revision
