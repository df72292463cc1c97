from datetime import UTC, datetime

import pytest

from news.nearest_zones import MOST, zones_near

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((50.45, 30.52), "Europe/Kyiv"),
        ((49.84, 24.03), "Europe/Kyiv"),
        ((48.62, 22.30), "Europe/Kyiv"),
        ((44.6, 33.5), "Europe/Kyiv"),
        ((52.23, 21.01), "Europe/Warsaw"),
        ((51.51, -0.13), "Europe/London"),
        ((40.71, -74.0), "America/New_York"),
        ((-33.87, 151.2), "Australia/Sydney"),
    ],
)
def test_the_nearest_town_comes_first(place: tuple[float, float], zone: str) -> None:
    near = zones_near(*place, NOW)
    assert near[0] == zone


def test_no_place_has_too_many_and_none_has_nothing() -> None:
    for place in ((-90.0, 0.0), (90.0, 180.0), (0.0, -30.0), (48.2, 16.4)):
        assert 1 <= len(zones_near(*place, NOW)) <= MOST


def test_a_town_across_the_border_is_offered_as_well() -> None:
    assert {"Europe/Kyiv", "Europe/Warsaw"} <= set(zones_near(50.0, 23.4, NOW))


def test_of_zones_with_one_clock_one_is_offered() -> None:
    assert zones_near(48.45, 27.78, NOW) == ("Europe/Kyiv",)


def test_the_shortest_way_may_lead_across_the_date_line() -> None:
    assert zones_near(-17.0, -179.9, NOW)[0] == "Pacific/Fiji"
