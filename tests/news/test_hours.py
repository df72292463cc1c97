"""Hours of a chat, on a clock that is passed in: through the nights when it is changed, and in twenty time zones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.hours import EVERY_DAY, Timetable, as_text, moment_of, opening, read, zone_of

KYIV = "Europe/Kyiv"
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Etc/GMT+12",
    "Europe/Kyiv",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def digest(*hours: str, days: str = "0123456", timezone: str = KYIV) -> Timetable:
    return Timetable(tuple(map(time.fromisoformat, hours)), frozenset(map(int, days)), timezone=timezone)


def quiet(since: str, until: str, timezone: str = KYIV) -> Timetable:
    return Timetable(quiet=(time.fromisoformat(since), time.fromisoformat(until)), timezone=timezone)


def openings(timetable: Timetable, since: datetime, until: datetime) -> Iterator[datetime]:
    """One opening after the other."""
    now = opening(timetable, since)
    while now is not None and now <= until:
        yield now
        now = opening(timetable, now)


def clock(moment: datetime, timezone: str = KYIV) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone(zone_of(timezone)).replace(tzinfo=None)


# Usual days


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-11-24 06:59:59", "2026-11-24 07:00"),
        ("2026-11-24 07:00", "2026-11-24 16:30"),
        ("2026-11-24 16:30", "2026-11-25 07:00"),
        ("2026-07-24 06:00", "2026-07-24 15:30"),
    ],
)
def test_a_digest_comes_at_the_next_of_its_hours(now: str, comes: str) -> None:
    assert opening(digest("09:00", "18:30"), utc(now)) == utc(comes)


def test_a_digest_comes_on_chosen_days() -> None:
    friday_evening = utc("2026-11-27 18:00")
    assert opening(digest("09:00", days="01234"), friday_evening) == utc("2026-11-30 07:00")
    assert opening(digest("09:00", days="5"), friday_evening) == utc("2026-11-28 07:00")
    assert opening(digest("09:00", days="4"), friday_evening) == utc("2026-12-04 07:00")


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-11-24 19:59", None),
        ("2026-11-24 20:00", "2026-11-25 05:00"),
        ("2026-11-25 04:59", "2026-11-25 05:00"),
        ("2026-11-25 05:00", None),
        ("2026-11-25 12:00", None),
    ],
)
def test_a_night_is_quiet_until_the_morning(now: str, comes: str | None) -> None:
    assert opening(quiet("22:00", "07:00"), utc(now)) == (utc(comes) if comes else None)


def test_quiet_hours_may_lie_within_a_day() -> None:
    siesta = quiet("13:00", "15:30")
    assert opening(siesta, utc("2026-11-24 10:59")) is None
    assert opening(siesta, utc("2026-11-24 11:00")) == utc("2026-11-24 13:30")
    assert opening(siesta, utc("2026-11-24 13:30")) is None
    assert opening(siesta, utc("2026-11-24 23:00")) is None


def test_quiet_hours_that_end_as_they_begin_are_none() -> None:
    assert opening(quiet("22:00", "22:00"), utc("2026-11-24 20:00")) is None
    assert opening(quiet("22:00", "22:00"), utc("2026-11-24 10:00")) is None


def test_without_wishes_everything_comes_at_once() -> None:
    now = utc("2026-11-24 01:00")
    assert opening(Timetable(timezone=KYIV), now) is None


def test_what_is_wanted_at_once_waits_for_no_digest_but_for_the_end_of_the_night() -> None:
    both = Timetable((time(9), time(18)), quiet=(time(22), time(7)), timezone=KYIV)
    assert opening(both, utc("2026-11-24 10:00"), at_once=True) is None
    assert opening(both, utc("2026-11-24 22:00"), at_once=True) == utc("2026-11-25 05:00")
    assert opening(digest("09:00"), utc("2026-11-24 22:00"), at_once=True) is None


def test_a_digest_comes_within_quiet_hours_too_and_nothing_else_ends_them() -> None:
    both = Timetable((time(23), time(9)), quiet=(time(22), time(7)), timezone=KYIV)
    assert opening(both, utc("2026-11-24 20:30")) == utc("2026-11-24 21:00")
    assert opening(Timetable((time(9),), quiet=both.quiet, timezone=KYIV), utc("2026-11-25 01:00")) == utc(
        "2026-11-25 07:00"
    )


def test_a_zone_that_no_longer_exists_counts_as_utc() -> None:
    for name in ("Europe/Atlantis", "", "../etc/passwd", "Europe"):
        assert opening(digest("09:00", timezone=name), utc("2026-11-24 08:00")) == utc("2026-11-24 09:00")


# The nights when the clock in Kyiv is changed, hour by hour


def test_through_the_longer_night_in_kyiv() -> None:
    """2026-10-25: at 4:00 it is 3:00 again."""
    shown = [
        (21, "00:00", "00:30"),
        (22, "01:00", "01:30"),
        (23, "02:00", "02:30"),
        (24, "03:00", "03:30"),
        (25, "03:00", "04:30"),
        (26, "04:00", "04:30"),
        (27, "05:00", "05:30"),
        (28, "06:00", "06:30"),
    ]
    halves = digest(*(f"{hour:02}:30" for hour in range(24)))
    for hour, wall, comes in shown:
        now = utc("2026-10-24 00:00") + hour * HOUR
        assert f"{clock(now):%H:%M}" == wall
        moment = opening(halves, now)
        assert moment is not None
        assert f"{clock(moment):%H:%M}" == comes
    # Of the two times that it was half past three the first one counted; the second would have come an hour after it.
    assert opening(halves, utc("2026-10-25 00:00")) == utc("2026-10-25 00:30")
    assert opening(halves, utc("2026-10-25 00:30")) == utc("2026-10-25 02:30")


def test_through_the_shorter_night_in_kyiv() -> None:
    """2027-03-28: at 3:00 it is 4:00."""
    shown = [
        (22, "00:00", "00:30"),
        (23, "01:00", "01:30"),
        (24, "02:00", "02:30"),
        (25, "04:00", "04:30"),
        (26, "05:00", "05:30"),
        (27, "06:00", "06:30"),
    ]
    halves = digest(*(f"{hour:02}:30" for hour in range(24)))
    for hour, wall, comes in shown:
        now = utc("2027-03-27 00:00") + hour * HOUR
        assert f"{clock(now):%H:%M}" == wall
        moment = opening(halves, now)
        assert moment is not None
        assert f"{clock(moment):%H:%M}" == comes
    # It was never half past three: what was to come then comes as the clock jumps past it.
    assert opening(halves, utc("2027-03-28 00:30")) == utc("2027-03-28 01:00")
    assert opening(halves, utc("2027-03-28 01:00")) == utc("2027-03-28 01:30")


@pytest.mark.parametrize("hour", ["00:00", "02:59", "03:00", "03:30", "03:59", "04:00", "23:59"])
@pytest.mark.parametrize("around", ["2026-10-23", "2027-03-26"])
def test_a_digest_comes_once_a_day_whatever_the_clock_does(hour: str, around: str) -> None:
    since = moment_of(date.fromisoformat(around), time(0), zone_of(KYIV)) - timedelta(seconds=1)
    until = moment_of(clock(since).date() + timedelta(days=6), time(0), zone_of(KYIV)) - timedelta(seconds=1)
    came = list(openings(digest(hour), since, until))
    assert [clock(moment).date() for moment in came] == [
        date.fromisoformat(around) + timedelta(days=n) for n in range(5)
    ]


@pytest.mark.parametrize(
    ("night", "until", "ends"),
    [
        ("2026-10-24", "07:00", "2026-10-25 05:00"),
        ("2026-10-24", "03:30", "2026-10-25 00:30"),
        ("2026-10-24", "03:00", "2026-10-25 00:00"),
        ("2026-10-24", "04:00", "2026-10-25 02:00"),
        ("2027-03-27", "07:00", "2027-03-28 04:00"),
        ("2027-03-27", "03:30", "2027-03-28 01:00"),
        ("2027-03-27", "03:00", "2027-03-28 01:00"),
        ("2027-03-27", "04:00", "2027-03-28 01:00"),
    ],
)
def test_a_quiet_night_ends_by_the_clock_on_the_wall(night: str, until: str, ends: str) -> None:
    hours = quiet("22:00", until)
    begins = moment_of(date.fromisoformat(night), time(22), zone_of(KYIV))
    assert opening(hours, begins - timedelta(seconds=1)) is None
    now = begins
    while now < utc(ends):
        assert opening(hours, now) == utc(ends)
        now += QUARTER
    # Nor does it begin again when the clock is put back.
    while now < begins + timedelta(hours=23):
        assert opening(hours, now) is None
        now += QUARTER


def test_quiet_hours_that_the_clock_jumps_over_never_are() -> None:
    hours, now = quiet("03:10", "03:50"), utc("2027-03-28 00:00")
    for _ in range(12):
        assert opening(hours, now) is None
        now += QUARTER
    assert opening(hours, utc("2027-03-29 00:15")) == utc("2027-03-29 00:50")


def test_quiet_hours_that_pause_only_while_the_clock_jumps_go_on() -> None:
    hours = quiet("03:50", "03:10")
    assert opening(hours, utc("2027-03-28 00:59")) == utc("2027-03-28 01:00")
    assert opening(hours, utc("2027-03-28 01:00")) == utc("2027-03-29 00:10")


# Twenty time zones: what the clock does, walked through quarter by quarter


@cache
def jumps(timezone: str) -> list[datetime]:
    """After which hours of fourteen months the clock is changed."""
    zone, since = zone_of(timezone), utc("2026-09-01 00:00")
    hours = [since + n * HOUR for n in range(24 * 420)]
    return [
        one for one, after in pairwise(hours) if one.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ]


def stretches(timezone: str) -> list[tuple[datetime, datetime]]:
    """A usual week, and the days around each change."""
    around = timedelta(days=2)
    changed = [(moment - around, moment + around) for moment in jumps(timezone)]
    return [(utc("2026-11-20 00:00"), utc("2026-11-27 00:00")), *changed]


def reached(hours: tuple[time, ...], since: datetime, until: datetime, timezone: str) -> dict[datetime, list[datetime]]:
    """What is on the clock for the first time, or is passed by it, at which quarter of an hour: by looking at it."""
    found: dict[datetime, list[datetime]] = {}
    furthest = max(clock(since - n * QUARTER, timezone) for n in range(8))
    now = since
    while now < until:
        now += QUARTER
        days = {furthest.date() + timedelta(days=n) for n in range(3)}
        wished = [datetime.combine(day, hour) for day in days for hour in hours]
        if passed := sorted(one for one in wished if furthest < one <= clock(now, timezone)):
            found[now] = passed
        furthest = max(furthest, clock(now, timezone))
    return found


@pytest.mark.parametrize("timezone", ZONES)
def test_digests_come_when_the_clock_shows_their_hours(timezone: str) -> None:
    hours = ("00:00", "00:30", "01:45", "02:15", "03:30", "08:00")
    for since, until in stretches(timezone):
        timetable = digest(*hours, timezone=timezone)
        expected = list(reached(timetable.digest, since, until, timezone))
        assert list(openings(timetable, since, until)) == expected
        assert expected


@pytest.mark.parametrize("timezone", ZONES)
@pytest.mark.parametrize(("begins", "ends"), [("22:00", "07:00"), ("00:30", "02:15"), ("02:15", "00:30")])
def test_quiet_hours_begin_and_end_when_the_clock_shows_it(timezone: str, begins: str, ends: str) -> None:
    hours = quiet(begins, ends, timezone)
    assert hours.quiet
    for since, until in stretches(timezone):
        turns = reached(hours.quiet, since - timedelta(days=1), until, timezone)
        is_quiet, now = False, since - timedelta(days=1)
        while now < until:
            if now in turns:
                is_quiet = turns[now][-1].time() == hours.quiet[0]
            if now >= since:
                moment = opening(hours, now)
                assert (moment is not None) == is_quiet
                assert moment is None or (moment > now and not any(now < turn < moment for turn in turns))
            now += QUARTER


def test_the_twenty_zones_are_worth_it() -> None:
    """Clocks that are never changed, changed at midnight, by half an hour, twice a year the other way round."""
    assert len(ZONES) == len(set(ZONES)) == 20
    assert {len(jumps(zone)) > 0 for zone in ZONES} == {True, False}
    offsets = {clock(utc("2026-11-24 00:00"), zone) for zone in ZONES}
    assert {moment.minute for moment in offsets} == {0, 30, 45}


# Whatever is wished


whole_minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
timetables = st.builds(
    Timetable,
    digest=st.lists(whole_minutes, max_size=6, unique=True).map(lambda hours: tuple(sorted(hours))),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet=st.none() | st.tuples(whole_minutes, whole_minutes),
    timezone=st.sampled_from(ZONES),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(timetables, moments)
def test_an_opening_lies_ahead_and_not_further_than_a_week_and_a_day(timetable: Timetable, now: datetime) -> None:
    moment = opening(timetable, now)
    assert moment is None or now < moment <= now + timedelta(days=8)
    assert moment is not None or not timetable.digest
    assert moment is None or moment.tzinfo is UTC


@given(timetables.filter(lambda each: bool(each.digest)), moments)
def test_walking_from_opening_to_opening_meets_each_hour_of_each_chosen_day_once(
    timetable: Timetable, now: datetime
) -> None:
    zone, today = zone_of(timetable.timezone), clock(now, timetable.timezone).date()
    days = [today + timedelta(days=n) for n in range(-2, 12)]
    wished = [
        moment_of(day, hour, zone) for day in days if day.weekday() in timetable.days for hour in timetable.digest
    ]
    until = now + timedelta(days=9)
    assert list(openings(timetable, now, until)) == sorted({moment for moment in wished if now < moment <= until})


@given(moments.map(datetime.date), whole_minutes, st.sampled_from(ZONES))
def test_an_hour_of_a_day_is_met_when_the_clock_is_first_at_it_or_past_it(day: date, hour: time, timezone: str) -> None:
    moment, wished = moment_of(day, hour, zone_of(timezone)), datetime.combine(day, hour)
    assert clock(moment, timezone) >= wished
    assert all(clock(moment - timedelta(minutes=before), timezone) < wished for before in range(1, 180))


def test_a_day_that_a_country_skipped_has_come_when_it_is_over() -> None:
    """Samoa had no 30th of December in 2011."""
    assert moment_of(date(2011, 12, 30), time(9), zone_of("Pacific/Apia")) == utc("2011-12-30 10:00")
    assert moment_of(date(2011, 12, 31), time(0), zone_of("Pacific/Apia")) == utc("2011-12-30 10:00")


# As text


@given(timetables)
def test_a_timetable_is_read_as_it_was_written(timetable: Timetable) -> None:
    assert read(as_text(timetable)) == timetable
    assert as_text(read(as_text(timetable))) == as_text(timetable)


@given(timetables, timetables)
def test_timetables_share_a_text_where_they_are_equal(first: Timetable, second: Timetable) -> None:
    assert (as_text(first) == as_text(second)) == (first == second)


def test_the_text_of_a_timetable_stays_as_it_is() -> None:
    """It stands in databases."""
    full = Timetable((time(9), time(18, 30)), frozenset(range(5)), (time(22), time(7)), KYIV)
    assert as_text(full) == "09:00,18:30 01234 22:00-07:00 Europe/Kyiv"
    assert as_text(Timetable()) == "- 0123456 - UTC"
    assert read("- 0123456 - UTC") == Timetable(days=EVERY_DAY)


@pytest.mark.parametrize("text", ["", "- - -", "9 - - UTC", "- x - UTC", "- - 22:00 UTC", "a b c d e"])
def test_what_is_no_timetable_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(text)
