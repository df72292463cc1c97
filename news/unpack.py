"""A body as it comes over the line, unpacked within bounds whatever was packed into it.

zlib gives its output in pieces here, so nothing larger than a piece ever stands beside what is kept.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol

from news.errors import TooLarge, Unreachable

# What may be asked for: that much is unpacked here, and nothing else.
ACCEPTED = "gzip, deflate"
PIECE = 65_536
# A body so small may be packed as tightly as it likes; larger ones of honest text shrink ten- to thirtyfold.
SMALL, RATIO = 1_000_000, 100
# Each member of a gzip file has a decompressor of its own; honest files have one.
MOST_MEMBERS = 1_000
_GZIP = ("gzip", "x-gzip")
_PLAIN = ("", "identity")
_NO_TEXT = frozenset({*range(32), 127} - set(b"\t\n\f\r\x1b"))


def most(coding: str | None, length: int | None, *, limit: int) -> int:
    """How many bytes a body may have at most that takes so many on the line, None being unknown."""
    if length is None:
        return limit
    return min(limit, length if _name(coding) in _PLAIN else max(SMALL, RATIO * length))


class Body:
    """Collects a body; `coding` is its Content-Encoding, `limit` the bytes it may have, packed and unpacked.

    One that is readable text in spite of what it says of itself is taken as it is.
    """

    def __init__(self, coding: str | None, *, limit: int) -> None:
        named = _name(coding)
        self._packed = None if named in _PLAIN else _Packed(named)
        self._limit = limit
        self._came = 0
        self._beginning = bytearray()
        # Gives its content without another copy of it.
        self._content = BytesIO()
        self._size = 0

    def take(self, chunk: bytes) -> None:
        """Take what came next. Raises TooLarge, and Unreachable for what can't be unpacked."""
        for _ in self.taking(chunk):
            pass

    def taking(self, chunk: bytes) -> Iterator[int]:
        """The same little by little: gives after each piece how large the body has become."""
        self._came += len(chunk)
        if self._packed is None:
            self._keep(chunk)
            yield self._size
            return
        if len(self._beginning) < PIECE:
            self._beginning += chunk
        try:
            for piece in self._packed.unpack(chunk):
                self._keep(piece)
                self._weigh(self._came - self._packed.unread)
                yield self._size
        except zlib.error as error:
            self._take_for_plain(error)
        if self._came > self._limit:
            raise TooLarge(f"over {self._limit} bytes packed")

    def whole(self) -> bytes:
        """All of it, now that nothing more comes. Raises Unreachable where its end is missing."""
        if self._packed is not None and self._came and not self._packed.complete:
            self._take_for_plain(zlib.error("cut short"))
        return self._content.getvalue()

    def beginning(self) -> bytes:
        """What came until now, of what is too large no more than the limit."""
        return self._content.getvalue()[: self._limit]

    def _keep(self, piece: bytes) -> None:
        self._size += self._content.write(piece)
        if self._size > self._limit:
            raise TooLarge(f"over {self._limit} bytes")

    def _weigh(self, packed: int) -> None:
        if self._size > max(SMALL, RATIO * packed):
            raise TooLarge(f"over {RATIO} times as large as it came")

    def _take_for_plain(self, error: zlib.error) -> None:
        if self._came > len(self._beginning) or not _is_text(self._beginning):
            raise Unreachable(f"the body can't be unpacked: {error}") from error
        self._packed = None
        self._content, self._size = BytesIO(), 0
        self._keep(bytes(self._beginning))


class _Inflating(Protocol):
    """zlib's decompressor, which the standard library gives no name."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def unconsumed_tail(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Packed:
    """The line's bytes as pieces; `unread` counts those of them not looked at yet, `complete` says that this may be
    all."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._member: _Inflating | None = None
        self._members = 0
        self._closed = False
        self.unread = 0

    @property
    def complete(self) -> bool:
        return self._members > 0 and self._member is None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most PIECE bytes. Raises zlib.error."""
        more = bool(data)
        while more and self._goes_on(data):
            member = self._member = self._member or self._open(data[0])
            piece = member.decompress(data, PIECE)
            data = member.unused_data if member.eof else member.unconsumed_tail
            self.unread = len(data)
            yield piece
            # A full piece may leave something behind in the decompressor though all input is read.
            more = bool(data) or (len(piece) == PIECE and not member.eof)
            if member.eof:
                self._member = None

    def _goes_on(self, data: bytes) -> bool:
        """Whether this belongs to the body: what follows it, and is no further member, is padding."""
        if self._members and self._member is None and (self._coding not in _GZIP or data[0] != 0x1F):
            self._closed = True
        return not self._closed

    def _open(self, first: int) -> _Inflating:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error("too many members")
        if self._coding in _GZIP:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        if self._coding != "deflate":
            raise zlib.error("a coding that was not asked for")
        # RFC 9110 means zlib's format; many servers send the bare stream.
        return zlib.decompressobj(zlib.MAX_WBITS if first & 0x0F == 8 else -zlib.MAX_WBITS)


def _name(coding: str | None) -> str:
    return (coding or "").strip().lower()


def _is_text(beginning: bytearray) -> bool:
    return _NO_TEXT.isdisjoint(beginning[:512])
