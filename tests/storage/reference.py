"""The ledger once more, as plain lists: what a chat is owed, what is to be sent next, what came of it.

It knows no database and no way to be fast. Each entry is looked at again whenever something is asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from news.chat import Address
from news.delivery import Form
from news.hours import AT_ALL_HOURS, FOREVER, Timetable, opening

A_DAY, A_MINUTE = timedelta(days=1), timedelta(seconds=60)
URGENT, NEWS, EDIT, DIGEST, BROADCAST = 5, 10, 20, 30, 40


@dataclass(eq=False)
class Story:
    """An event; one that turned out to be another's is `into` that."""

    into: "Story | None" = None

    def whole(self) -> "Story":
        return self if self.into is None else self.into.whole()


@dataclass(eq=False)
class Report:
    """An article: who published it, what it says, of which event."""

    feed: int
    title: str
    story: Story


@dataclass(eq=False)
class Reader:
    """A chat."""

    address: Address
    follows: set[int] = field(default_factory=set)
    blocked: bool = False
    hours: Timetable = AT_ALL_HOURS
    paused_until: datetime | None = None
    keeps: bool = False
    urgent: bool = False
    every: bool = False
    # What is otherwise for some feeds.
    every_of: dict[int, bool] = field(default_factory=dict)
    at_once: set[int] = field(default_factory=set)
    left_alone_until: datetime | None = None
    mutes: list[tuple[Story, datetime]] = field(default_factory=list)
    # By feed: what is an alarm, or what is none.
    filters: dict[int, bool] = field(default_factory=dict)
    # For alarms: in what it follows, or everywhere.
    watches: bool = False
    everywhere: bool = False

    def wants(self, feed: int, *, alarm: bool) -> bool:
        """Whether a report comes: as followed, or as watched for."""
        if alarm and self.watches and (self.everywhere or feed in self.follows):
            return True
        return feed in self.follows and self.filters.get(feed, alarm) == alarm

    def may_have(self, feed: int) -> bool:
        return feed in self.follows or (self.watches and self.everywhere)

    def spares(self, story: Story | None, now: datetime) -> bool:
        """Whether it wants no more of this story."""
        whole = story.whole() if story else None
        return any(muted.whole() is whole and until > now for muted, until in self.mutes)

    def wants_every(self, entry: "Entry") -> bool:
        return self.every_of.get(_feed(entry), self.every)

    def paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now


@dataclass(eq=False)
class Entry:
    """Something owed: a report, an edit of an entry's message, a digest of this second, a broadcast."""

    number: int
    to: Reader
    what: "Report | Entry | int | str"
    urgency: int
    state: str
    due: datetime
    born: datetime
    lease: datetime | None = None
    begun: bool = False
    claimed_at: datetime | None = None
    head: "Entry | None" = None
    message: int | None = None
    over_at: datetime | None = None

    @property
    def story(self) -> Story | None:
        return self.what.story.whole() if isinstance(self.what, Report) else None


@dataclass(eq=False)
class Parcel:
    """What is to be sent: an entry, in which form, and the further ones it carries."""

    entry: Entry
    form: Form
    carries: list[Entry] = field(default_factory=list)


