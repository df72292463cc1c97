"""What the news needs of the world: storage and a messenger behind these doors.

Every moment handed in or out is an aware datetime in UTC. Each method is one transaction.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from news.article import Article, Correction, Known, NewArticle, Renamed
from news.chat import Address, Chat, Subscription
from news.delivery import Delivery, Outcome
from news.feed import Feed
from news.hours import Timetable
from news.kept import Kept
from news.notice import Event
from news.query import Query
from news.rank import Hit
from news.recent import Told
from news.relate import Candidate
from news.secret import Secret
from news.style import Style
from news.worth import PageRule

Begin = Callable[[], Awaitable[bool]]


class Feeds(Protocol):
    """The feeds, and the one transaction in which a check of one is saved."""

    async def find(self, url: str) -> Feed | None:
        """The feed known by this address: its own, one it moved from, a page that named it; or by a secret's name."""

    async def secret(self, feed_id: int) -> Secret | None:
        """Where a private feed is, and what opens it; None for a feed that has no secret."""

    async def open_private(self, secret: Secret, *, now: datetime) -> Feed:
        """The feed that this secret opens, made if unknown (due at `now`)."""

    async def open(self, url: str, *, now: datetime, also: Collection[str] = ()) -> Feed:
        """The feed at this address, made if unknown (due at `now`); `also` are further addresses of it."""

    async def claim_due(
        self, *, now: datetime, until: datetime, limit: int, per_host: int, spare: Collection[str] = ()
    ) -> list[Feed]:
        """Take due feeds, most overdue first, so that nobody else takes them before `until`.

        At most `per_host` of one host, none of the hosts in `spare`.

        Only feeds that a reachable chat follows, that are not stopped, and whose claim is free.
        """

    async def rule_pages(self, feed_id: int, rule: PageRule) -> Feed | None:
        """Take an admin's word on a feed's pages, which no check changes; gives the feed, None where it is gone."""

    async def next_due(self) -> datetime | None:
        """When the next feed will be due (a claimed one: when its claim ends), None with no feed followed."""

    async def release_claims(self) -> None:
        """Give back all claims: called at start, when no other instance can hold one."""

    async def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, Known]:
        """What is known in this feed under each of these keys."""

    async def save_check(
        self,
        feed: Feed,
        *,
        new: Sequence[NewArticle] = (),
        corrections: Sequence[Correction] = (),
        renamed: Sequence[Renamed] = (),
        shown: Collection[str] = (),
        tell: Event | None = None,
    ) -> int:
        """Save a check whole or not at all: the feed's new state, its articles, the deliveries they owe.

        The feed's claim ends with it. Articles go in in the order given. Tombstones of the keys in `shown` are kept on.
        Followers are told of the event once in each time that the feed fails. Returns how many deliveries are owed.
        """


class Articles(Protocol):
    """The memory.

    A `viewer` is the id of the chat that asks: of private feeds it sees the articles of those that it follows, and
    without it none are seen.
    """

    async def get(self, ids: Sequence[int], *, viewer: int | None = None) -> list[Article]:
        """These articles in the order asked for; unknown ids are left out."""

    async def latest(self, feed_id: int, limit: int) -> list[Article]:
        """A feed's newest articles, newest first."""

    async def at(self, link: str, *, viewer: int | None = None) -> Article | None:
        """The article about the page at this address, however it is spelt; of several the newest."""

    async def story(self, story_id: int, *, viewer: int | None = None) -> list[Article]:
        """The reports of a story, the first to be published first."""

    async def top(self, *, since: datetime, limit: int, viewer: int | None = None) -> list[list[Article]]:
        """The stories that most feeds have told of after `since`, of equals the newer ones first; of each what was
        published since then, oldest first."""

    async def newest(self, limit: int, *, viewer: int | None = None) -> list[int]:
        """The ids of the newest articles of all feeds, newest first; of those that are one article, the newer."""

    async def pushed(self, chat: Address, message_id: int) -> Article | None:
        """The article that was sent to the chat as this message, the first of several."""

    async def carried(self, chat: Address, message_id: int) -> list[Article]:
        """The articles that this message of the chat's tells of (a list, a digest), oldest first."""

    async def candidate(self, article_id: int, *, viewer: int | None = None) -> Candidate | None:
        """An article as `news.relate` sees it."""

    async def matches(self, query: Query, *, limit: int, viewer: int | None = None, mine: bool = False) -> list[Hit]:
        """What the query wants: the newest `limit`, and the newest that have it in the title, newest first.

        `mine`: only of the feeds that the viewer follows. A query that asks for nothing finds nothing.
        """

    async def similar(
        self, terms: Sequence[str], *, since: datetime | None = None, limit: int, viewer: int | None = None
    ) -> list[Candidate]:
        """The newest `limit` articles holding any of these terms, published after `since`."""

    def told(self, *, since: datetime, limit: int) -> AsyncIterator[list[Told]]:
        """What the newest `limit` articles told that were published after `since`, oldest first, some at a time.

        Those of private feeds are left out.
        """

    async def merge_stories(self, ids: Sequence[int], into: int, *, now: datetime) -> None:
        """Let the reports of these stories be another's: those saved, and those under way."""

    async def remember(self, chat_id: int, text: str, *, now: datetime) -> int:
        """Keep a text that a button of this chat refers to; gives its id (the same for the same text)."""

    async def recall(self, chat_id: int, note_id: int) -> str | None:
        """A chat's own text by that id, None where it has none."""


