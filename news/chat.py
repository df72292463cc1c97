"""Who receives, and what they follow."""

from dataclasses import dataclass
from datetime import datetime

from news.article import Article
from news.feed import Feed
from news.hours import AT_ALL_HOURS, Timetable
from news.look import AS_THE_CHAT, USUAL_LOOK, Look, Overrides


@dataclass(frozen=True, slots=True)
class Address:
    """Where a chat is found: `topic` is a forum's thread, 0 without one."""

    platform: str
    chat_id: int
    topic: int = 0


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as it is kept; `kind` is the platform's word (private, group, supergroup, channel).

    `suspended_at` is when the chat became unreachable (blocked, kicked), None while it is well. `look` is how its news
    looks. `hours` says when it is to be written to, `paused_until` until when not at all (None: it never paused),
    `pause_keeps` whether what comes meanwhile arrives then. `urgent` are the words that pass its hours (empty: none
    do). `open_to_all`: in a group every member may change things, not only administrators. `title` is a group's or a
    channel's, `topic_title` its topic's (empty: unknown); `silenced`: nothing could be written there of late.
    """

    id: int
    address: Address
    kind: str
    language: str
    timezone: str
    suspended_at: datetime | None = None
    look: Look = USUAL_LOOK
    hours: Timetable = AT_ALL_HOURS
    paused_until: datetime | None = None
    pause_keeps: bool = False
    urgent: str = ""
    open_to_all: bool = False
    title: str = ""
    topic_title: str = ""
    silenced: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's following of a feed, with the newest article of that feed (without its summary and text), and what is
    otherwise than in the chat."""

    id: int
    feed: Feed
    newest: Article | None
    overrides: Overrides = AS_THE_CHAT

    @property
    def title(self) -> str:
        """What the feed is called here; empty where it has no name."""
        return self.overrides.title or self.feed.title


@dataclass(frozen=True, slots=True)
class Watch:
    """Words (see `news.wishes`) that a chat is told of, whatever its subscriptions' own filters: in what it follows, or
    `everywhere`, in all public feeds."""

    id: int
    words: str
    everywhere: bool
