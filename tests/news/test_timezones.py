"""Time zones by their names, cities, countries and hours from UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.timezones import place_of, zones_called

NOW = datetime(2026, 11, 29, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("europe / kyiv", "Europe/Kyiv"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Київ", "Europe/Kyiv"),
        ("  КИЇВ ", "Europe/Kyiv"),
        ("kyiv, Ukraine", "Europe/Kyiv"),
        ("Львів", "Europe/Kyiv"),
        ("івано франківськ", "Europe/Kyiv"),
        ("Kharkiv", "Europe/Kyiv"),
        ("Україна", "Europe/Kyiv"),
        ("Warsaw", "Europe/Warsaw"),
        ("Варшава", "Europe/Warsaw"),
        ("варш", "Europe/Warsaw"),
        ("Польща", "Europe/Warsaw"),
        ("New York", "America/New_York"),
        ("newyork", "America/New_York"),
        ("Нью-Йорк", "America/New_York"),
        ("US/Eastern", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("Сідней", "Australia/Sydney"),
        ("Колката", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Катманду", "Asia/Kathmandu"),
        ("St. John's", "America/St_Johns"),
        ("сент-джонс", "America/St_Johns"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("São Tomé", "Africa/Sao_Tome"),
        ("Чатем", "Pacific/Chatham"),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("Апіа", "Pacific/Apia"),
        ("Касабланка", "Africa/Casablanca"),
        ("Велика Британія", "Europe/London"),
        ("UK", "Europe/London"),
        ("Japan", "Asia/Tokyo"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Etc/GMT-3", "Etc/GMT-3"),
    ],
)
def test_a_zone_is_found_by_any_name_of_its(text: str, zone: str) -> None:
    assert zones_called(text, NOW) == (zone,)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("+2", "Etc/GMT-2"),
        ("UTC+3", "Etc/GMT-3"),
        ("utc -5", "Etc/GMT+5"),
        ("GMT−05:00", "Etc/GMT+5"),
        ("+0200", "Etc/GMT-2"),
        ("+14", "Etc/GMT-14"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("+0", "UTC"),
        ("UTC-0", "UTC"),
        ("+5:30", "Asia/Kolkata"),
        ("+5:45", "Asia/Kathmandu"),
        ("−3:30", "America/St_Johns"),
        ("+13:45", "Pacific/Chatham"),
    ],
)
def test_a_zone_is_found_by_its_distance_from_utc(text: str, zone: str) -> None:
    assert zones_called(text, NOW) == (zone,)


@pytest.mark.parametrize(
    "text", ["", " ", "xyz", "у", "+15", "-13", "+99:99", "2", "../etc/passwd", "localtime", "Europe", "<b>"]
)
def test_what_is_no_place_is_found_nowhere(text: str) -> None:
    assert zones_called(text, NOW) == ()


def test_of_several_one_may_be_chosen_from_west_to_east() -> None:
    assert [place_of(zone, "uk") for zone in zones_called("США", NOW)] == [
        "Адак",
        "Гонолулу",
        "Анкоридж",
        "Лос-Анджелес",
        "Денвер",
        "Фінікс",
        "Чікаґо",
        "Нью-Йорк",
    ]
    assert "Australia/Sydney" in zones_called("Australia", NOW)
    assert "America/Toronto" in zones_called("Канада", NOW)
    assert zones_called("нью-", NOW)[-1] == "America/New_York"


@given(st.text() | st.sampled_from(["сан", "Russia", "san", "Mexico", "пор", "gmt", "+1"]), st.integers(0, 9))
def test_whatever_is_found_is_a_zone_and_has_a_name(text: str, years: int) -> None:
    found = zones_called(text, NOW.replace(year=NOW.year + years))
    assert len(set(found)) == len(found)
    for zone in found:
        ZoneInfo(zone)
        assert all(place_of(zone, language).strip() for language in ("uk", "en"))


@pytest.mark.parametrize(
    ("zone", "ukrainian", "english"),
    [
        ("Europe/Kyiv", "Київ", "Kyiv"),
        ("Europe/Kiev", "Київ", "Kyiv"),
        ("America/New_York", "Нью-Йорк", "New York"),
        ("Asia/Kolkata", "Колката", "Kolkata"),
        ("Etc/GMT-3", "UTC+3", "UTC+3"),
        ("Etc/GMT+5", "UTC−5", "UTC−5"),
        ("UTC", "UTC", "UTC"),
        ("Europe/Atlantis", "Atlantis", "Atlantis"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str, ukrainian: str, english: str) -> None:
    assert (place_of(zone, "uk"), place_of(zone, "en")) == (ukrainian, english)
