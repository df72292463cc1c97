from datetime import timedelta

import pytest

from news.condition import PLAINLY, condition
from news.errors import Problem
from news.notice import Event, event_of
from tests.news.given import NOW, ago, feed


@pytest.mark.parametrize(
    ("failing_since", "event"),
    [
        (None, None),
        (NOW, None),
        (ago(days=6, hours=23), None),
        (ago(days=7), Event.FAILING),
        (ago(days=99), Event.FAILING),
    ],
)
def test_followers_are_told_after_a_week(failing_since: object, event: Event | None) -> None:
    assert event_of(feed(failing_since=failing_since, problem=Problem.TOO_SLOW), now=NOW) is event


def test_followers_are_told_at_once_of_a_feed_that_is_gone() -> None:
    assert event_of(feed(failing_since=NOW, problem=Problem.GONE, stopped=True), now=NOW) is Event.GONE


def test_a_line_of_the_log_says_how_a_feed_is_doing() -> None:
    healthy = feed(succeeded_at=ago(hours=1), next_check_at=NOW + timedelta(hours=1))
    assert condition(healthy) == {
        "feed": "https://outlet.example/rss",
        "id": 1,
        "last_read": "2026-11-24T11:00:00+00:00",
        "next_check": "2026-11-24T13:00:00+00:00",
    }
    ill = condition(feed(problem=Problem.TOO_SLOW, failures=3))
    assert (ill["last_read"], ill["trouble"], ill["failures"]) == ("never", "The server does not answer in time.", 3)
    assert condition(feed(problem=Problem.GONE, stopped=True))["next_check"] == "never"


def test_every_problem_has_a_plain_sentence() -> None:
    assert PLAINLY.keys() == set(Problem)
