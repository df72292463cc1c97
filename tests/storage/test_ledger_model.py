"""The ledger against the reference: whatever happens in whatever order, what is to be sent is what the reference says.

Chats follow, filter, watch, pause, mute, choose hours, are blocked, come back and move; feeds publish and correct;
stories turn out to be one; sends end in every way, processes die, time passes.
"""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from news.article import Correction
from news.chat import Chat
from news.delivery import Delivery, Form, InDoubt, Moved, Refused, Retry, Sent, Unreachable, Void
from news.feed import Feed
from news.hours import AT_ALL_HOURS, FOREVER, Timetable
from news.look import Overrides
from news.parcel import also
from storage.database import open_database
from storage.store import store_on
from tests.postgres import new_database
from tests.storage.given import NOW, Given, article, telegram
from tests.storage.reference import Parcel, Reader, Reference, Report, Story

T = TypeVar("T")
ADDRESSES = (telegram(1), telegram(-2), telegram(-2, topic=5))
FEEDS = 3
ALARM = "alarm"
TIMETABLES = (
    AT_ALL_HOURS,
    Timetable(quiet=(time(22), time(7))),
    Timetable(digest=(time(9), time(18, 30))),
    Timetable(digest=(time(9),), days=frozenset({0})),
    Timetable(digest=(time(9), time(23)), quiet=(time(22), time(7))),
)
SPANS = tuple(timedelta(seconds=seconds) for seconds in (1, 20, 61, 600, 3 * 3600, 9 * 3600, 25 * 3600))

readers = st.integers(0, len(ADDRESSES) - 1)
feeds = st.integers(0, FEEDS - 1)
spans = st.sampled_from(SPANS)
any_of_them = st.integers(0, 99)


