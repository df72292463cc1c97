"""A chat's digest and quiet hours, as they are typed in two languages."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import BadHours, SameHours, TooManyHours
from news.hours import Timetable, as_text
from news.hours_words import with_digest, with_quiet

KYIV = Timetable(timezone="Europe/Kyiv")


def digest(text: str) -> str:
    hours, days, quiet, zone = as_text(with_digest(KYIV, text)).split()
    assert (quiet, zone) == ("-", "Europe/Kyiv")
    return f"{hours} {days}"


def quiet(text: str) -> str:
    hours, days, quiet, zone = as_text(with_quiet(KYIV, text)).split()
    assert (hours, days, zone) == ("-", "0123456", "Europe/Kyiv")
    return quiet


# Digests


@pytest.mark.parametrize(
    "text",
    [
        "9:00 18:30 weekdays",
        "weekdays 18.30 9.00",
        "9, 18:30 пн-пт",
        "9 18:30 пн – пт",
        "пн—пт 9:00,18:30",
        "о 9 і 18:30 по буднях",
        "в робочі дні о 9 та 18.30",
        "з понеділка по п’ятницю о 9 ранку й о 18:30",
        "9am 6:30 pm from Monday to Friday",
        "At 9 and 18:30, on Mondays, Tuesdays, Wednesdays, Thursdays & Fridays",
        "0900 1830 Mon/Tue/Wed/Thu/Fri",
        "БУДНІ 9 18:30 9:00",
    ],
)
def test_a_digest_is_understood_however_it_is_put(text: str) -> None:
    assert digest(text) == "09:00,18:30 01234"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("9", "0123456"),
        ("9 щодня", "0123456"),
        ("daily at 9", "0123456"),
        ("every day 9", "0123456"),
        ("9 кожного дня", "0123456"),
        ("вихідні 9", "56"),
        ("9 on weekends", "56"),
        ("9 вихідні та пн", "056"),
        ("9 щосереди", "2"),
        ("9 пт-пн", "0456"),
        ("9 сб-сб", "5"),
        ("9 вт, чт–сб", "1345"),
    ],
)
def test_a_digest_has_its_days(text: str, days: str) -> None:
    assert digest(text) == f"09:00 {days}"


def test_hours_without_days_come_on_all_and_days_alone_change_only_the_days() -> None:
    weekdays = with_digest(KYIV, "9 будні")
    assert with_digest(weekdays, "8") == Timetable((time(8),), timezone="Europe/Kyiv")
    assert with_digest(weekdays, "вихідні") == with_digest(KYIV, "9 вихідні")


@pytest.mark.parametrize("text", ["off", "вимкнути", "Ні.", "OFF"])
def test_a_digest_is_called_off_and_its_days_with_it(text: str) -> None:
    quiet_too = with_quiet(with_digest(KYIV, "9 будні"), "22-7")
    assert with_digest(quiet_too, text) == with_quiet(KYIV, "22-7")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("9 fooday", "fooday"),
        ("О дев'ятій", "дев'ятій"),
        ("25:00", "25:00"),
        ("9:60 10", "9:60"),
        ("9 30", "30"),
        ("пн-foo 9", "foo"),
        ("<b>9</b>", "<b>9<"),
        ("weekdays", ""),
        ("і", ""),
        ("-", ""),
    ],
)
def test_the_word_that_is_not_understood_is_named(text: str, word: str) -> None:
    with pytest.raises(BadHours) as refused:
        with_digest(KYIV, text)
    assert refused.value.word == word


def test_six_digests_a_day_are_the_most() -> None:
    assert digest("1 2 3 4 5 6 6") == "01:00,02:00,03:00,04:00,05:00,06:00 0123456"
    with pytest.raises(TooManyHours):
        with_digest(KYIV, "1 2 3 4 5 6 7")


# Quiet hours


@pytest.mark.parametrize(
    "text",
    [
        "22:00-7:00",
        "22-7",
        "22 7",
        "22.00 — 07.00",
        "22:00 – 7:00 щодня",
        "з 22 до 7",
        "до 7 з 22",
        "від 22:00 по 7:00",
        "from 10pm to 7 am",
        "until 7:00 from 22:00",
        "between 22 and 7",
        "о 22:00, до 7",
        "з 10 вечора до 7 ранку",
        "2200-0700 every night",
    ],
)
def test_quiet_hours_are_understood_however_they_are_put(text: str) -> None:
    assert quiet(text) == "22:00-07:00"


def test_quiet_hours_are_called_off() -> None:
    assert with_quiet(with_quiet(KYIV, "22-7"), "off") == KYIV
    assert quiet("вимкнути") == "-"


@pytest.mark.parametrize(
    ("text", "word"),
    [("22", ""), ("22 7 8", "8"), ("22-foo", "foo"), ("22-7 пн", "пн"), ("22-25", "25"), ("до 7", ""), ("???", "")],
)
def test_quiet_hours_that_are_none_are_refused_for_a_word(text: str, word: str) -> None:
    with pytest.raises(BadHours) as refused:
        with_quiet(KYIV, text)
    assert refused.value.word == word


def test_quiet_hours_that_end_as_they_begin_mean_nothing() -> None:
    with pytest.raises(SameHours):
        with_quiet(KYIV, "22:00-22")


# Whatever is typed


TYPED = "9 18.30 - – 22-7 пн пт будні до з off щодня 25 pm , ; 7 ранку foo"
words = st.text() | st.lists(st.sampled_from(TYPED.split()), max_size=12).map(" ".join)


@given(words)
def test_whatever_is_typed_is_understood_or_refused(text: str) -> None:
    for read in (with_digest, with_quiet):
        try:
            timetable = read(KYIV, text)
        except BadHours:
            continue
        assert list(timetable.digest) == sorted(set(timetable.digest))
        assert len(timetable.digest) <= 6
        assert timetable.days <= frozenset(range(7))
        assert timetable.days
        assert timetable.quiet is None or timetable.quiet[0] != timetable.quiet[1]
