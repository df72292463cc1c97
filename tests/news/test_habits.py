from datetime import UTC, datetime, timedelta
from itertools import islice
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.gaps import CLASSES, class_of, clumping, until_next_class, usual_silence
from news.habits import MEMORY, MOST_UNDATED, Habits, appearances, learn, mean_rate, outlook, week
from news.pulse import WEEK, Pulse, pulse_of
from tests.news.given import NOW, ago

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
recent = st.floats(min_value=-1e5, max_value=5e6).map(lambda seconds: ago(seconds=seconds))
habits = st.builds(lambda dates, now: learn(None, dates, now=now), st.lists(recent, max_size=60), st.just(NOW))


def rates(pulse: Pulse) -> list[float]:
    """How busy each hour of a week is."""
    return [pulse.rate(hour * 3600.0) for hour in range(168)]


def numbers(of: Habits) -> tuple[float, ...]:
    return (of.span, *of.days, *of.hours, *of.gaps)


@given(st.lists(st.one_of(moments, recent), max_size=60), st.lists(moments, max_size=5), moments)
def test_whatever_the_dates_and_the_clock_what_is_learnt_is_sound(
    first: list[datetime], then: list[datetime], now: datetime
) -> None:
    learnt = learn(learn(None, first, now=NOW), then, now=now)
    assert all(isfinite(number) and number >= 0 for number in numbers(learnt))
    assert learnt.at <= now
    assert learnt.span <= MEMORY * 1.000001
    assert sum(learnt.days) == pytest.approx(sum(learnt.hours))
    for seconds, rate in islice(outlook(learnt, now), 50):
        assert 1 <= seconds <= 3600.001
        assert 0 < rate < 1e4


@given(habits)
def test_a_week_is_busy_by_one_on_average(known: Habits) -> None:
    pulse = week(known)
    assert sum(rates(pulse)) == pytest.approx(168)
    assert min(rates(pulse)) > 0
    assert pulse.between(NOW, NOW + 7 * DAY) == pytest.approx(WEEK)


@given(habits, recent, st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_feeds_clock_goes_forward_and_adds_up(known: Habits, start: datetime, one: float, two: float) -> None:
    pulse, middle = week(known), start + timedelta(seconds=one)
    end = middle + timedelta(seconds=two)
    assert pulse.between(start, middle) >= 0
    assert pulse.between(start, middle) + pulse.between(middle, end) == pytest.approx(
        pulse.between(start, end), abs=1e-3
    )


def test_the_rate_is_that_of_the_articles_and_sinks_in_silence() -> None:
    known = learn(None, [NOW - HOUR * number for number in range(1, 500)], now=NOW)
    assert mean_rate(known, NOW) * 3600 == pytest.approx(1, rel=0.02)
    assert mean_rate(known, NOW + 60 * DAY) < mean_rate(known, NOW + 20 * DAY) < mean_rate(known, NOW)


def test_few_articles_at_odd_hours_make_no_rhythm() -> None:
    known = learn(None, [ago(days=number * 5, hours=number * 7) for number in range(5)], now=NOW)
    assert set(rates(week(known))) == {1.0}


def test_a_burst_makes_no_rhythm_but_the_same_hour_every_day_does() -> None:
    bursts = [ago(days=day * 3.7, minutes=4 * number) for day in range(6) for number in range(12)]
    assert max(rates(week(learn(None, bursts, now=NOW)))) < 6
    daily = [ago(days=day) for day in range(28)]
    assert max(rates(week(learn(None, daily, now=NOW)))) > 10


def test_new_habits_replace_old_ones_within_weeks() -> None:
    nightly = learn(None, [ago(days=day, hours=10) for day in range(60, 200)], now=ago(days=60))
    known = learn(nightly, [ago(days=day) for day in range(60)], now=NOW)
    assert known.hours[12] > 3 * known.hours[2]


def test_five_hundred_at_once_are_one() -> None:
    known = learn(learn(None, [], now=ago(days=1)), [ago(hours=1)] * 500, now=NOW)
    assert sum(known.hours) == 1


def test_what_is_known_is_not_counted_again() -> None:
    dates = [ago(hours=number) for number in range(5)]
    known = learn(None, dates, now=NOW)
    assert learn(known, dates, now=NOW) == known


def test_a_clock_that_was_ahead_is_put_right() -> None:
    ahead = learn(None, [], now=NOW + 400 * DAY)
    assert learn(ahead, [], now=NOW).at == NOW


def test_dates_between_two_checks_are_believed_and_others_spread_evenly() -> None:
    since, believed = ago(hours=4), ago(hours=1)
    found = appearances([believed, None, NOW + DAY, ago(hours=9)], since=since, now=NOW)
    assert found[0] == believed
    assert [(moment - since) / HOUR for moment in found[1:]] == pytest.approx([4 / 6, 2, 20 / 6])


def test_at_first_contact_dates_are_all_there_is() -> None:
    assert appearances([ago(days=9), None, NOW + DAY], since=None, now=NOW) == (ago(days=9),)


def test_a_feed_that_renames_everything_seems_to_publish_no_more_than_a_few() -> None:
    assert len(appearances([None] * 500, since=ago(hours=6), now=NOW)) == MOST_UNDATED


def test_after_a_clock_went_back_nothing_is_told() -> None:
    assert appearances([None, NOW], since=NOW + HOUR, now=NOW) == ()


@given(st.lists(st.one_of(st.none(), moments), max_size=30), st.one_of(st.none(), moments))
def test_nothing_appears_outside_of_the_two_checks(dates: list[datetime | None], since: datetime | None) -> None:
    for moment in appearances(dates, since=since, now=NOW):
        assert moment <= NOW
        assert since is None or since < moment


@given(st.floats(0, 1e10))
def test_classes_of_gaps_follow_one_another(seconds: float) -> None:
    assert 0 <= class_of(seconds) < CLASSES
    assert until_next_class(seconds) > 0


def test_even_articles_do_not_clump_and_bursts_do() -> None:
    assert clumping(learn(None, [NOW - HOUR * number for number in range(200)], now=NOW).gaps) == 1
    bursts = [ago(days=1.37 * day, minutes=4 * number) for day in range(20) for number in range(12)]
    assert clumping(learn(None, bursts, now=NOW).gaps) > 4


def test_an_independent_feed_has_usually_been_silent_for_its_mean_gap() -> None:
    assert usual_silence((0.0,) * CLASSES, 1 / 3600) == pytest.approx(3600)


def test_nothing_known_is_an_even_week() -> None:
    assert set(rates(pulse_of((0.0,) * 7, (0.0,) * 24, 1.0))) == {1.0}
