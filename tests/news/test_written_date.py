"""Dates are read as pages write them, in the languages this program knows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.written_date import read_date, tells_the_hour

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T08:30:00Z",
        "2026-11-24T10:30:00.000+0200",
        "2026-11-24 08:30:00 UTC",
        "Tue, 24 Nov 2026 10:30:00 +0200",
        "24 листопада 2026, 08:30",
        "08:30, 24 ноября 2026 г.",
        "November 24, 2026 at 8:30 am ET",
        "08:30:00 AM IST Nov 24, 2026",
        "24.11.2026 08:30",
        "24/11/2026 – 08:30",
        "24 listopada 2026, 08:30",
        "24. November 2026, 08:30 Uhr",
        "24 novembre 2026 à 08:30",
        "terça-feira, 24 de novembro de 2026 às 8:30",
        "24 noiembrie 2026 08:30",
        "24 Kasım 2026 08:30",
    ],
)
def test_a_moment_is_read(text: str) -> None:
    assert read_date(text) == MORNING
    assert tells_the_hour(text)


@pytest.mark.parametrize(
    "text", ["2026-11-24", "24 листопада 2026", "Опубліковано: 24 листопада 2026 року", "Nov. 24, 2026"]
)
def test_a_day_begins_at_midnight(text: str) -> None:
    assert read_date(text) == datetime(2026, 11, 24, tzinfo=UTC)
    assert not tells_the_hour(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "вчора",
        "2 hours ago",
        "0001-01-01T00:00:00Z",
        "1970-01-01",
        "32 травня 2026",
        "24 слова 2026",
        "© 2026",
        "25:99 24.11.2026",
    ],
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "month"), [("24 червня 2026", 6), ("24 července 2026", 7), ("24 červen 2026", 6), ("24 серпня 2026", 8)]
)
def test_months_that_begin_alike_are_told_apart(text: str, month: int) -> None:
    assert read_date(text) == datetime(2026, month, 24, tzinfo=UTC)


@given(st.text())
def test_nothing_makes_it_fail(text: str) -> None:
    assert read_date(text) is None or read_date(text) is not None
