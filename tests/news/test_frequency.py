from datetime import timedelta

import pytest

from news.frequency import articles_a_day
from tests.news.given import NOW


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([1, 2, 3, 4], 1.0),
        ([0, 1 / 4, 1 / 2], 6.0),
        ([10, 20, 30], 0.1),
        ([0, 0, 0], 72.0),  # all at once: within an hour, as far as one can tell
        ([1, 2, 3, -5, 400], 1.0),
    ],
)
def test_articles_are_counted_from_the_first_until_now(ages: list[float], expected: float) -> None:
    assert articles_a_day([NOW - timedelta(days=age) for age in ages], now=NOW) == pytest.approx(expected)


@pytest.mark.parametrize("ages", [[], [1], [1, 2], [-1, -2, -3], [100, 200, 300]])
def test_too_few_tell_nothing(ages: list[float]) -> None:
    assert articles_a_day([NOW - timedelta(days=age) for age in ages] + [None] * 5, now=NOW) is None
