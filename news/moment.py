"""Dates as feeds write them. The two usual forms are read here; feedparser knows the others."""

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from typing import Any

from feedparser.datetimes import _parse_date

LONGEST = 100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z]{2}) ([12]\d{3}) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{4})",
    re.ASCII,
)
_RFC_3339 = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-]\d\d:\d\d))", re.ASCII)


def moment(text: str) -> datetime | None:
    """The moment that a text names, None if it names none that feedparser could tell."""
    try:
        return _usual(text) or _unusual(text[:LONGEST])
    except (ValueError, OverflowError):
        return _unusual(text[:LONGEST])


def from_parsed(parsed: Any) -> datetime | None:
    """A moment from feedparser's nine numbers."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _unusual(text: str) -> datetime | None:
    """The moment by feedparser, which stumbles over some that no calendar has."""
    try:
        return from_parsed(_parse_date(text))
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None


def _usual(text: str) -> datetime | None:
    """The moment in one of the two usual forms; raises ValueError for one that no calendar has."""
    if found := _RFC_822.fullmatch(text):
        day, month, year, hour, minute, second, zone = found.groups()
        number = _MONTHS.index(month.lower()) + 1
        local = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return local - _offset(zone)
    if found := _RFC_3339.fullmatch(text):
        *numbers, zone = found.groups()
        return datetime(*map(int, numbers), tzinfo=UTC) - _offset(zone)  # type: ignore[misc, arg-type]
    return None


def _offset(zone: str | None) -> timedelta:
    if zone in (None, "GMT"):
        return timedelta()
    assert zone is not None
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)
