from dataclasses import replace
from datetime import timedelta

import pytest

from news.errors import Problem
from news.feed import Feed
from news.habits import learn
from news.state import State, state_of
from tests.news.given import NOW

READ = Feed(1, "https://a.example/", "A", NOW, succeeded_at=NOW)
HOURLY = learn(None, [NOW - timedelta(hours=hour) for hour in range(24 * 14)], now=NOW)
MONTHLY = learn(None, [NOW - timedelta(days=30 * month) for month in range(12)], now=NOW)


def ago(days: float) -> State:
    """A feed whose habits nobody knows, with something new so many days ago."""
    return state_of(READ, NOW - timedelta(days=days), now=NOW)


def test_without_habits_ten_days_are_a_long_silence() -> None:
    assert [ago(days) for days in (0, 9, 11)] == [State.FRESH, State.FRESH, State.QUIET]


@pytest.mark.parametrize(
    ("days", "hourly", "monthly"),
    [(1, State.FRESH, State.FRESH), (3, State.QUIET, State.FRESH), (61, State.QUIET, State.QUIET)],
)
def test_a_silence_is_long_by_what_is_usual(days: float, hourly: State, monthly: State) -> None:
    now = NOW + timedelta(days=days)
    assert state_of(replace(READ, habits=HOURLY), NOW, now=now) is hourly
    assert state_of(replace(READ, habits=MONTHLY), NOW, now=now) is monthly


def test_trouble_goes_first_and_what_was_never_read_is_neither_fresh_nor_quiet() -> None:
    assert state_of(replace(READ, problem=Problem.GONE), None, now=NOW) is State.FAILING
    assert state_of(replace(READ, succeeded_at=None), None, now=NOW) is State.UNREAD
    assert state_of(READ, None, now=NOW) is State.FRESH
