"""What an outlet's server may do instead of answering: one frozen record for each behaviour.

`everywhere` means its pages too, not the feed alone. Each holds until the outlet recovers.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fails:
    """Answers with an error status; `times` None means until it recovers. `retry_after` in seconds, or a date."""

    status: int
    times: int | None = None
    retry_after: int | str | None = None
    everywhere: bool = False


@dataclass(frozen=True)
class Hangs:
    """Takes the request and never answers."""

    everywhere: bool = False


@dataclass(frozen=True)
class Moved:
    """The feed redirects."""

    url: str
    status: int = 301
    everywhere: bool = False


@dataclass(frozen=True)
class Serves:
    """The feed's address gives these bytes whatever was published."""

    body: bytes
    content_type: str
    everywhere: bool = False


@dataclass(frozen=True)
class Slow:
    """Thinks for some seconds, then answers as usual."""

    seconds: float
    everywhere: bool = False


@dataclass(frozen=True)
class Drips:
    """Begins at once, then gives `chunk` bytes every so many seconds, without end."""

    seconds: float = 1.0
    chunk: int = 1
    everywhere: bool = False


@dataclass(frozen=True)
class Floods:
    """Gives bytes as fast as they are taken: so many megabytes, or without end."""

    megabytes: int | None = None
    everywhere: bool = False


@dataclass(frozen=True)
class Bomb:
    """Gives a small gzipped body that unpacks to so many megabytes, whatever encodings were accepted."""

    megabytes: int = 100
    everywhere: bool = False


@dataclass(frozen=True)
class Encodes:
    """Answers in this content coding whatever was accepted: "gzip", "deflate" or "identity"."""

    coding: str
    everywhere: bool = False


@dataclass(frozen=True)
class Mislabels:
    """Says that the body comes in this content coding, and sends it plain."""

    coding: str = "gzip"
    everywhere: bool = False


@dataclass(frozen=True)
class Circles:
    """Redirects to itself, for ever."""

    everywhere: bool = False


@dataclass(frozen=True)
class Swells:
    """Answers as usual, with a header of so many bytes."""

    size: int = 100_000
    everywhere: bool = False


@dataclass(frozen=True)
class Leads:
    """Redirects so many times in a row, each time a step further, then answers as usual."""

    times: int
    everywhere: bool = False


@dataclass(frozen=True)
class BreaksOff:
    """Gives the first half of the answer, gzipped, in a message that is whole."""

    everywhere: bool = False


@dataclass(frozen=True)
class Adds:
    """Answers as usual, with headers of its own, "304" among it."""

    headers: tuple[tuple[str, str], ...]
    everywhere: bool = False


@dataclass(frozen=True)
class Babbles:
    """Sends these bytes, whatever they are, where the head of the answer belongs, and hangs up."""

    raw: bytes
    everywhere: bool = False


Behaviour = (
    Fails
    | Hangs
    | Moved
    | Serves
    | Slow
    | Drips
    | Floods
    | Bomb
    | Encodes
    | Mislabels
    | Circles
    | Swells
    | Leads
    | BreaksOff
    | Adds
    | Babbles
)
