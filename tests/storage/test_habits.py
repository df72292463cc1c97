"""Habits as bytes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.gaps import CLASSES
from news.habits import Habits
from storage.habits import pack, unpack
from tests.storage.given import NOW

counts = st.floats(0, 1e6, width=32)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def tuples(size: int) -> st.SearchStrategy[tuple[float, ...]]:
    return st.lists(counts, min_size=size, max_size=size).map(tuple)


@given(st.builds(Habits, moments, counts, tuples(7), tuples(24), tuples(CLASSES)))
def test_habits_come_back_as_they_were(habits: Habits) -> None:
    assert unpack(pack(habits)) == habits


def test_they_are_small() -> None:
    assert len(pack(Habits(NOW))) == 204


@pytest.mark.parametrize("packed", [b"", b"\0" * 203, b"\xff" * 204])
def test_what_holds_no_habits_is_forgotten(packed: bytes) -> None:
    assert unpack(packed) is None
