"""An owed send, and what may come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from news.article import Article
from news.chat import Address, Chat
from news.mishap import Mishap
from news.notice import Notice


class Kind(StrEnum):
    """What a delivery is of; its subject is an article's id, a notice's, a broadcast's, a mishap's, for an edit the id
    of the delivery whose message it changes, for a digest the second at which it is due (since 1970); once that was
    sent it is less than 0, so that another may be due then."""

    ARTICLE = "article"
    NOTICE = "notice"
    BROADCAST = "broadcast"
    EDIT = "edit"
    DIGEST = "digest"
    MISHAP = "mishap"


class Urgency(IntEnum):
    """The order of leaving: lower goes first."""

    URGENT = 5
    NEWS = 10
    EDIT = 20
    NOTICE = 25
    DIGEST = 30
    BROADCAST = 40


class Form(StrEnum):
    """What a delivery becomes: a message of its own, or a change of one that was sent."""

    PUSH = "push"
    LIST = "list"
    DIGEST = "digest"
    EDIT = "edit"
    NOTICE = "notice"
    BROADCAST = "broadcast"
    MISHAP = "mishap"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed delivery with all that is needed to send it, by its form:

    PUSH    `article`, and `also` the outlets that report the same
    EDIT    the same, and `message_id`, the message to change, which is a picture with a caption where it is `pictured`
    LIST    `articles` of one feed, oldest first
    DIGEST  `articles`, oldest first
    NOTICE, BROADCAST, MISHAP   `notice`, `text`, `mishap`

    The `look` of its `chat` is as the subscription wants it, where it is of one feed; its articles are of the outlet as
    that is called there. `owed_at` is since when it is owed, `summary` what a model wrote for it, a digest's lead-in
    too (None: an article has its own). `carries` are the further deliveries that its message tells of; what comes of it
    comes of them. `attempts` is how often in a row it failed for the same `reason`.
    """

    id: int
    chat: Chat
    form: Form
    article: Article | None
    text: str
    attempts: int
    notice: Notice | None = None
    owed_at: datetime | None = None
    summary: str | None = None
    urgency: Urgency = Urgency.NEWS
    also: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    carries: tuple[int, ...] = ()
    message_id: int | None = None
    reason: str | None = None
    pictured: bool = False
    mishap: Mishap | None = None

    def tries(self, *reasons: str) -> int:
        """How often in a row it failed for one of these reasons: to wait for a place says nothing of an error."""
        return self.attempts if self.reason in reasons else 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger accepted it; `pictured`: as a picture with a caption."""

    message_id: int
    pictured: bool = False


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
    """The chat is over until it comes back by itself.

    Where that is for want of the right to write, `menders` are who could give it, as far as the messenger tells; None
    where nobody can.
    """

    reason: str
    menders: tuple[Address, ...] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The messenger will never take this message; it is parked and counted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Void:
    """There is nothing to do any more: the message to change is gone."""

    reason: str


Outcome = Sent | Retry | InDoubt | Moved | Unreachable | Refused | Void
