"""A feed, what it says (entries), and what is remembered of it between two fetches."""

from dataclasses import dataclass, field
from datetime import datetime

from news.errors import Problem
from news.habits import Habits
from news.worth import PageRule, Worth


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave us to ask "has it changed?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed says it: `title` is plain text, `link` absolute, `description` and `content` are HTML.

    `whole`: that is all there is, its page says no more.
    """

    guid: str | None
    title: str
    link: str | None
    description: str = ""
    content: str = ""
    published: datetime | None = None
    image: str | None = None
    author: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's body, read: `ttl` is the publisher's wish in seconds between two fetches.

    It wants us to stay away in the `skip_hours` (0 to 23) and on the `skip_days` (0 is Monday), both in UTC.
    """

    title: str
    link: str | None
    entries: tuple[Entry, ...]
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is kept.

    `contacted_at` is when its entries were first saved, None before that and again once nobody follows it:
    the next success is then a first contact, which pushes nothing. `news_at` is when anything new was found.
    `moved_to` is where the last answer said it had moved for good. `stopped` is true after a 410. `ttl`,
    `skip_hours` and `skip_days` are the publisher's wishes as the last body had them (see ParsedFeed). `habits` is
    None where nothing was learnt yet. A `private` one is seen only by those who follow it, and its `url` names
    its server alone (see `news.secret`). `page_rule` is an admin's word on its articles' pages, `page_worth` what was
    learnt of them, None where none was ever asked for.
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
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    habits: Habits | None = None
    private: bool = False
    page_rule: PageRule = PageRule.AUTO
    page_worth: Worth | None = None
