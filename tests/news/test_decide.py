from datetime import UTC, datetime, timedelta

import pytest

from news.article import Known, Renamed
from news.decide import Changed, Decision, decide_update, feed_after_failure, feed_after_success
from news.errors import Denied, Gone, Problem, TooManyRequests
from news.feed import Entry, Feed, ParsedFeed, Validators
from news.fetch import Fetched, NotModified
from news.habits import learn
from news.identity import entry_keys, fingerprint
from news.pace import Bounds
from news.worth import Tried, Worth
from tests.news.given import NOW, ago, entry, feed, parsed

BOUNDS = Bounds(shortest=100, longest=10_000)


def decide(body: ParsedFeed, *seen: Entry, of: Feed | None = None) -> Decision:
    """What a body means to a feed that has seen these entries, saved as articles 1, 2, …"""
    known = {
        key: Known(number, fingerprint(one))
        for number, (one, keys) in enumerate(zip(seen, entry_keys(seen), strict=True), start=1)
        for key in keys
    }
    return decide_update(of or feed(), body, known, now=NOW)


def answer(moved_to: str | None = None) -> Fetched:
    return Fetched("https://outlet.example/rss", b"", None, Validators("new"), moved_to)


def succeed(before: Feed, got: Fetched | NotModified, body: ParsedFeed | None = None) -> Feed:
    new = decide(body, of=before).new if body else ()
    return feed_after_success(before, got, body, new=new, bounds=BOUNDS, now=NOW)


def test_a_new_entry_is_owed() -> None:
    [fresh] = decide(parsed(entry("one"))).new
    assert fresh.owed
    assert fresh.published == ago(minutes=1)


def test_a_seen_entry_is_nothing() -> None:
    assert decide(parsed(entry("one")), entry("one")) == Decision()


@pytest.mark.parametrize(
    "changes", [{"published": ago(hours=5)}, {"link": "https://www.outlet.example/one?utm_source=rss"}]
)
def test_a_new_date_and_spelling_of_a_seen_entry_are_nothing(changes: dict[str, object]) -> None:
    assert decide(parsed(entry("one", **changes)), entry("one")) == Decision()


@pytest.mark.parametrize("changes", [{"link": "https://outlet.example/elsewhere"}, {"guid": "changed"}])
def test_a_seen_entry_with_a_new_name_is_known_by_it_from_then_on(changes: dict[str, object]) -> None:
    renamed = entry("one", **changes)
    decision = decide(parsed(renamed), entry("one"))
    assert decision == Decision(renamed=(Renamed(1, entry_keys([renamed])[0]),))


def test_a_corrected_title_is_a_change_and_not_new() -> None:
    decision = decide(parsed(entry("one", title="Corrected")), entry("one"))
    assert decision.new == ()
    [change] = decision.changed
    assert isinstance(change, Changed)
    assert (change.article_id, change.entry.entry.title) == (1, "Corrected")


def test_a_tombstone_stays_dead() -> None:
    known = {key: Known(None, "") for key in entry_keys([entry("one")])[0]}
    body = parsed(entry("one", title="Corrected"))
    assert decide_update(feed(), body, known, now=NOW) == Decision()


def test_a_tombstone_with_a_new_name_stays_dead_under_it() -> None:
    known = {key: Known(None, "") for key in entry_keys([entry("one")])[0]}
    moved = entry("one", link="https://outlet.example/elsewhere")
    assert decide_update(feed(), parsed(moved), known, now=NOW).renamed == (Renamed(None, entry_keys([moved])[0]),)


@pytest.mark.parametrize(
    ("gone_at", "told"), [(None, False), (ago(days=29), False), (ago(days=30), True), (ago(days=900), True)]
)
def test_a_tombstone_that_the_feed_still_shows_is_told_of_once_a_month(gone_at: datetime | None, told: bool) -> None:
    [keys] = entry_keys([entry("one")])
    decision = decide_update(feed(), parsed(entry("one")), dict.fromkeys(keys, Known(None, "", gone_at)), now=NOW)
    assert decision == Decision(shown=keys if told else ())


def test_first_contact_owes_nothing() -> None:
    decision = decide(parsed(entry("one"), entry("two")), of=feed(contacted_at=None))
    assert [fresh.owed for fresh in decision.new] == [False, False]


@pytest.mark.parametrize(
    ("published", "owed"), [(ago(days=3, seconds=1), False), (ago(days=3), True), (None, True), (ago(days=-9), True)]
)
def test_an_entry_more_than_three_days_old_is_not_owed(published: object, owed: bool) -> None:
    [fresh] = decide(parsed(entry("one", published=published))).new
    assert fresh.owed is owed


@pytest.mark.parametrize("published", [None, NOW + timedelta(days=400)])
def test_no_date_and_one_in_the_future_count_as_now(published: object) -> None:
    [fresh] = decide(parsed(entry("one", published=published))).new
    assert fresh.published == NOW


def test_the_oldest_comes_first_and_among_equals_the_lower_in_the_feed() -> None:
    body = parsed(
        entry("newest", published=None),
        entry("upper", published=ago(hours=1)),
        entry("lower", published=ago(hours=1)),
        entry("oldest", published=ago(hours=2)),
    )
    assert [fresh.entry.guid for fresh in decide(body).new] == ["oldest", "lower", "upper", "newest"]