class Ledger(RuleBasedStateMachine):
    """The storage and the reference, told the same."""

    def __init__(self, new_url: Callable[[], str]) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._database = self._run(open_database(new_url()))
        self.store = store_on(self._database)
        self.given = Given(self.store)
        self.now = NOW
        self.readers = [Reader(address) for address in ADDRESSES]
        self.reference = Reference(self.readers)
        self.chats: list[Chat] = [self._run(self.given.chat(one.chat_id, one.topic)) for one in ADDRESSES]
        self.feeds: list[Feed] = [self._run(self.given.feed(f"https://{n}.example/")) for n in range(FEEDS)]
        self.reports: list[tuple[int, Report]] = []
        self.stories: list[tuple[int, Story]] = []
        self.in_hand: list[tuple[Delivery, Parcel, datetime]] = []
        self.messages = self.broadcasts = 0
        self.moved_to = -100
        for reader, feed in ((0, 0), (0, 1), (1, 0), (2, 1), (2, 2)):
            self._run(self.store.chats.follow(self.chats[reader].id, self.feeds[feed].id, now=NOW))
            self.readers[reader].follows.add(feed)
        self.filter_(0, 1, alarms=True)
        self.filter_(2, 2, alarms=False)
        self.watch(1, watches=True, everywhere=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)

    def _tick(self) -> datetime:
        """No two things happen at the very same moment."""
        self.now += timedelta(milliseconds=7)
        return self.now

    # News

    @rule(feed=feeds, many=st.sampled_from((1, 1, 1, 2, 8)), known=st.none() | any_of_them, alarm=st.booleans())
    def publish(self, feed: int, many: int, known: int | None, alarm: bool) -> None:
        """Some news at once, the first perhaps of a story that is told already."""
        now, new = self._tick(), []
        for n in range(many):
            story_id, story = self._story(known if n == 0 else None)
            # As the storage numbers its articles.
            number = len(self.reports) + 1
            title = f"News {number}"
            lemmas = ("news", ALARM) if alarm else ("news",)
            changes = {"title": title, "title_lemmas": lemmas, "found_at": now, "published_at": now}
            new.append(article(f"{number}", story_id=story_id, **changes))
            report = Report(feed, title, story)
            self.reports.append((number, report))
            self.reference.published(report, now, alarm=alarm)
        self._run(self.given.published(self.feeds[feed], *new))

    def _story(self, known: int | None) -> tuple[int, Story]:
        if known is None or not self.stories:
            self.stories.append((len(self.stories) + 1, Story()))
            return self.stories[-1]
        return self.stories[-1 - known % min(len(self.stories), 3)]

    @precondition(lambda self: self.reports)
    @rule(which=any_of_them)
    def correct(self, which: int) -> None:
        number, report = self.reports[-1 - which % len(self.reports)]
        now, title = self._tick(), f"{report.title}, corrected"
        feed = self.feeds[report.feed]
        changed = article(f"{number}", title=title, found_at=now)
        self._run(self.store.feeds.save_check(feed, corrections=[Correction(number, changed)]))
        self.reference.corrected(report, title, now)

    @precondition(lambda self: len(self.stories) > 1)
    @rule(one=any_of_them, other=any_of_them)
    def merge(self, one: int, other: int) -> None:
        (source, story), (into, target) = (self.stories[n % len(self.stories)] for n in (one, other))
        if story.into is None and target.into is None and story is not target:
            now = self._tick()
            self._run(self.store.articles.merge_stories([source], into, now=now))
            story.into = target
            self.reference.merged(now)

    @rule()
    def broadcast(self) -> None:
        self.broadcasts += 1
        text, now = f"Broadcast {self.broadcasts}", self._tick()
        self._run(self.store.outbox.owe_broadcast(text, key=text, author=1, now=now))
        self.reference.broadcast(text, now)

    # Chats

    @rule(reader=readers, feed=feeds)
    def follow_or_leave(self, reader: int, feed: int) -> None:
        chat, its_feed, now = self.chats[reader], self.feeds[feed], self._tick()
        if feed in self.readers[reader].follows:
            self._run(self.store.chats.unfollow(chat.id, its_feed.id))
            self.reference.unfollowed(self.readers[reader], feed, now)
        else:
            self._run(self.store.chats.follow(chat.id, its_feed.id, now=now))
            self.readers[reader].follows.add(feed)

    @rule(reader=readers, hours=st.sampled_from(TIMETABLES))
    def set_hours(self, reader: int, hours: Timetable) -> None:
        now = self._tick()
        self._run(self.store.chats.set_hours(self.chats[reader].id, hours, now=now))
        self.reference.hours_set(self.readers[reader], hours, now)

    @rule(reader=readers, span=st.none() | spans, keep=st.booleans())
    def pause(self, reader: int, span: timedelta | None, keep: bool) -> None:
        now = self._tick()
        until = None if span is None else now + span
        self._run(self.store.chats.pause(self.chats[reader].id, until, keep=keep, now=now))
        self.reference.pause(self.readers[reader], until or FOREVER, now, keep=keep)

    @rule(reader=readers)
    def resume(self, reader: int) -> None:
        now = self._tick()
        self._run(self.store.chats.resume(self.chats[reader].id, now=now))
        self.reference.resumed(self.readers[reader], now)

    @rule(reader=readers, urgent=st.booleans(), every=st.booleans())
    def wish(self, reader: int, urgent: bool, every: bool) -> None:
        self._run(self.store.chats.set_urgent(self.chats[reader].id, ALARM if urgent else None))
        self._run(self.store.chats.set_every_report(self.chats[reader].id, every))
        self.readers[reader].urgent, self.readers[reader].every = urgent, every

    @rule(reader=readers, feed=feeds, every=st.none() | st.booleans(), at_once=st.booleans())
    def want_otherwise(self, reader: int, feed: int, every: bool | None, at_once: bool) -> None:
        """A subscription is otherwise than its chat."""
        chat, its_feed, wanted = self.chats[reader], self.feeds[feed], Overrides(every_report=every, at_once=at_once)
        follows = self._run(self.store.chats.set_overrides(chat.id, its_feed.id, wanted))
        assert follows == (feed in self.readers[reader].follows)
        if follows:
            self.reference.otherwise(self.readers[reader], feed, every=every, at_once=at_once)

    @precondition(lambda self: self.stories)
    @rule(reader=readers, which=any_of_them, span=st.none() | spans)
    def mute(self, reader: int, which: int, span: timedelta | None) -> None:
        (number, story), now = self.stories[-1 - which % len(self.stories)], self._tick()
        until = FOREVER if span is None else now + span
        self._run(self.store.chats.mute(self.chats[reader].id, number, title="", until=until, now=now))
        self.reference.muted(self.readers[reader], story, until, now)

    @rule(reader=readers, which=any_of_them)
    def unmute(self, reader: int, which: int) -> None:
        chat, now = self.chats[reader], self._tick()
        if known := self._run(self.store.chats.mutes(chat.id, now=now)):
            mute = known[which % len(known)]
            assert self._run(self.store.chats.unmute(chat.id, mute.id))
            self.reference.heard_again(self.readers[reader], dict(self.stories)[mute.story_id])

    @rule(reader=readers, feed=feeds, alarms=st.none() | st.booleans())
    def filter_(self, reader: int, feed: int, alarms: bool | None) -> None:
        """Of a feed wish for alarms alone, for anything but these, or for all."""
        words = None if alarms is None else ALARM if alarms else f"-{ALARM}"
        there = self._run(self.store.chats.set_filter(self.chats[reader].id, self.feeds[feed].id, words))
        follows, filters = self.readers[reader].follows, self.readers[reader].filters
        assert there == (feed in follows)
        filters.pop(feed, None)
        if there and alarms is not None:
            filters[feed] = alarms

    @rule(reader=readers, watches=st.booleans(), everywhere=st.booleans())
    def watch(self, reader: int, watches: bool, everywhere: bool) -> None:
        chats, chat_id = self.store.chats, self.chats[reader].id
        for one in self._run(chats.watches(chat_id)):
            self._run(chats.unwatch(chat_id, one.id))
        if watches:
            made = self._run(chats.watch(chat_id, ALARM, now=self._tick(), most=9))
            assert made
            self._run(chats.set_everywhere(chat_id, made.id, everywhere))
        self.readers[reader].watches, self.readers[reader].everywhere = watches, everywhere

    @rule(reader=readers)
    def block_or_come_back(self, reader: int) -> None:
        address, now = self.readers[reader].address, self._tick()
        if self.readers[reader].blocked:
            meeting = self.store.chats.meet(address, kind="private", language="uk", timezone="UTC", now=now)
            self._run(meeting)
            self.reference.back(address.chat_id)
        else:
            self._run(self.store.chats.suspend(address, reason="blocked", now=now))
            self.reference.blocked(address.chat_id, now)

    # Time, and the process

    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        self.now += span

    @rule()
    def restart(self) -> None:
        self._run(self.store.outbox.release(now=self._tick()))
        self.reference.restarted()
        self.in_hand.clear()

    # Delivery

    @rule()
    def claim(self) -> None:
        """What may go now is what the reference says, word for word."""
        now = self._tick()
        self.in_hand = [one for one in self.in_hand if one[2] > now]
        until = now + timedelta(seconds=60)
        due = self._run(self.store.outbox.next_due(now=now))
        claimed = self._run(self.store.outbox.claim(now=now, until=until, limit=100))
        parcels = self.reference.claim(now, until)
        by_address = {parcel.entry.to.address: parcel for parcel in parcels}
        assert {one.chat.address: shown(one) for one in claimed} == {
            address: self._wanted(parcel) for address, parcel in by_address.items()
        }
        assert not claimed or (due is not None and due <= now)
        self.in_hand += [(one, by_address[one.chat.address], until) for one in claimed]

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them)
    def send(self, which: int) -> None:
        self._finish(which, self._accept)

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them, span=spans, whole_chat=st.booleans())
    def retry(self, which: int, span: timedelta, whole_chat: bool) -> None:
        def end(delivery: Delivery, parcel: Parcel) -> None:
            at = self.now + span
            self._settle(delivery, Retry(at, "flood", whole_chat))
            self.reference.again(parcel, at)
            for reader in self.readers:
                if whole_chat and reader.address.chat_id == delivery.chat.address.chat_id:
                    reader.left_alone_until = at

        self._finish(which, end)

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them, span=spans)
    def doubt(self, which: int, span: timedelta) -> None:
        def end(delivery: Delivery, parcel: Parcel) -> None:
            self._settle(delivery, InDoubt(self.now + span, "cut"))
            self.reference.again(parcel, self.now + span)

        self._finish(which, end)

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them)
    def refuse(self, which: int) -> None:
        def end(delivery: Delivery, parcel: Parcel) -> None:
            self._settle(delivery, Refused("too long"))
            self.reference.ended(parcel, "parked", self.now)

        self._finish(which, end)

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them)
    def find_blocked(self, which: int) -> None:
        def end(delivery: Delivery, parcel: Parcel) -> None:
            self._settle(delivery, Unreachable("blocked"))
            self.reference.ended(parcel, "dropped", self.now)
            self.reference.blocked(delivery.chat.address.chat_id, self.now)

        self._finish(which, end)

    @precondition(lambda self: self.in_hand)
    @rule(which=any_of_them)
    def find_moved(self, which: int) -> None:
        def end(delivery: Delivery, parcel: Parcel) -> None:
            self.moved_to -= 1
            source = delivery.chat.address.chat_id
            self._settle(delivery, Moved(telegram(self.moved_to)))
            self.reference.again(parcel, self.now)
            for reader in self.readers:
                if reader.address.chat_id == source:
                    reader.address = replace(reader.address, chat_id=self.moved_to)
                    reader.left_alone_until, reader.blocked = None, False
                    self.reference.moved(reader, self.now)

        self._finish(which, end)

    def _finish(self, which: int, end: Callable[[Delivery, Parcel], None]) -> None:
        """Begin one, and end it so; what isn't wanted any more is let go."""
        delivery, parcel, _ = self.in_hand.pop(which % len(self.in_hand))
        begun = self._run(self.store.outbox.begin(delivery, now=self._tick()))
        assert begun == self.reference.begin(parcel.entry)
        self._tick()
        if begun:
            end(delivery, parcel)
        else:
            self._settle(delivery, Void("not wanted"))
            self.reference.ended(parcel, "dropped", self.now, alone=True)

    def _accept(self, delivery: Delivery, parcel: Parcel) -> None:
        self.messages += 1
        number = delivery.message_id or self.messages
        self._settle(delivery, Sent(number))
        self.reference.sent(parcel, number, self.now)

    def _settle(self, delivery: Delivery, outcome: Any) -> None:
        self._run(self.store.outbox.settle(delivery, outcome, now=self.now))

    # What is compared

    def _wanted(self, parcel: Parcel) -> tuple[object, ...]:
        what, titles = parcel.entry.what, [_report(one.what).title for one in parcel.carries]
        match parcel.form:
            case Form.PUSH:
                return parcel.form, _report(what).title, self._also(_report(what), parcel.carries)
            case Form.LIST:
                return parcel.form, _report(what).title, *titles
            case Form.DIGEST:
                return parcel.form, *titles
            case Form.EDIT:
                lead = parcel.entry.what
                others = [one for one in self.reference.entries if one.head is lead]
                report = _report(lead.what)  # type: ignore[union-attr]
                return parcel.form, report.title, self._also(report, others), lead.message  # type: ignore[union-attr]
        return parcel.form, what

    def _also(self, report: Report, others: Any) -> tuple[str, ...]:
        return also(self.feeds[report.feed].title, [self.feeds[_report(one.what).feed].title for one in others])

    def teardown(self) -> None:
        """In the end, with everybody there and awake, all that was owed is over on both sides."""
        try:
            self._let_all_arrive()
        finally:
            self._run(self._database.close())
            self._loop.close()

    def _let_all_arrive(self) -> None:
        for number in range(len(self.readers)):
            self.resume(number)
            self.set_hours(number, AT_ALL_HOURS)
        for _ in range(len(self.reference.entries) + 3):
            while self.in_hand:
                self.send(0)
            # Beyond whatever a retry waits for.
            self.now += 2 * SPANS[-1] if not self._nothing_open() else timedelta(0)
            self.claim()
        assert self._nothing_open()
        assert self._run(self.store.keeper.overview(now=self.now)).owed == 0

    def _nothing_open(self) -> bool:
        return all(one.state in ("sent", "dropped", "parked") for one in self.reference.entries)


