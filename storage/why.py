"""Why a database could not be opened, in words for an operator."""

import os
from pathlib import Path

_SQLITE = {
    "unable to open database file": "the file can't be opened or made",
    "attempt to write a readonly database": "the file can't be written to",
    "file is not a database": "the file is not an SQLite database",
    "database is locked": "another program holds it locked",
    "disk i/o error": "reading or writing the file failed",
    "database or disk is full": "the disk is full",
}
_POSTGRES = {
    "InvalidPasswordError": "the server refused the user name or the password",
    "InvalidAuthorizationSpecificationError": "the server refused the user name or the password",
    "InvalidCatalogNameError": "the server has no database of this name",
    "TooManyConnectionsError": "the server takes no more connections",
    "CannotConnectNowError": "the server is starting up or shutting down",
}


def why(error: BaseException, file: str | None) -> str:
    """One clause without a full stop; `file` is the path of an SQLite database, None for a server."""
    return _why_server(error) if file is None else _why_path(Path(file)) or _why_file(error)


def _why_path(path: Path) -> str | None:
    if path.is_dir():
        return "this is a folder, not a file"
    if not path.parent.is_dir():
        return f"the folder {path.parent} does not exist"
    if not path.exists() and not os.access(path.parent, os.W_OK):
        return f"the folder {path.parent} can't be written to"
    return None


def _why_file(error: BaseException) -> str:
    text = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    found = (clause for words, clause in _SQLITE.items() if words in text.lower())
    return next(found, text)


def _why_server(error: BaseException) -> str:
    for cause in _causes(error):
        known = _POSTGRES.get(type(cause).__name__)
        if known:
            return known
        if isinstance(cause, TimeoutError):
            return "the server does not answer"
        if isinstance(cause, OSError):
            return "the server can't be reached"
    return f"the server refused the connection ({type(error).__name__})"


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__
    return causes
