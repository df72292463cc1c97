"""Files that were uploaded, or are named by an address."""

import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sandbox.telegram.parameters import Upload
from sandbox.telegram.refusal import Json

if TYPE_CHECKING:
    from sandbox.telegram.telegram import Telegram


@dataclass(frozen=True, slots=True)
class File:
    """A file the server can give out again: `content` for an uploaded one, `url` for one elsewhere.

    `dimensions` are a picture's width and height.
    """

    id: str
    name: str = ""
    content_type: str = "application/octet-stream"
    content: bytes = b""
    url: str | None = None
    dimensions: tuple[int, int] = (0, 0)

    @property
    def path(self) -> str:
        """Where it is downloaded from, after `/file/bot<token>/`."""
        return f"files/{self.id}"


# A sandbox may run for days; the oldest files give way to new ones.
MOST_BYTES = 100_000_000


class Files:
    """Files by id, the newest MOST_BYTES of them."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._bytes = 0

    def add(self, upload: Upload, dimensions: tuple[int, int] = (0, 0)) -> File:
        """Keep an uploaded file."""
        return self.put(File(_new_id(), upload.name, upload.content_type, upload.content, dimensions=dimensions))

    def link(self, url: str, dimensions: tuple[int, int] = (0, 0)) -> File:
        """Name a file that stays where it is."""
        return self.put(File(_new_id(), url=url, dimensions=dimensions))

    def put(self, file: File) -> File:
        """Keep a file under its id."""
        self._files[file.id] = file
        self._bytes += len(file.content)
        return file

    def make_room(self) -> list[str]:
        """Forget the oldest files where there are too many bytes of them; gives the ids forgotten."""
        gone = []
        while self._bytes > MOST_BYTES and len(self._files) > 1:
            oldest = next(iter(self._files))
            self._bytes -= len(self._files.pop(oldest).content)
            gone.append(oldest)
        return gone

    def get(self, file_id: str) -> File | None:
        """A file by id."""
        return self._files.get(file_id)


def keep_file(telegram: "Telegram", file: File) -> File:
    """Keep a file from one start to the next."""
    telegram.journal.put("file", file.id, {**asdict(file), "content": file.content.hex()})
    for forgotten in telegram.files.make_room():
        telegram.journal.drop("file", forgotten)
    return file


def document_json(file: File) -> Json:
    """The Bot API's Document object."""
    return {
        "file_id": file.id,
        "file_unique_id": file.id[:16],
        "file_name": file.name or "file",
        "mime_type": file.content_type,
        "file_size": len(file.content),
    }


def shown_url(file: File) -> str:
    """Where the web chat finds a file."""
    return file.url or f"/chat/api/files/{file.id}"


def _new_id() -> str:
    return "F" + secrets.token_hex(12)
