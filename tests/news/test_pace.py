from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.feed import Feed
from news.habits import Habits, learn
from news.pace import Bounds, after_failure, after_success, wait
from tests.news.given import NOW, ago, feed

BOUNDS = Bounds(shortest=100, longest=10_000)
WIDE = Bounds(shortest=1, longest=1e9)
DAY = timedelta(days=1)
WAKING = range(8, 20)
seconds = st.floats(min_value=1, max_value=1e6)


def every(minutes: float, *, days: float = 20) -> Habits:
    """The habits of a feed that published at this interval, until now."""
    step = timedelta(minutes=minutes)
    return learn(None, [NOW - step * number for number in range(int(days * DAY / step))], now=NOW)


def asked(known: Feed, bounds: Bounds = BOUNDS, *, fresh_for: float | None = None) -> float:
    return (after_success(known, bounds, now=NOW, fresh_for=fresh_for) - NOW).total_seconds()


def asked_after(failures: int, retry_after: float | None = None, *, bounds: Bounds = BOUNDS) -> float:
    moment = after_failure(feed(failures=failures), bounds, now=NOW, retry_after=retry_after)
    return (moment - NOW).total_seconds()


def test_a_feed_with_an_article_an_hour_is_asked_about_every_ten_minutes() -> None:
    plain = Habits(NOW - DAY, span=1e6, hours=(1e6 / 3600 / 24,) * 24, days=(1e6 / 3600 / 7,) * 7)
    assert wait(plain, now=NOW - DAY, longest=1e9) == pytest.approx(600, rel=0.05)


@given(st.floats(min_value=1, max_value=20_000), st.floats(min_value=1.1, max_value=100))
def test_a_feed_with_more_articles_never_waits_longer(articles: float, more: float) -> None:
    def waits(total: float) -> float:
        return wait(Habits(NOW, span=1e6, hours=(total / 24,) * 24, days=(total / 7,) * 7), now=NOW, longest=1e9)

    assert waits(articles * more) <= waits(articles)


def test_the_longer_nothing_comes_the_longer_the_wait() -> None:
    habits = every(600)
    waits = [wait(habits, now=NOW + DAY * days, longest=1e9) for days in (1, 10, 40, 160)]
    assert waits == sorted(waits)
    assert waits[-1] > 2 * waits[0]


def test_a_quiet_night_is_slept_through_and_the_morning_is_not() -> None:
    midnight = NOW.replace(hour=0)
    busy = [
        midnight - timedelta(days=day, hours=-hour, minutes=-19 * hour % 60) for day in range(28) for hour in WAKING
    ]
    habits = learn(None, busy, now=midnight)
    at_night = [wait(habits, now=midnight + timedelta(hours=hour), longest=1e9) for hour in (1, 7)]
    by_day = wait(habits, now=midnight + timedelta(hours=10), longest=1e9)
    assert at_night[0] > 2 * by_day
    assert at_night[1] < 3600 + by_day


def test_a_weekly_column_is_awaited_at_its_hour() -> None:
    habits = learn(None, [NOW - 7 * DAY * week for week in range(8)], now=NOW)
    at_the_hour = wait(habits, now=NOW + 7 * DAY, longest=1e9)
    the_day_before = wait(habits, now=NOW + 5.5 * DAY, longest=1e9)
    assert the_day_before > 5 * at_the_hour


def test_within_a_burst_more_is_expected_than_after_it() -> None:
    bursts = [NOW - DAY * 1.37 * day - timedelta(minutes=5 * number) for day in range(20) for number in range(12)]
    habits = learn(None, bursts, now=NOW)
    within = wait(habits, now=NOW + timedelta(minutes=3), longest=1e9)
    assert wait(habits, now=NOW + timedelta(hours=5), longest=1e9) > 2 * within


def test_the_wait_stays_within_the_bounds() -> None:
    assert 100 <= asked(feed(habits=every(1, days=1))) <= 105
    assert 9500 <= asked(feed(habits=Habits(ago(days=4000), span=1e6))) <= 10_000