class Chats(Protocol):
    """Chats and what they follow."""

    async def meet(self, address: Address, *, kind: str, language: str, timezone: str, now: datetime) -> Chat:
        """The chat at this address, made if unknown with this language and zone; a suspended one is restored."""

    async def find(self, address: Address) -> Chat | None:
        """The chat at this address, None where nobody was met; nothing is written."""

    async def suspend(self, address: Address, *, reason: str, now: datetime) -> None:
        """Every topic of this chat is over until it comes back: its owed deliveries are dropped."""

    async def move(self, source: Address, to: Address) -> None:
        """All topics, subscriptions and owed deliveries of a chat go on under another chat id (merging)."""

    async def follow(self, chat_id: int, feed_id: int, *, now: datetime) -> bool:
        """Subscribe; False where the chat followed it already."""

    async def unfollow(self, chat_id: int, feed_id: int) -> bool:
        """End a subscription and drop what it still owed; False where there was none.

        A private feed goes with its last follower, and its secret with it.
        """

    async def set_summary(self, chat_id: int, length: int) -> None:
        """From now on this chat is sent summaries of at most so many characters, none for 0."""

    async def set_timezone(self, chat_id: int, name: str, *, now: datetime) -> None:
        """From now on this chat's hours and times are those of this zone."""

    async def set_hours(self, chat_id: int, hours: Timetable, *, now: datetime) -> None:
        """From now on this chat is written to at these hours; what waits for others comes at the next of these."""

    async def pause(self, chat_id: int, until: datetime | None, *, keep: bool, now: datetime) -> None:
        """Write nothing to this chat until then (None: until it resumes): what is owed and what comes is dropped, or
        with `keep` arrives at the end as a digest."""

    async def resume(self, chat_id: int, *, now: datetime) -> None:
        """End a pause; what was kept comes now, or when the chat's hours open."""

    async def set_urgent(self, chat_id: int, words: str | None) -> None:
        """From now on articles with these words (see `news.match`) pass the chat's hours; None: none do."""

    async def set_every_report(self, chat_id: int, wanted: bool) -> None:
        """From now on every report is pushed to this chat, or of each story one."""

    async def set_open(self, chat_id: int, wanted: bool) -> None:
        """From now on every member of this group may change things, or only administrators."""

    async def kept(self, address: Address) -> Kept:
        """All that is kept about this chat, with every topic of it, but for the words that open private feeds."""

    async def forget(self, address: Address, *, before: int) -> None:
        """Keep nothing of this chat any more, nor of any topic of it; feeds that only it kept private go with it.

        Whole or not at all. Of the updates that wait those go that came before the update with this id.
        """

    async def followed_before(self, chat_id: int, moment: datetime) -> frozenset[int]:
        """The ids of the feeds that a chat follows since before this moment."""

    async def subscriptions(self, chat_id: int) -> list[Subscription]:
        """What a chat follows, oldest subscription first."""