class Reference:
    """What `Outbox`, `Chats` and `Feeds` together are to do."""

    def __init__(self, readers: list[Reader]) -> None:
        self.readers = readers
        self.entries: list[Entry] = []
        self._numbers = 0

    def _of(self, reader: Reader, *states: str) -> list[Entry]:
        return [one for one in self.entries if one.to is reader and (not states or one.state in states)]

    def _reports(self, reader: Reader, *states: str) -> list[Entry]:
        return [one for one in self._of(reader, *states) if isinstance(one.what, Report)]

    def _owe(
        self, to: Reader, what: "Report | Entry | int | str", urgency: int, state: str, due: datetime, now: datetime
    ) -> None:
        self._numbers += 1
        self.entries.append(Entry(self._numbers, to, what, urgency, state, due, now))

    # What comes

    def published(self, report: Report, now: datetime, *, alarm: bool) -> None:
        """To each who wants it: now, at the end of a pause, or when the hours open. Of a muted story, or what a filter
        spares, not the report, but perhaps the digest, which may turn out empty."""
        for reader in self.readers:
            if reader.blocked:
                continue
            opens, wants = self._opens(reader, report.feed, now), reader.wants(report.feed, alarm=alarm)
            if wants and not reader.spares(report.story, now):
                self._owe_report(reader, report, opens, now, urgent=alarm and reader.urgent)
            if (wants or report.feed in reader.follows) and opens and not reader.paused(now):
                self._digest_at(reader, opens, now)

    def _opens(self, reader: Reader, feed: int, now: datetime) -> datetime | None:
        return opening(reader.hours, now, at_once=feed in reader.at_once)

    def _owe_report(
        self, reader: Reader, report: Report, opens: datetime | None, now: datetime, *, urgent: bool
    ) -> None:
        if reader.paused(now):
            if reader.keeps and reader.paused_until:
                self._owe(reader, report, NEWS, "gathered", reader.paused_until, now)
        elif opens is None:
            self._owe(reader, report, NEWS, "owed", now, now)
        elif urgent:
            self._owe(reader, report, URGENT, "owed", now, now)
        else:
            self._owe(reader, report, NEWS, "gathered", opens, now)

    def broadcast(self, text: str, now: datetime) -> None:
        """To each chat once, whatever its topics."""
        met = set()
        for reader in self.readers:
            if not reader.blocked and reader.address.chat_id not in met:
                met.add(reader.address.chat_id)
                self._owe(reader, text, BROADCAST, "owed", now, now)

    def corrected(self, report: Report, title: str, now: datetime) -> None:
        """Messages of a day that tell of it are changed, and those under way when they have arrived."""
        report.title = title
        for reader in self.readers:
            if reader.may_have(report.feed) and not reader.blocked and not reader.spares(report.story, now):
                for one in self._reports(reader, "sent", "claimed"):
                    fresh = one.over_at is None or one.over_at > now - A_DAY
                    if one.what is report and one.head is None and fresh:
                        self._change(one, now)

    def _change(self, told: Entry, now: datetime) -> None:
        if told.state == "sent" and told.message is None:
            return
        known = next((one for one in self._of(told.to) if one.what is told), None)
        if known is None:
            self._owe(told.to, told, EDIT, "waiting", now, now)
        elif known.state == "claimed":
            known.due = now + A_MINUTE
        else:
            known.state, known.due, known.over_at = "waiting", max(known.due, now), None

    def _digest_at(self, reader: Reader, at: datetime, now: datetime) -> None:
        if at >= FOREVER:
            return
        second = int(at.timestamp())
        known = next((one for one in self._of(reader) if one.what == second), None)
        if known is None:
            self._owe(reader, second, DIGEST, "waiting", at, now)
        elif known.over_at is not None:
            known.state, known.due, known.over_at = "waiting", at, None

    # What is asked for

    def otherwise(self, reader: Reader, feed: int, *, every: bool | None, at_once: bool) -> None:
        """None: every report as the chat has it."""
        reader.every_of.pop(feed, None)
        if every is not None:
            reader.every_of[feed] = every
        (reader.at_once.add if at_once else reader.at_once.discard)(feed)

    def unfollowed(self, reader: Reader, feed: int, now: datetime) -> None:
        reader.follows.discard(feed)
        reader.every_of.pop(feed, None)
        reader.at_once.discard(feed)
        reader.filters.pop(feed, None)
        mine = self._reports(reader, "owed", "gathered", "claimed")
        self._drop((one for one in mine if isinstance(one.what, Report) and one.what.feed == feed), now)

    def muted(self, reader: Reader, story: Story, until: datetime, now: datetime) -> None:
        """In the place of what it had muted of this story."""
        self.heard_again(reader, story)
        reader.mutes.append((story, until))
        self._silence(reader, now)

    def heard_again(self, reader: Reader, story: Story) -> None:
        reader.mutes = [one for one in reader.mutes if one[0].whole() is not story.whole()]

    def merged(self, now: datetime) -> None:
        for reader in self.readers:
            self._silence(reader, now)

    def _silence(self, reader: Reader, now: datetime) -> None:
        """What has not left of muted stories is dropped, with the changes that wait."""
        reports = [one for one in self._reports(reader, "owed", "gathered", "claimed") if reader.spares(one.story, now)]
        changes = [one for one in self._of(reader, "owed", "waiting") if isinstance(one.what, Entry)]
        told = [one for one in changes if isinstance(one.what, Entry) and reader.spares(one.what.story, now)]
        self._drop([*reports, *told], now)

    def hours_set(self, reader: Reader, hours: Timetable, now: datetime) -> None:
        reader.hours = hours
        begins = reader.paused_until if reader.paused(now) and reader.paused_until else now
        if begins < FOREVER:
            opens = opening(hours, begins) or begins
            self._gather_anew(reader, opens, now)
            if begins > now and reader.keeps:
                self._digest_at(reader, opens, now)

    def pause(self, reader: Reader, until: datetime, now: datetime, *, keep: bool) -> None:
        """What has not left is dropped, or kept; so is what was to come meanwhile, if it is old then."""
        kept = reader.keeps and reader.paused(now)
        reader.paused_until, reader.keeps = until, keep
        if keep:
            ends = until if until >= FOREVER else opening(reader.hours, until) or until
            # What was tried and is owed again is on the wire no more.
            waits = [one for one in self._reports(reader, "owed", "claimed") if one.state == "owed" or not one.begun]
            self._gather(waits, ends)
            self._gather_anew(reader, ends, now)
            self._digest_at(reader, ends, now)
        else:
            self._drop(self._reports(reader, "owed", "claimed", *(["gathered"] if kept else [])), now)
            if until < FOREVER:
                self._drop_old(reader, until, now)

    def resumed(self, reader: Reader, now: datetime) -> None:
        reader.paused_until = None
        if not reader.keeps:
            self._drop_old(reader, now, now)
        self._gather_anew(reader, opening(reader.hours, now) or now, now)

    def blocked(self, chat_id: int, now: datetime) -> None:
        """All of it is over, but for digests of later: they may yet be filled."""
        for reader in self.readers:
            if reader.address.chat_id == chat_id:
                reader.blocked = True
                over = self._of(reader, "owed", "waiting", "gathered", "claimed")
                self._drop((one for one in over if one.state != "waiting" or not isinstance(one.what, int)), now)

    def moved(self, reader: Reader, now: datetime) -> None:
        """Its messages are others' where it goes on."""
        self._drop((one for one in self._of(reader) if isinstance(one.what, Entry)), now)
        for one in self._of(reader):
            one.message = None

    def back(self, chat_id: int) -> None:
        for reader in self.readers:
            if reader.address.chat_id == chat_id:
                reader.blocked = False

    def _drop(self, entries: Iterable[Entry], now: datetime) -> None:
        for one in entries:
            one.state, one.over_at, one.head = "dropped", now, None

    def _drop_old(self, reader: Reader, then: datetime, now: datetime) -> None:
        gathered = self._of(reader, "gathered")
        self._drop((one for one in gathered if one.due <= then and one.born < then - A_DAY), now)

    def _gather(self, entries: Iterable[Entry], due: datetime) -> None:
        for one in entries:
            one.state, one.due, one.head = "gathered", due, None

    def _gather_anew(self, reader: Reader, at: datetime, now: datetime) -> None:
        gone = [one for one in self._of(reader, "waiting") if isinstance(one.what, int)]
        self.entries = [one for one in self.entries if one not in gone]
        gathered = self._of(reader, "gathered")
        self._gather(gathered, at)
        if gathered:
            self._digest_at(reader, at, now)

    # What is sent

    def claim(self, now: datetime, until: datetime) -> list[Parcel]:
        """The first that is owed to each chat; some turn out to be nothing to send."""
        self._give_back(lambda one: one.lease is not None and one.lease <= now)
        for one in self.entries:
            if one.state == "waiting" and one.due <= now:
                one.state = "owed"
        parcels = [parcel for one in self._first(now) if (parcel := self._parcel(one, now))]
        for parcel in parcels:
            for one in (parcel.entry, *parcel.carries):
                one.state, one.lease, one.begun, one.claimed_at = "claimed", until, False, now
                one.head = None if one is parcel.entry else parcel.entry
        return parcels

    def _first(self, now: datetime) -> list[Entry]:
        firsts = []
        for reader in self.readers:
            away = reader.paused(now) or (reader.left_alone_until and reader.left_alone_until > now)
            owed = sorted(self._of(reader, "owed"), key=lambda one: (one.urgency, one.number))
            if owed and not away and not self._of(reader, "claimed") and owed[0].due <= now:
                firsts.append(owed[0])
        return sorted(firsts, key=lambda one: (one.urgency, one.number))

    def _parcel(self, entry: Entry, now: datetime) -> Parcel | None:
        if isinstance(entry.what, Report):
            return self._report(entry, entry.what, now)
        if isinstance(entry.what, int):
            return self._digest(entry, now)
        if isinstance(entry.what, Entry):
            lead = entry.what
            if lead.state != "sent" or lead.head is not None:
                self._drop([entry], now)
                return None
            return Parcel(entry, Form.EDIT)
        return Parcel(entry, Form.BROADCAST)

    def _report(self, entry: Entry, report: Report, now: datetime) -> Parcel | None:
        reader, owed = entry.to, self._reports(entry.to, "owed")
        if entry.born < now - A_DAY:
            self._gather([one for one in owed if one.born < now - A_DAY], now)
            self._digest_at(reader, now, now)
            return None
        told = self._told(entry, now)
        if told and not reader.wants_every(entry):
            self._join(entry, told, now)
            if told.head is None and report.feed not in self._named(told, entry, now):
                self._change(told, now)
            return None
        same_feed = [one for one in owed if one is not entry and _feed(one) == report.feed]
        if same_feed and self._lately(entry, now) >= 5:
            return Parcel(entry, Form.LIST, same_feed[:29])
        same_story = [one for one in owed if one is not entry and one.story is entry.story]
        along = [one for one in same_story if not reader.wants_every(one)]
        return Parcel(entry, Form.PUSH, [] if reader.wants_every(entry) else along)

    def _digest(self, entry: Entry, now: datetime) -> Parcel | None:
        """What is gathered by now; of one story a push, of what was pushed already nothing."""
        left = []
        # Who joins doesn't change what the others find.
        due = [one for one in self._of(entry.to, "gathered") if one.due <= now]
        told = {one: self._told(one, now) for one in due}
        for one in due:
            lead = told[one]
            if lead and lead.head is None and not entry.to.wants_every(one):
                self._join(one, lead, now)
            else:
                left.append(one)
        if len({one if entry.to.wants_every(one) else one.story for one in left}) > 1:
            return Parcel(entry, Form.DIGEST, left)
        self._drop([entry], now)
        return Parcel(left[0], Form.PUSH, left[1:]) if left else None

    def _told(self, entry: Entry, now: datetime) -> Entry | None:
        """The newest entry whose message tells of the story, sent within a day: one of its own before a list."""
        sent = self._siblings(entry, now)
        own = [one for one in sent if one.head is None]
        listed = [one.head for one in sent if one.head and one.head.head is one.head]
        return own[-1] if own else (listed[-1] if listed else None)

    def _named(self, told: Entry, entry: Entry, now: datetime) -> set[int]:
        return {_feed(one) for one in self._siblings(entry, now) if one.head in (None, told)}

    def _siblings(self, entry: Entry, now: datetime) -> list[Entry]:
        sent = (one for one in self._reports(entry.to, "sent") if one.story is entry.story and one is not entry)
        return [one for one in sent if one.over_at and one.over_at > now - A_DAY]

    def _lately(self, entry: Entry, now: datetime) -> int:
        sent = (one for one in self._reports(entry.to, "sent") if _feed(one) == _feed(entry) and one.head is None)
        return sum(one.over_at is not None and one.over_at > now - A_MINUTE for one in sent)

    def _join(self, entry: Entry, told: Entry, now: datetime) -> None:
        entry.state, entry.head, entry.over_at = "sent", told, now

    # What came of it

    def begin(self, entry: Entry) -> bool:
        entry.begun = entry.state == "claimed"
        return entry.begun

    def sent(self, parcel: Parcel, message: int, now: datetime) -> None:
        entry = parcel.entry
        if parcel.form is Form.EDIT:
            if entry.state == "claimed":
                again = entry.claimed_at is not None and entry.due > entry.claimed_at
                entry.state, entry.due = ("waiting" if again else "sent"), now + A_MINUTE
                entry.over_at = None if again else now
            return
        own = parcel.form in (Form.LIST, Form.DIGEST)
        for one in (entry, *parcel.carries):
            if one.state != "sent":
                one.state, one.over_at = "sent", now
                one.head = entry if own or one is not entry else None
        entry.message = message
        if isinstance(entry.what, int):
            entry.what = -entry.number
            self._left_over(entry.to, now)

    def again(self, parcel: Parcel, at: datetime) -> None:
        """It was not sent, or nobody knows."""
        if parcel.entry.state == "claimed":
            parcel.entry.state, parcel.entry.due, parcel.entry.head = "owed", at, None
        self._free(parcel)

    def ended(self, parcel: Parcel, state: str, now: datetime, *, alone: bool = False) -> None:
        """It will not be sent; what it carries neither, or by something else (`alone`)."""
        if alone:
            self._free(parcel)
        for one in (parcel.entry, *parcel.carries):
            if one.state == "claimed":
                one.state, one.over_at, one.head = state, now, None
        if parcel.form is Form.DIGEST:
            self._left_over(parcel.entry.to, now)

    def restarted(self) -> None:
        self._give_back(lambda one: True)

    def _left_over(self, reader: Reader, now: datetime) -> None:
        if any(one.due <= now for one in self._of(reader, "gathered")):
            self._digest_at(reader, now, now)

    def _free(self, parcel: Parcel) -> None:
        for one in parcel.carries:
            if one.state == "claimed":
                one.state, one.head = ("gathered" if parcel.form is Form.DIGEST else "owed"), None

    def _give_back(self, which: Callable[[Entry], bool]) -> None:
        for one in self.entries:
            if one.state == "claimed" and which(one):
                of_digest = one.head is not None and isinstance(one.head.what, int)
                one.state, one.head = ("gathered" if of_digest else "owed"), None


def _feed(entry: Entry) -> int:
    assert isinstance(entry.what, Report)
    return entry.what.feed
