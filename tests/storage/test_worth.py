"""What pages were good for, as bytes."""

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.worth import MEMORY, Worth
from storage.worth import pack, unpack

moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
told = st.lists(st.booleans(), min_size=1, max_size=MEMORY).map(tuple)


@given(st.builds(Worth, told, moments, moments))
def test_what_was_learnt_comes_back_as_it_was(worth: Worth) -> None:
    assert unpack(pack(worth)) == worth


def test_it_is_small() -> None:
    assert len(pack(Worth((True,) * MEMORY))) == 21


@pytest.mark.parametrize("packed", [b"", b"\0" * 20, b"\0" * 21, b"\xff" * 21])
def test_what_holds_nothing_is_forgotten(packed: bytes) -> None:
    assert unpack(packed) is None


def test_a_moment_beyond_the_calendar_is_none() -> None:
    packed = struct.pack("<BIdd", 1, 1, 1e300, 0.0)
    assert unpack(packed) == Worth((True,), None, datetime(1970, 1, 1, tzinfo=UTC))
