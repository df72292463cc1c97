"""Files that were uploaded, or are named by an address."""

import secrets
from dataclasses import dataclass

from sandbox.telegram.parameters import Upload


@dataclass(frozen=True, slots=True)
class File:
    """A file the server can give out again: `content` for an uploaded one, `url` for one elsewhere."""

    id: str
    name: str = ""
    content_type: str = "application/octet-stream"
    content: bytes = b""
    url: str | None = None

    @property
    def path(self) -> str:
        """Where it is downloaded from, after `/file/bot<token>/`."""
        return f"files/{self.id}"


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def add(self, upload: Upload) -> File:
        """Keep an uploaded file."""
        return self.put(File(_new_id(), upload.name, upload.content_type, upload.content))

    def link(self, url: str) -> File:
        """Name a file that stays where it is."""
        return self.put(File(_new_id(), url=url))

    def put(self, file: File) -> File:
        """Keep a file under its id."""
        self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File | None:
        """A file by id."""
        return self._files.get(file_id)


def _new_id() -> str:
    return "F" + secrets.token_hex(12)
