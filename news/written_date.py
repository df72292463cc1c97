"""Dates as pages write them: ISO 8601, or a day, month and year in words, in the languages this program knows."""

import re
from datetime import UTC, datetime, timedelta, timezone

# How the months' names begin, January first: uk, ru, en, pl, de, fr, es, it, pt, cs, ro, tr.
_BEGINNINGS = (
    "січ янв jan sty jän ene gen led ian oca",
    "лют фев feb lut fév fev úno şub",
    "бер мар mar mär bře",
    "кві апр apr kwi avr abr dub nis",
    "тра май мая may maj mai mag kvě",
    "чер июн jun cze jui giu červn červen iun haz",
    "лип июл jul lip juil lug červenc iul tem",
    "сер авг aug sie aoû aou ago srp ağu",
    "вер сен sep wrz set zář eyl",
    "жов окт oct paź okt ott out říj eki",
    "лис ноя nov lis noi kas",
    "гру дек dec gru dez déc dic pro ara",
)
_MONTHS = {start: number for number, starts in enumerate(_BEGINNINGS, 1) for start in starts.split()}
_LONGEST = max(map(len, _MONTHS))

_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_DAY}\s+(?:de\s+)?{_WORD},?\s+(?:de\s+)?{_YEAR}",
        rf"{_WORD}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?P<mark>[./])(?P<month>\d{{1,2}})(?P=mark){_YEAR}",
    )
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?\s{0,2}(?:(?P<half>[ap])\.?m\b)?\.?\s{0,2}"
    r"(?P<zone>[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_MAX_LENGTH = 200
# Programs write their zero times, and pages their founding years, before there were news on the web.
_FIRST_YEAR = 1993


def read_date(text: str) -> datetime | None:
    """The moment that an attribute or a line of text names, aware; one without a zone is taken as UTC."""
    text = text.strip()[:_MAX_LENGTH]
    try:
        moment = _iso(text) or _written(text)
        return moment.astimezone(UTC) if moment and moment.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def tells_the_hour(text: str) -> bool:
    """Whether a date is more than a day."""
    return _CLOCK.search(text[:_MAX_LENGTH]) is not None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(text: str) -> datetime | None:
    found = next((found for form in _FORMS if (found := form.search(text))), None)
    month = _month(found.groupdict()) if found else None
    if found is None or month is None:
        return None
    day, month = (month, int(found["day"])) if month > 12 else (int(found["day"]), month)
    rest = text[: found.start()] + " " + text[found.end() :].lstrip("T")
    return _at_the_hour(datetime(int(found["year"]), month, day, tzinfo=UTC), rest)


def _month(parts: dict[str, str | None]) -> int | None:
    if number := parts.get("month"):
        return int(number)
    word = (parts.get("word") or "").lower()
    return next((_MONTHS[word[:size]] for size in range(_LONGEST, 2, -1) if word[:size] in _MONTHS), None)


def _at_the_hour(day: datetime, text: str) -> datetime:
    clock = _CLOCK.search(text)
    if clock is None:
        return day
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return day.replace(hour=hour, minute=int(clock["minute"]), tzinfo=_zone(clock["zone"]))


def _zone(offset: str | None) -> timezone:
    if not offset:
        return UTC
    span = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(-span if offset[0] == "-" else span)
