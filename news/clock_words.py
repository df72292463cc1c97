"""Hours and days of the week as people type them, in English and Ukrainian: `9`, `18.30`, `6 pm`, `9 ранку`, `пн`."""

import re
import unicodedata
from datetime import time

LONGEST = 200
"""So many characters are read."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile("['’ʼ`]")
_HALVES = {"am": 0, "ранку": 0, "pm": 12, "дня": 12, "вечора": 12}
_BEFORE_HALF = re.compile(rf"(?<=\d)\s+(?=(?:{'|'.join(_HALVES)})\b)", re.IGNORECASE)
_HOUR = re.compile(rf"(\d{{1,2}})(?:[:.]?(\d\d))?({'|'.join(_HALVES)})?", re.ASCII)
_DAYS = tuple(
    re.compile(f"(?:що)?(?:{forms})")
    for forms in (
        r"пн|пон|понеділ\w{1,3}|mon|mondays?",
        r"вт|вів|вівтор\w{1,3}|tues?|tuesdays?",
        r"ср|сер|серед\w{1,3}|wed|wednesdays?",
        r"чт|чет|четвер\w{0,3}|thu|thurs?|thursdays?",
        r"пт|пят|пятниц\w{1,3}|fri|fridays?",
        r"сб|суб|субот\w{0,3}|sat|saturdays?",
        r"нд|нед|неділ\w{1,3}|sun|sundays?",
    )
)
_OFF = "off no none stop disable ні вимкнути вимкни вимкніть вимк викл без скасувати"


def words_in(text: str) -> list[str]:
    """The words of a text, parted by spaces, commas and semicolons; an hour's half of the day stays with it."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:LONGEST]))
    return [word for part in re.split(r"[\s,;]+", _BEFORE_HALF.sub("", plain)) if (word := part.strip(".:!?"))]


def meant(word: str) -> str:
    """The word as it is compared: without case and apostrophes."""
    return _APOSTROPHES.sub("", word.casefold())


def is_off(text: str) -> bool:
    """Whether a text says that something isn't wanted."""
    return meant(text.strip(" .!")) in _OFF.split()


def hour_in(word: str) -> time | None:
    """The time of day that a word names, None for any other word; 24:00 is midnight."""
    found = _HOUR.fullmatch(meant(word))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), _HALVES.get(found[3])
    if half is not None:
        hour = hour % 12 + half if 1 <= hour <= 12 else 24
    elif (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def weekday_in(word: str) -> int | None:
    """The day of the week that a word names, 0 for Monday; None for any other word."""
    return next((day for day, forms in enumerate(_DAYS) if forms.fullmatch(meant(word))), None)
