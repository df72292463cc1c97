"""The time zones of a place on the earth, by the nearest towns known to the time zone database: pure.

A town nearby may lie behind a border, so these are for choosing from.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from news.timezones import same_clock, today_called

MOST = 4
# Another town is nearby as well, if it is not so many times as far, or not so many kilometres.
_TIMES_AS_FAR, _KILOMETRES = 2.5, 400
_EARTH = 12_742  # across, in kilometres
_PLACE = re.compile(r"([+-]\d+)([+-]\d+)", re.ASCII)
# The database has one town for each country of one zone. Ukraine reaches far, and most readers are there.
_IN_UKRAINE = """
49.84,24.03 48.62,22.29 50.75,25.33 50.62,26.25 49.55,25.59 48.92,24.71 48.29,25.94 49.42,27.00 49.23,28.47 50.26,28.66
51.49,31.29 50.91,34.80 49.59,34.55 49.99,36.23 48.46,35.05 47.84,35.14 48.02,37.80 48.57,39.31 47.10,37.54 46.64,32.61
46.97,32.00 46.48,30.72 48.51,32.26 49.44,32.06 47.91,33.39 44.95,34.10
"""
Place = tuple[float, float]


def zones_near(north: float, east: float, now: datetime) -> tuple[str, ...]:
    """The zones of the nearest towns, the nearest first; of those whose clocks agree through a year from now on one."""
    nearest: dict[str, float] = {}
    for place, zone in _towns():
        nearest[zone] = min(_apart((north, east), place), nearest.get(zone, _EARTH * 2))
    by_distance = sorted(nearest, key=nearest.__getitem__)
    reach = max(nearest[by_distance[0]] * _TIMES_AS_FAR, _KILOMETRES)
    clocks: dict[tuple[timedelta, ...], str] = {}
    for zone in by_distance:
        if nearest[zone] <= reach:
            clocks.setdefault(same_clock(zone, now), zone)
    return tuple(clocks.values())[:MOST]


def _apart(first: Place, second: Place) -> float:
    """Kilometres along the surface."""
    (north, east), (other_north, other_east) = (map(radians, place) for place in (first, second))
    square = sin((north - other_north) / 2) ** 2
    square += cos(north) * cos(other_north) * sin((east - other_east) / 2) ** 2
    return _EARTH * asin(sqrt(min(square, 1.0)))


@cache
def _towns() -> tuple[tuple[Place, str], ...]:
    ours = tuple(((float(north), float(east)), "Europe/Kyiv") for north, _, east in map(_parted, _IN_UKRAINE.split()))
    return (*ours, *_told())


def _parted(pair: str) -> tuple[str, str, str]:
    return pair.partition(",")


def _told() -> Iterator[tuple[Place, str]]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            _, place, zone, *_ = line.split("\t")
            if found := _PLACE.fullmatch(place):
                yield (_degrees(found[1], 2), _degrees(found[2], 3)), today_called(zone)


def _degrees(written: str, digits: int) -> float:
    """Degrees from ±DDMM or ±DDMMSS, with so many digits of degrees."""
    sign, figures = written[0], written[1:]
    whole, minutes, seconds = figures[:digits], figures[digits : digits + 2], figures[digits + 2 :] or "0"
    size = int(whole) + int(minutes) / 60 + int(seconds) / 3600
    return -size if sign == "-" else size