class Outbox(Protocol):
    """The table of owed sends."""

    async def claim(self, *, now: datetime, until: datetime, limit: int, spare: Collection[int] = ()) -> list[Delivery]:
        """Take owed deliveries in order of urgency, then age; per chat at most one, and its first.

        A chat with a delivery already claimed, and the platform chat ids in `spare`, are passed over. What a delivery
        becomes is decided here (see `news.parcel`): others of its chat may go along with it, or it with one before.
        """

    async def begin(self, delivery: Delivery, *, now: datetime) -> bool:
        """Mark a claimed delivery as on the wire, just before it is; False where it is not wanted any more."""

    async def settle(self, delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
        """Write down what came of an attempt, for it and what it carries; the claim ends with it."""

    async def release(self, deliveries: Collection[Delivery] | None = None, *, now: datetime) -> None:
        """Give claims back: these, or all (at start, when no other instance can hold one). What was on the wire is in
        doubt."""

    async def next_due(self, *, now: datetime, spare: Collection[int] = ()) -> datetime | None:
        """When the next delivery may go, a claimed one at its claim's end; None when nothing is owed."""

    async def owe_broadcast(self, text: str, *, key: str, author: int, now: datetime) -> int:
        """Owe a text to every reachable chat, once each; returns to how many. The same `key` owes it only once."""


class Summaries(Protocol):
    """Summaries that a model wrote, and what was spent on them."""

    async def find(self, article: Article, style: Style) -> str | None:
        """What was written of this article, as it reads now, in this style; None where nothing was."""

    async def keep(self, article: Article, style: Style, text: str) -> None:
        """Keep what was written; an article gone meanwhile keeps nothing."""

    async def reserve(self, article: Article, *, day: date, most: int) -> bool:
        """Count one more request on this day, unless that makes more than `most`, or the feed is private."""

    async def public(self, articles: Sequence[Article]) -> list[Article]:
        """Those of these articles that are of feeds which are not private."""

    async def newest(self) -> int:
        """The newest article's id, 0 with none."""

    async def wanted(self, *, after: int, limit: int) -> list[tuple[Article, frozenset[tuple[str, int]]]]:
        """The first `limit` articles with an id above `after`, of feeds that are not private, and for each the
        languages and lengths of summary that chats want to which it is still owed."""


@dataclass(frozen=True, slots=True)
class Received:
    """An update as the messenger gave it; `lane` names the chat in whose order it is worked off: its id on the
    messenger, with a space and a word behind it where it is a lane beside the chat's own. `received_at` is when it was
    stored, `draft` the message that shows how far its answer is."""

    update_id: int
    lane: str
    payload: str
    attempts: int = 0
    received_at: datetime | None = None
    draft: int | None = None


class Inbox(Protocol):
    """Updates received, not yet answered."""

    async def store(self, updates: Sequence[Received], *, now: datetime) -> list[Received]:
        """Keep those not kept yet (by update_id); gives back the ones that were new."""

    async def pending(self) -> list[Received]:
        """All that wait, oldest first."""

    async def drafted(self, update_id: int, message_id: int) -> None:
        """From now on this message shows how far the answer is."""

    async def failed(self, update_id: int, *, reason: str) -> int:
        """Count a failed attempt; returns how many there were."""

    async def done(self, update_id: int) -> None:
        """Answered: the row goes."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The service in figures: `lag` is how many seconds the most overdue feed waits, `oldest` when the oldest article
    was found, `size` the database's in bytes."""

    feeds: int
    failing: int
    articles: int
    chats: int
    suspended: int
    subscriptions: int
    owed: int
    sent: int
    failed: int
    waiting_updates: int
    last_poll_at: datetime | None
    lag: float
    oldest: datetime | None
    size: int


class Keeper(Protocol):
    """What operators ask of the storage."""

    async def overview(self, *, now: datetime) -> Overview:
        """The figures of /stats and /health."""

    async def tidy(self, *, now: datetime) -> Mapping[str, int]:
        """Delete what is kept no longer: chats suspended for 30 days, settled deliveries and notes older than 30 days,
        private feeds that nobody follows, articles as the operator wants it, and what nothing refers to any more.

        Takes a minute or two at most, and leaves the rest for the next time. Gives how many rows went, by what.
        """


class Sender(Protocol):
    """The messenger's side of the outbox."""

    async def send(self, delivery: Delivery, begin: Begin) -> Outcome:
        """Try once; whatever happens is told in the outcome. `begin` is awaited when the attempt's turn has come, just
        before it leaves; where it gives False, nothing is sent."""

    def busy_chats(self) -> frozenset[int]:
        """Platform chat ids that must not be written to right now."""
