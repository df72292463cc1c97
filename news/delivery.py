"""An owed send, and what may come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from news.article import Article
from news.chat import Address, Chat
from news.notice import Notice


class Kind(StrEnum):
    """What a delivery carries; its subject is an article's id, a notice's, or a broadcast's."""

    ARTICLE = "article"
    NOTICE = "notice"
    BROADCAST = "broadcast"


class Urgency(IntEnum):
    """The order of leaving: lower goes first."""

    NEWS = 10
    NOTICE = 20
    BROADCAST = 30


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed delivery with all that is needed to send it: `article`, `notice` or `text`, by its kind.

    `owed_at` is since when it is owed, `summary` what a model wrote for it (None: the article has its own).
    """

    id: int
    chat: Chat
    kind: Kind
    article: Article | None
    text: str
    attempts: int
    notice: Notice | None = None
    owed_at: datetime | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger accepted it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """It was not sent; it may be again at `at`. `whole_chat`: the chat itself is to be left alone until then."""

    at: datetime
    reason: str
    whole_chat: bool = False


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Nobody knows whether it arrived; it is sent again at `at`."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat lives on under another address; everything of it goes along."""

    to: Address


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat is over until it comes back by itself."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The messenger will never take this message; it is parked and counted."""

    reason: str


Outcome = Sent | Retry | InDoubt | Moved | Unreachable | Refused
