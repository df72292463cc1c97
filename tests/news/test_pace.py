from itertools import pairwise

import pytest

from news.pace import Bounds, after_failure, after_success
from tests.news.given import NOW, ago, feed

BOUNDS = Bounds(shortest=100, longest=10_000)


def wait(silence: float = 0, *, ttl: float | None = None, fresh_for: float | None = None) -> float:
    moment = after_success(ago(seconds=silence), BOUNDS, now=NOW, ttl=ttl, fresh_for=fresh_for)
    return (moment - NOW).total_seconds()


def wait_after(failures: int, retry_after: float | None = None) -> float:
    moment = after_failure(feed(failures=failures), BOUNDS, now=NOW, retry_after=retry_after)
    return (moment - NOW).total_seconds()


def test_the_longer_the_silence_the_longer_the_wait() -> None:
    waits = [wait(silence) for silence in (2_000, 4_000, 20_000, 50_000)]
    assert all(shorter < longer for shorter, longer in pairwise(waits))


def test_the_wait_stays_within_the_bounds() -> None:
    assert wait(0) == 100
    assert wait(10_000_000) == 10_000
    assert wait(-3600) == 100


@pytest.mark.parametrize("wish", ["ttl", "fresh_for"])
def test_the_publishers_wish_is_kept_within_the_bounds(wish: str) -> None:
    assert wait(**{wish: 500.0}) == 500
    assert wait(**{wish: 1.0}) == 100
    assert wait(**{wish: 1e12}) == 10_000


def test_each_failure_doubles_the_wait_up_to_the_longest() -> None:
    assert [wait_after(failures) for failures in range(4)] == [200, 400, 800, 1600]
    assert wait_after(1_000_000) == 10_000


def test_retry_after_goes_above_the_longest_but_not_below_the_back_off() -> None:
    assert wait_after(0, 50_000) == 50_000
    assert wait_after(2, 1) == 800


def test_bounds_may_be_as_low_as_a_second() -> None:
    assert Bounds(1, 2).clamp(0) == 1
