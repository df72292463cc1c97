"""Pauses as people type them: `2h`, `30 хв`, `3 дні`, `until 8:00`, `до завтра`, `до 1 грудня 9:00`, `назавжди`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from news.clock_words import hour_in, meant, weekday_in, words_in
from news.errors import BadHours, PastMoment
from news.hours import Timetable, moment_of, opening, zone_of

MORNING = time(8)
"""When the day begins that a pause lasts until."""
LONGEST = timedelta(days=3_650)
"""What is to last longer lasts until it is ended."""
_UNITS = (
    (timedelta(minutes=1), re.compile(r"m|mins?|minutes?|хв|хвилин[аиу]?")),
    (timedelta(minutes=30), re.compile(r"halfhour|пів(години|год)")),
    (timedelta(hours=1), re.compile(r"h|hrs?|hours?|г|год|годин[аиу]?")),
    (timedelta(days=1), re.compile(r"d|days?|д|дн|день|дні|дня|днів|доб[аиу]?|діб")),
    (timedelta(days=7), re.compile(r"w|wks?|weeks?|тиж|тиждень|тижн[іяв]{1,2}")),
    (timedelta(days=30), re.compile(r"months?|міс|місяц[іяьв]{1,2}")),
)
_PART = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)?([^\W\d_]+)")
_UNTIL = frozenset(["until", "till", "til", "до", "по"])
_FILLING = frozenset(["a", "an", "and", "at", "for", "in", "on", "the", "в", "з", "й", "на", "о", "об", "та", "у", "і"])
_ENDLESS = frozenset(["always", "forever", "resume", "resumed", "безстроково", "відновлення", "завжди", "назавжди"])
_KEEPING = frozenset(["collect", "digest", "keep", "save", "дайджест", "збирати", "зберегти", "зберігати"])
_DROPPING = frozenset(["drop", "skip", "відкидати", "пропускати"])
_AHEAD = {"today": 0, "сьогодні": 0, "tomorrow": 1, "завтра": 1, "завтрашнього": 1, "післязавтра": 2}
_HOURS = {
    **dict.fromkeys(("midnight", "півночі"), time(0)),
    **dict.fromkeys(("morning", "ранку"), MORNING),
    **dict.fromkeys(("noon", "полудня"), time(12)),
    **dict.fromkeys(("evening", "вечора"), time(18)),
}
_MONTHS = (
    "січ jan, лют feb, берез mar, квіт apr, трав may, черв jun, лип jul, серп aug, верес sep, жовт oct, листоп nov"
)
_STEMS = tuple(tuple(stems.split()) for stems in f"{_MONTHS}, груд dec".split(","))
_DAY_AND_MONTH = re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[^\W\d_]{3,})(?: (?P<year>\d{4})\b)?")
_MONTH_AND_DAY = re.compile(r"\b(?P<month>[^\W\d_]{3,}) (?P<day>\d{1,2})(?= |$)(?: (?P<year>\d{4})\b)?")
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.(?P<year>\d{4})?)?"),
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when a chat wants nothing, None: until it says so; `keep`: what comes meanwhile is wanted afterwards."""

    until: datetime | None
    keep: bool = False


def pause_in(text: str, *, now: datetime, timezone: str) -> Pause:
    """The pause that a text wishes for, in the zone's hours. A day that is named alone is its MORNING.

    Raises BadHours for what can't be understood, PastMoment for what is over.
    """
    words = [meant(word) for word in words_in(re.sub(r"(\d),(\d)", r"\1.\2", text))]
    if text.strip() and not words:
        raise BadHours(text.strip())
    said = [word for word in words if word not in _FILLING | _KEEPING | _DROPPING]
    return Pause(_until(said, now, timezone), keep=not _KEEPING.isdisjoint(words))


def _until(said: Sequence[str], now: datetime, timezone: str) -> datetime | None:
    if not said or not _ENDLESS.isdisjoint(said):
        return None
    length = _length(said)
    if length is None:
        return _moment(said, now, timezone)
    if not length:
        raise PastMoment(said[0])
    return now + length if length <= LONGEST else None


def _length(said: Sequence[str]) -> timedelta | None:
    """How long: the sum of what is said, if nothing else is; units alone count once."""
    whole = "".join(said)
    parts = list(_PART.finditer(whole))
    units = [next((unit for unit, forms in _UNITS if forms.fullmatch(part[2])), None) for part in parts]
    if "".join(part[0] for part in parts) != whole or None in units:
        return None
    return sum((unit * float(part[1] or 1) for part, unit in zip(parts, units, strict=True) if unit), timedelta())


def _moment(said: Sequence[str], now: datetime, timezone: str) -> datetime | None:
    """The moment that a day and an hour name."""
    zone = zone_of(timezone)
    today, day, hour = now.astimezone(zone).date(), None, None
    for word in _with_dates(said):
        at = _HOURS.get(word) or hour_in(word)
        on = _day_in(word, today) if at is None else None
        if word not in _UNTIL and ((at or on) is None or (at and hour) or (on and day)):
            raise BadHours(word)
        day, hour = on or day, at or hour
    if day is None:
        # A number alone may be hours or an hour.
        if hour is None or (_UNTIL.isdisjoint(said) and said[0].isdigit()):
            raise BadHours(said[0] if hour else "")
        return opening(Timetable((hour,), timezone=timezone), now)
    moment = moment_of(day, hour or MORNING, zone)
    if moment <= now:
        raise PastMoment(said[-1])
    return moment


# --- Days ---


def _with_dates(said: Sequence[str]) -> list[str]:
    """The words, days of named months in numbers."""
    return _MONTH_AND_DAY.sub(_in_numbers, _DAY_AND_MONTH.sub(_in_numbers, " ".join(said))).split()


def _in_numbers(found: re.Match[str]) -> str:
    month = next((number for number, stems in enumerate(_STEMS, 1) if found["month"].startswith(stems)), 0)
    # The last dot tells it from an hour.
    return f"{found['day']}.{month}.{found['year'] or ''}" if month else found[0]


def _day_in(word: str, today: date) -> date | None:
    if word in _AHEAD:
        return today + timedelta(days=_AHEAD[word])
    weekday = weekday_in(word)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = next((found for form in _DATES if (found := form.fullmatch(word))), None)
    return _date(found, today) if found else None


def _date(found: re.Match[str], today: date) -> date | None:
    """The date, of this year or the next one where none is named; None for what no calendar has."""
    month, day = int(found["month"]), int(found["day"])
    try:
        if found["year"]:
            return date(int(found["year"]), month, day) if 2000 <= int(found["year"]) <= 9000 else None
        named = date(today.year, month, day)
        return named if named >= today else named.replace(year=today.year + 1)
    except ValueError:
        return None
