"""A stretch of time as people write it in a query: `3d`, `2026-11-01`, `01.11.2026`, `2026-11`, `2026`."""

import re
from datetime import datetime, timedelta, tzinfo

_UNITS = {
    **dict.fromkeys(("h", "г", "год", "ч"), timedelta(hours=1)),
    **dict.fromkeys(("d", "д", "дн"), timedelta(days=1)),
    **dict.fromkeys(("w", "т", "тиж", "н"), timedelta(days=7)),
    **dict.fromkeys(("m", "м", "міс", "мес"), timedelta(days=30)),
    **dict.fromkeys(("y", "р", "рік"), timedelta(days=365)),
}
_AGO = re.compile(r"(\d{1,4})([^\W\d_]{1,3})")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def start_of(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment so long ago, or with which the day, month or year begins in the zone; None for what is neither."""
    return _ago(text, now) or _begin(_named(text), zone)


def end_of(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment so long ago, or with which the day, month or year is over; None for what is neither."""
    return _ago(text, now) or _begin(_after(_named(text)), zone)


def _ago(text: str, now: datetime) -> datetime | None:
    found = _AGO.fullmatch(text)
    unit = _UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        return None
    try:
        return (now - int(found[1]) * unit).replace(microsecond=0)
    except OverflowError:
        return None


def _named(text: str) -> tuple[int, ...]:
    """The year, and the month and the day where they are named."""
    if dotted := _DOTTED.fullmatch(text):
        return tuple(int(part) for part in dotted.groups()[::-1])
    found = _ISO.fullmatch(text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _after(named: tuple[int, ...]) -> tuple[int, ...]:
    """The first day after the one, the month or the year named."""
    try:
        match named:
            case (year,):
                return (year + 1,)
            case (year, month):
                return (year, month + 1) if month < 12 else (year + 1, 1)
            case (year, month, day):
                next_day = datetime(year, month, day) + timedelta(days=1)
                return (next_day.year, next_day.month, next_day.day)
    except (ValueError, OverflowError):
        pass
    return ()


def _begin(named: tuple[int, ...], zone: tzinfo) -> datetime | None:
    """With which moment it begins; None for what no calendar has, and years that a zone could push out of it."""
    year, month, day = (*named, 1, 1)[:3] if named else (0, 0, 0)
    try:
        return datetime(year, month, day, tzinfo=zone) if 1900 <= year <= 9000 else None
    except ValueError:
        return None
