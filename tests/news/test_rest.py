from datetime import timedelta

import pytest

from news.rest import LONGEST, Rest
from tests.news.given import NOW


def after(failures: int, retry_after: float | None = None) -> Rest:
    rest = Rest()
    for _ in range(failures):
        rest = rest.after_failure(NOW, retry_after)
    return rest


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (6, 8), (9, 60), (500, 60)])
def test_it_rests_ever_longer_after_failures_in_a_row(failures: int, minutes: int) -> None:
    until = NOW + timedelta(minutes=minutes)
    assert not after(failures).lasts(until)
    assert not minutes or after(failures).lasts(until - timedelta(seconds=1))


def test_a_wish_to_wait_is_kept_at_once_but_not_for_ever() -> None:
    assert after(1, 30).lasts(NOW + timedelta(seconds=29))
    assert not after(1, 30).lasts(NOW + timedelta(seconds=30))
    assert not after(1, 10.0**9).lasts(NOW + LONGEST)
