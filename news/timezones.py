"""Time zones as people name them: by the zone, a city or a country in Ukrainian or English, or hours from UTC."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

LANGUAGES = ("uk", "en")
UTC = "UTC"
_KYIV = "Europe/Kyiv"
# Its zone has but the capital's name, and another one besides.
_IN_KYIVS_ZONE = """
Україна Вінниця Дніпро Донецьк Житомир Запоріжжя Івано-Франківськ Кривий-Ріг Кропивницький Луганськ Луцьк Львів
Маріуполь Миколаїв Одеса Полтава Рівне Суми Тернопіль Ужгород Харків Херсон Хмельницький Черкаси Чернівці Чернігів
Ukraine Vinnytsia Dnipro Donetsk Zhytomyr Zaporizhzhia Ivano-Frankivsk Kryvyi-Rih Kropyvnytskyi Luhansk Lutsk Lviv
Mariupol Mykolaiv Odesa Odessa Poltava Rivne Sumy Ternopil Uzhhorod Kharkiv Kherson Khmelnytskyi Cherkasy Chernivtsi
Chernihiv
"""
# Countries as people call them besides.
_CALLED = {"US": "usa сша америка", "GB": "uk britain england англія великобританія"}
# These stand for others with the same clock.
_LARGEST = """
Chicago Denver Edmonton Halifax Kolkata Krasnoyarsk Lisbon Los_Angeles Madrid Manaus Mexico_City Moscow New_York
Phoenix Sao_Paulo Sydney Toronto Vladivostok Winnipeg
"""
# A file of the system's, a placeholder, and clocks that are never put forward under names of such that are.
_NO_PLACES = frozenset(["localtime", "posixrules", "Factory", "EST", "HST", "MST"])
_UNIVERSAL = frozenset(["Etc/UTC", "Etc/GMT"])
_FIXED = re.compile(r"Etc/GMT([+-])(\d+)")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d\d))?", re.ASCII)
_SHORTEST = 3
"""Beginnings of names have so many letters."""
_SEASONS = tuple(timedelta(days=91) * season for season in range(4))


def zones_called(text: str, now: datetime) -> tuple[str, ...]:
    """The names of the zones that a text may mean, from west to east; of those whose clocks agree through a year from
    now on only one. Empty where it means none."""
    if text.strip() in _available():
        return (today_called(text.strip()),)
    if (offset := _offset(text)) is not None:
        return _at(offset, now)
    name, names = _plain(text), _names()
    found = (
        names.get(name) or names.get(f"/{name}") or names.get(_plain(text.partition(",")[0])) or _countries().get(name)
    )
    return _apart(found or _beginning_with(name), now)


def place_of(timezone: str, language: str) -> str:
    """A zone as its readers name it: by its city, or by hours from UTC."""
    if fixed := _FIXED.fullmatch(timezone):
        return f"{UTC}{'+' if fixed[1] == '-' else '−'}{fixed[2]}"
    city = _cities(language).get(today_called(timezone))
    return city or timezone.rpartition("/")[2].replace("_", " ")


def same_clock(zone: str, now: datetime) -> tuple[timedelta, ...]:
    """How far from UTC a zone's clock is through a year from now on: zones of which this is the same have one clock."""
    return tuple(_ahead(zone, now + season) for season in _SEASONS)


def is_fixed(timezone: str) -> bool:
    """Whether a zone is but a number of hours from UTC."""
    return timezone == UTC or _FIXED.fullmatch(timezone) is not None


def _plain(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text[:100].casefold()) if sign.isalnum())


def today_called(timezone: str) -> str:
    """The name that a zone goes by today."""
    name = get_global("zone_aliases").get(timezone, timezone)
    return UTC if name in _UNIVERSAL else name


# --- Hours from UTC ---


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(
        unicodedata.normalize("NFKC", text).strip().casefold().replace("−", "-").replace("–", "-")
    )
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return offset if found[1] == "+" else -offset


def _at(offset: timedelta, now: datetime) -> tuple[str, ...]:
    """The zone that is always so far from UTC, or, as there are only such for whole hours, those that are so now."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest:
        return _apart((zone for zone in _zones() if _ahead(zone, now) == offset), now)
    name = f"Etc/GMT{-hours:+d}" if hours else UTC
    return (name,) if name in _available() else ()


def _apart(zones: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The zones from west to east, the largest, or else the first, of each way of keeping the clock."""
    largest = _LARGEST.split()
    kept: dict[tuple[timedelta, ...], str] = {}
    for zone in sorted(zones, key=lambda zone: (zone.rpartition("/")[2] not in largest, zone)):
        kept.setdefault(same_clock(zone, now), zone)
    return tuple(sorted(kept.values(), key=lambda zone: (_ahead(zone, now), zone)))


def _ahead(zone: str, now: datetime) -> timedelta:
    """How far from UTC the clock is."""
    return now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


# --- Names ---


def _beginning_with(name: str) -> frozenset[str]:
    if len(name) < _SHORTEST:
        return frozenset()
    return frozenset().union(*(zones for known, zones in _names().items() if known.startswith(name)))


@cache
def _available() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACES)


@cache
def _zones() -> frozenset[str]:
    """The zones of places, each by the name it goes by today."""
    return frozenset(today_called(zone) for zone in _available() if not zone.startswith("Etc/"))


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """By the cities, and by their own names, former ones too, with a slash before: beginnings of these say little."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for zone in _available():
        named[f"/{_plain(zone)}"].add(today_called(zone))
        named[_plain(zone.rpartition("/")[2])].add(today_called(zone))
    for zone, city in (each for language in LANGUAGES for each in _cities(language).items()):
        named[_plain(city)].add(zone)
        named[_plain(city.partition(",")[0])].add(zone)
    named.update((_plain(city), {_KYIV}) for city in _IN_KYIVS_ZONE.split())
    return {name: frozenset(zones & _zones()) for name, zones in named.items()}


@cache
def _cities(language: str) -> Mapping[str, str]:
    """The cities of zones where they are called otherwise than the zone."""
    told = Locale.parse(language).time_zones.items()
    return {today_called(zone): facts["city"] for zone, facts in told if "city" in facts}


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """The zones of countries, by these countries' names."""
    within: defaultdict[str, set[str]] = defaultdict(set)
    for zone, code in get_global("zone_territories").items():
        within[code].add(zone)
    called = [name for language in LANGUAGES for name in Locale.parse(language).territories.items()]
    called += [(code, name) for code, names in _CALLED.items() for name in names.split()]
    return {_plain(name): frozenset(within[code] & _zones()) for code, name in called if code in within}
