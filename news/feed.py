"""A feed, what it says (entries), and what is remembered of it between two fetches."""

from dataclasses import dataclass, field
from datetime import datetime

from news.errors import Problem


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave us to ask "has it changed?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed says it: `title` is plain text, `link` absolute, `description` and `content` are HTML."""

    guid: str | None
    title: str
    link: str | None
    description: str = ""
    content: str = ""
    published: datetime | None = None
    image: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's body, read: `ttl` is the publisher's wish in seconds between two fetches."""

    title: str
    link: str | None
    entries: tuple[Entry, ...]
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is kept.

    `contacted_at` is when its entries were first saved, None before that and again once nobody follows it:
    the next success is then a first contact, which pushes nothing. `news_at` is when anything new was found.
    `moved_to` is where the last answer said it had moved for good. `stopped` is true after a 410. `ttl` is the
    publisher's wish in seconds, as the last body had it.
    """

    id: int
    url: str
    title: str
    next_check_at: datetime
    link: str | None = None
    validators: Validators = field(default_factory=Validators)
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    contacted_at: datetime | None = None
    news_at: datetime | None = None
    failures: int = 0
    problem: Problem | None = None
    failing_since: datetime | None = None
    moved_to: str | None = None
    stopped: bool = False
    ttl: float | None = None
