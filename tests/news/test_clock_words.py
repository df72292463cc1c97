from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.clock_words import hour_in, is_off, weekday_in, words_in


@pytest.mark.parametrize(
    ("word", "hour"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("0", time(0)),
        ("9:00", time(9)),
        ("9.05", time(9, 5)),
        ("1830", time(18, 30)),
        ("900", time(9)),
        ("24:00", time(0)),
        ("12am", time(0)),
        ("12PM", time(12)),
        ("6:30pm", time(18, 30)),
        ("9ранку", time(9)),
        ("7вечора", time(19)),
        ("3дня", time(15)),
    ],
)
def test_an_hour_may_be_written_in_many_ways(word: str, hour: time) -> None:
    assert hour_in(word) == hour


@pytest.mark.parametrize(
    "word", ["25", "9:60", "24:01", "13pm", "0am", "-1", "9:5", "9:000", "99999", "٩", "²", "дев'ять", ""]
)
def test_what_no_clock_shows_is_no_hour(word: str) -> None:
    assert hour_in(word) is None


@pytest.mark.parametrize(
    "words",
    [
        "пн вт ср чт пт сб нд",
        "mon tue wed thu fri sat sun",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "понеділок вівторок середа четвер п’ятниця субота неділя",
        "понеділка вівторка середи четверга п'ятниці суботи неділі",
        "понеділкам вівторкам середам четвергам пʼятницям суботам неділям",
        "щопонеділка щовівторка щосереди щочетверга щоп’ятниці щосуботи щонеділі",
    ],
)
def test_days_of_the_week_are_known_in_their_forms(words: str) -> None:
    assert [weekday_in(word) for word in words.split()] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("word", ["money", "сонце", "серветка", "frіday", "", "9", "день"])
def test_other_words_are_no_days(word: str) -> None:
    assert weekday_in(word) is None


def test_words_are_parted_and_dashes_are_one() -> None:
    assert words_in(" 9:00,18.30;  пн–пт ") == ["9:00", "18.30", "пн-пт"]
    assert words_in("9 am, 7  вечора.") == ["9am", "7вечора"]
    assert words_in("пн., вт.") == ["пн", "вт"]
    assert words_in("") == []


@pytest.mark.parametrize("text", ["off", "OFF.", " вимкнути ", "ні", "No"])
def test_a_wish_may_be_called_off(text: str) -> None:
    assert is_off(text)
    assert not is_off(f"{text} 9")


@given(st.text())
def test_any_text_has_words_that_say_something_or_nothing(text: str) -> None:
    for word in words_in(text):
        assert word
        hour_in(word)
        weekday_in(word)
