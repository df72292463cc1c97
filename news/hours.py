"""When a chat may be written to: digests at chosen hours, quiet nights. Pure; the clock is passed in.

Hours are those of a clock on the wall. One that a change of the clock skips has come once the clock has jumped past
it; one that comes twice counts the first time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""What never comes."""
_A_DAY = timedelta(days=1)
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Timetable:
    """A chat's hours, in whole minutes of its time zone.

    `digest`: when what is owed comes together, earliest first, on `days` (0 is Monday); empty: at once. `quiet`: from
    when until when what is owed waits, perhaps over midnight. Digests come then too: they are a wish of their own.
    """

    digest: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY
    quiet: tuple[time, time] | None = None
    timezone: str = "UTC"


AT_ALL_HOURS = Timetable()


def opening(timetable: Timetable, now: datetime, *, at_once: bool = False) -> datetime | None:
    """The later moment at which what is owed now is to arrive together; None where it may be sent at once.

    What is wanted `at_once` waits for no digest, only for the end of quiet hours.
    """
    if timetable.digest and timetable.days and not at_once:
        return _next_digest(timetable, now)
    is_quiet, until = _turn(timetable, now)
    return until if is_quiet else None


def is_quiet(timetable: Timetable, now: datetime) -> bool:
    """Whether what is sent all the same is to make no sound."""
    return _turn(timetable, now)[0]


def zone_of(name: str) -> tzinfo:
    """The time zone with this name; UTC in place of one that no longer exists."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def moment_of(day: date, hour: time, zone: tzinfo) -> datetime:
    """When the clock on the wall first shows this hour of this day, or is past it because it jumped; in UTC."""
    wished = datetime.combine(day, hour)
    late = wished.replace(tzinfo=zone).astimezone(UTC)
    if _shown(late, zone) == wished:
        return late
    early = wished.replace(tzinfo=zone, fold=1).astimezone(UTC)
    seconds = range(int((late - early).total_seconds()))
    jump = bisect_left(seconds, wished, key=lambda second: _shown(early + timedelta(seconds=second), zone))
    return early + timedelta(seconds=jump)


# --- As text ---


def as_text(timetable: Timetable) -> str:
    """One line, the same for all timetables that are equal: `09:00,18:30 01234 22:00-07:00 Europe/Kyiv`."""
    digest = ",".join(map(_written, timetable.digest))
    quiet = "-".join(map(_written, timetable.quiet or ()))
    days = "".join(map(str, sorted(timetable.days)))
    return " ".join((digest or _NONE, days or _NONE, quiet or _NONE, timetable.timezone))


def read(text: str) -> Timetable:
    """The timetable that `as_text` wrote; raises ValueError for what is none."""
    digest, days, quiet, timezone = text.split(" ")
    return Timetable(
        digest=tuple(map(time.fromisoformat, _given(digest).split(","))) if _given(digest) else (),
        days=frozenset(map(int, _given(days))),
        quiet=_stretch(quiet) if _given(quiet) else None,
        timezone=timezone,
    )


def _written(hour: time) -> str:
    return hour.strftime("%H:%M")


def _given(text: str) -> str:
    return "" if text == _NONE else text


def _stretch(text: str) -> tuple[time, time]:
    since, until = text.split("-")
    return time.fromisoformat(since), time.fromisoformat(until)


# --- Hours of the clock on the wall ---


def _next_digest(timetable: Timetable, now: datetime) -> datetime:
    zone = zone_of(timetable.timezone)
    today = now.astimezone(zone).date()
    week = (today + ahead * _A_DAY for ahead in range(8))
    chosen = (day for day in week if day.weekday() in timetable.days)
    moments = (moment_of(day, hour, zone) for day in chosen for hour in timetable.digest)
    return next(moment for moment in moments if moment > now)


def _turn(timetable: Timetable, now: datetime) -> tuple[bool, datetime]:
    """Whether it is quiet, and when that changes."""
    if timetable.quiet is None:
        return False, FOREVER
    zone = zone_of(timetable.timezone)
    turns = sorted(_turns(timetable.quiet, now.astimezone(zone).date(), zone))
    return next((not before.ends, after.moment) for before, after in pairwise(turns) if after.moment > now)


class _Turn(NamedTuple):
    """A beginning or an end of quiet hours. The clock may jump past several at once: they keep their order on it."""

    moment: datetime
    shown: datetime
    ends: bool


def _turns(quiet: tuple[time, time], today: date, zone: tzinfo) -> Iterator[_Turn]:
    """Those of yesterday, today and tomorrow."""
    for day in (today - _A_DAY, today, today + _A_DAY):
        for hour, ends in zip(quiet, (False, True), strict=True):
            yield _Turn(moment_of(day, hour, zone), datetime.combine(day, hour), ends)


def _shown(moment: datetime, zone: tzinfo) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone(zone).replace(tzinfo=None)