def shown(delivery: Delivery) -> tuple[object, ...]:
    """What of a delivery a reader sees."""
    match delivery.form:
        case Form.PUSH:
            assert delivery.article
            return delivery.form, delivery.article.title, delivery.also
        case Form.EDIT:
            assert delivery.article
            return delivery.form, delivery.article.title, delivery.also, delivery.message_id
        case Form.LIST | Form.DIGEST:
            return delivery.form, *(one.title for one in delivery.articles)
    return delivery.form, delivery.text


def _report(what: object) -> Report:
    assert isinstance(what, Report)
    return what


@pytest.fixture
def new_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Gives the address of a new database with all tables, and nothing in them."""
    if engine == "postgresql":
        template = request.getfixturevalue("template")
        return partial(new_database, request.getfixturevalue("server"), template=template)
    file: Path = request.getfixturevalue("template_file")

    def copied() -> str:
        return f"sqlite+aiosqlite:///{shutil.copy(file, tmp_path / 'visnyk.db')}"

    return copied


def run(new_url: Callable[[], str], *, examples: int, steps: int) -> None:
    """So many histories of so many steps each."""
    checks = list(HealthCheck)
    plan = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=checks, database=None)
    run_state_machine_as_test(cast(type[RuleBasedStateMachine], partial(Ledger, new_url)), settings=plan)


# Where it fails, the shortest history is looked for, which takes its time.
@pytest.mark.timeout(900)
def test_what_is_sent_is_what_is_owed(new_url: Callable[[], str], engine: str) -> None:
    run(new_url, examples=30 if engine == "sqlite" else 6, steps=40)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_what_is_sent_is_what_is_owed_in_many_long_histories(new_url: Callable[[], str], engine: str) -> None:
    run(new_url, examples=1500 if engine == "sqlite" else 200, steps=80)


def test_what_was_tried_in_vain_before_a_pause_is_kept_by_it(new_url: Callable[[], str]) -> None:
    """A history that the long test found, cut down."""
    ledger = Ledger(new_url)
    ledger.publish(feed=1, many=2, known=None, alarm=False)
    ledger.claim()
    ledger.retry(which=0, span=SPANS[0], whole_chat=False)
    ledger.pause(reader=0, span=None, keep=True)
    ledger.teardown()