def test_a_good_answer_ends_all_trouble() -> None:
    ill = feed(failures=3, problem=Problem.GONE, failing_since=ago(hours=1), stopped=True)
    healthy = succeed(ill, answer(), parsed(title="Renamed"))
    assert (healthy.failures, healthy.problem, healthy.failing_since, healthy.stopped) == (0, None, None, False)
    assert (healthy.title, healthy.validators) == ("Renamed", Validators("new"))
    assert healthy.checked_at == healthy.succeeded_at == NOW


def test_not_modified_keeps_what_is_known() -> None:
    before = feed(validators=Validators("old"))
    after = succeed(before, NotModified())
    assert (after.validators, after.title, after.url) == (Validators("old"), before.title, before.url)


def test_first_contact_is_noted_once() -> None:
    assert succeed(feed(contacted_at=None), answer(), parsed()).contacted_at == NOW
    assert succeed(feed(), answer(), parsed()).contacted_at == ago(days=1)


def test_a_feed_without_a_name_keeps_its_old_one() -> None:
    assert succeed(feed(), answer(), parsed(title="", link=None)).title == "Outlet"


def test_a_move_is_adopted_when_it_was_seen_twice_in_a_row() -> None:
    there = "https://new.example/rss"
    once = succeed(feed(), answer(moved_to=there), parsed())
    assert (once.url, once.moved_to) == (feed().url, there)
    twice = succeed(once, answer(moved_to=there), parsed())
    assert (twice.url, twice.moved_to) == (there, None)


@pytest.mark.parametrize("between", [answer(), answer(moved_to="https://third.example/rss")])
def test_a_move_in_doubt_is_not_adopted(between: Fetched) -> None:
    there = "https://new.example/rss"
    feeds = succeed(succeed(feed(), answer(moved_to=there), parsed()), between, parsed())
    assert succeed(feeds, answer(moved_to=there), parsed()).url == feed().url


def test_a_failure_between_makes_a_move_doubtful() -> None:
    moving = feed(moved_to="https://new.example/rss")
    assert feed_after_failure(moving, Denied(), bounds=BOUNDS, now=NOW).moved_to is None


def test_failures_are_counted_from_the_first() -> None:
    once = feed_after_failure(feed(), Denied(), bounds=BOUNDS, now=ago(hours=1))
    twice = feed_after_failure(once, TooManyRequests(), bounds=BOUNDS, now=NOW)
    assert (twice.failures, twice.problem, twice.failing_since) == (2, Problem.TOO_MANY_REQUESTS, ago(hours=1))
    assert not twice.stopped


def test_a_feed_that_is_gone_is_stopped() -> None:
    assert feed_after_failure(feed(), Gone(), bounds=BOUNDS, now=NOW).stopped


def test_news_quickens_the_pace() -> None:
    quiet = feed(habits=learn(None, [ago(days=2), ago(days=1)], now=ago(days=1)), succeeded_at=ago(hours=1))
    found = parsed(*(entry(str(number), published=ago(minutes=5 * number)) for number in range(1, 6)))
    assert succeed(quiet, answer(), parsed()).next_check_at > succeed(quiet, answer(), found).next_check_at


def test_old_entries_that_turn_up_teach_nothing_but_at_first_contact() -> None:
    archive = parsed(*(entry(str(number), published=ago(days=4 + number)) for number in range(9)))
    quiet = feed(habits=learn(None, [], now=ago(days=1)), succeeded_at=ago(hours=1))
    assert succeed(quiet, answer(), archive).habits == quiet.habits
    first = succeed(feed(contacted_at=None), answer(), archive).habits
    assert first is not None
    assert first.at == ago(days=4)


def test_a_zero_time_teaches_nothing() -> None:
    zero = parsed(entry("one", published=datetime(1970, 1, 1, tzinfo=UTC)))
    learnt = succeed(feed(contacted_at=None), answer(), zero).habits
    assert learnt is not None
    assert learnt.at == NOW


def test_the_publishers_wishes_are_those_of_the_last_body() -> None:
    wishing = parsed(ttl=60.0, skip_hours=frozenset([3]), skip_days=frozenset([6]))
    told = succeed(feed(), answer(), wishing)
    kept = succeed(told, NotModified())
    for after in (told, kept):
        assert (after.ttl, *after.skip_hours, *after.skip_days) == (60.0, 3, 6)
    assert succeed(told, answer(), parsed()).skip_hours == frozenset()


def test_what_pages_gave_is_learnt_with_a_good_answer_and_outlives_trouble() -> None:
    tried = [Tried(gave=True), Tried(gave=False)]
    good = feed_after_success(feed(), answer(), parsed(), new=(), pages=tried, bounds=BOUNDS, now=NOW)
    assert good.page_worth == Worth((True, False))
    assert feed_after_success(good, NotModified(), None, new=(), bounds=BOUNDS, now=NOW).page_worth == good.page_worth
    assert feed_after_failure(good, Denied(), bounds=BOUNDS, now=NOW).page_worth == good.page_worth