@given(seconds, seconds, st.integers(0, 10_000), st.one_of(st.none(), st.floats(0, 1e12)), st.floats(0, 1e12))
def test_no_wish_leads_out_of_the_bounds(
    shortest: float, more: float, id_: int, ttl: float | None, fresh_for: float
) -> None:
    bounds = Bounds(shortest, shortest + more)
    asked_in = asked(feed(id=id_, ttl=ttl), bounds, fresh_for=fresh_for)
    assert shortest - 1e-5 <= asked_in <= shortest + more + 1e-5


def test_bounds_may_be_a_second_and_the_same() -> None:
    assert asked(feed(), Bounds(1, 1)) == 1


def test_the_publishers_wish_is_kept_within_the_bounds() -> None:
    quick = feed(habits=every(1, days=1))
    assert 500 <= asked(replace(quick, ttl=500.0)) <= 525
    assert 500 <= asked(quick, fresh_for=500.0) <= 525
    assert 9500 <= asked(quick, fresh_for=1e12) <= 10_000


def test_feeds_that_were_asked_together_are_not_asked_together_again() -> None:
    waits = [asked(feed(id=number, ttl=2000.0)) for number in range(1000)]
    assert 2000 <= min(waits) < 2010 < 2090 < max(waits) <= 2100
    assert len({round(wait) for wait in waits}) > 40


def test_the_same_check_is_followed_by_the_same_wait() -> None:
    assert asked(feed()) == asked(feed())


def test_each_failure_doubles_the_wait_up_to_a_cap_above_the_bounds() -> None:
    for failures, least in enumerate((200, 400, 800, 1600)):
        assert least <= asked_after(failures) <= least * 1.05
    assert 21_600 <= asked_after(1_000_000) <= 21_900
    assert 86_400 <= asked_after(30, bounds=Bounds(100, 86_400)) <= 86_700


def test_retry_after_goes_above_every_bound_but_not_below_the_back_off() -> None:
    assert 500_000 <= asked_after(0, 500_000) <= 500_300
    assert 800 <= asked_after(2, 1) <= 840


def skipped(hours: Collection[int] = (), days: Collection[int] = ()) -> datetime:
    wishing = feed(skip_hours=frozenset(hours), skip_days=frozenset(days))
    return after_success(wishing, BOUNDS, now=NOW, fresh_for=None)


def test_skipped_hours_and_days_are_jumped_over() -> None:
    # NOW is a Tuesday, 12:00.
    def hours_ahead(moment: datetime) -> float:
        return (moment - NOW) / timedelta(hours=1)

    assert 0 < hours_ahead(skipped()) < 1
    assert 2 <= hours_ahead(skipped({12, 13})) < 2.1
    assert 13 <= hours_ahead(skipped({0}, {1})) < 13.1
    assert 1 <= hours_ahead(skipped({12}, {5, 6})) < 1.1


def test_failures_keep_skipped_hours_too() -> None:
    wishing = feed(skip_hours=frozenset([12]))
    assert after_failure(wishing, BOUNDS, now=NOW, retry_after=None).hour == 13


def test_who_skips_the_whole_week_is_not_obeyed() -> None:
    assert skipped(range(24)) == skipped()
    assert skipped(days=range(7)) == skipped()


@given(st.frozensets(st.integers(0, 23), max_size=23), st.frozensets(st.integers(0, 6), max_size=6), st.integers(0, 99))
def test_what_may_be_skipped_is_skipped_and_nothing_more(hours: frozenset[int], days: frozenset[int], id_: int) -> None:
    wishing = feed(id=id_, skip_hours=hours, skip_days=days)
    moment = after_success(wishing, BOUNDS, now=NOW, fresh_for=None)
    assert moment.hour not in hours
    assert moment.weekday() not in days
    assert moment - NOW <= timedelta(days=7, seconds=BOUNDS.longest + 300)
