"""Pauses, as they are typed in two languages, on Sunday the 29th of November 2026 at half past nine in the evening."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import BadHours, PastMoment
from news.hours import zone_of
from news.pause_words import Pause, pause_in

KYIV = "Europe/Kyiv"
NOW = datetime(2026, 11, 29, 19, 30, tzinfo=UTC)


def until(text: str, now: datetime = NOW) -> datetime | None:
    return pause_in(text, now=now, timezone=KYIV).until


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("30m", 30),
        ("30 хв", 30),
        ("на 45 хвилин", 45),
        ("2 год", 120),
        ("2 години", 120),
        ("for 2 hours", 120),
        ("an hour", 60),
        ("годину", 60),
        ("1h30m", 90),
        ("1 год. і 30 хв.", 90),
        ("1,5 год", 90),
        ("1.5h", 90),
        ("half an hour", 30),
        ("пів години", 30),
        ("півгодини", 30),
        ("3 дні", 3 * 1440),
        ("на 5 днів", 5 * 1440),
        ("день", 1440),
        ("тиждень", 7 * 1440),
        ("2 тижні", 14 * 1440),
        ("2 weeks", 14 * 1440),
        ("місяць", 30 * 1440),
    ],
)
def test_a_pause_may_have_a_length(text: str, minutes: int) -> None:
    assert until(text) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("until 8:00", "2026-11-30 08:00"),
        ("до 8:00", "2026-11-30 08:00"),
        ("до 8", "2026-11-30 08:00"),
        ("8:00", "2026-11-30 08:00"),
        ("8.00", "2026-11-30 08:00"),
        ("до 9 вечора", "2026-11-30 21:00"),
        ("до 22:00", "2026-11-29 22:00"),
        ("till 10 pm", "2026-11-29 22:00"),
        ("до ранку", "2026-11-30 08:00"),
        ("until morning", "2026-11-30 08:00"),
        ("until the evening", "2026-11-30 18:00"),
        ("до півночі", "2026-11-30 00:00"),
        ("до завтра", "2026-11-30 08:00"),
        ("until tomorrow", "2026-11-30 08:00"),
        ("завтра о 9", "2026-11-30 09:00"),
        ("до завтрашнього ранку", "2026-11-30 08:00"),
        ("до сьогодні 23:00", "2026-11-29 23:00"),
        ("до післязавтра", "2026-12-01 08:00"),
        ("до понеділка", "2026-11-30 08:00"),
        ("until Sunday 20:00", "2026-12-06 20:00"),
        ("до п’ятниці", "2026-12-04 08:00"),
        ("until 2026-12-01", "2026-12-01 08:00"),
        ("until 2026-12-01 9:15", "2026-12-01 09:15"),
        ("9:15 до 2026-12-01", "2026-12-01 09:15"),
        ("до 01.12.2026", "2026-12-01 08:00"),
        ("до 25.12", "2026-12-25 08:00"),
        ("до 5 грудня", "2026-12-05 08:00"),
        ("до 5 січня", "2027-01-05 08:00"),
        ("до 1 березня 2028 о 10:00", "2028-03-01 10:00"),
        ("until 5 Dec", "2026-12-05 08:00"),
        ("until December 5, 2026 9:00", "2026-12-05 09:00"),
    ],
)
def test_a_pause_may_last_until_a_moment_of_the_chats_clock(text: str, moment: str) -> None:
    assert until(text) == datetime.fromisoformat(moment).replace(tzinfo=zone_of(KYIV)).astimezone(UTC)


def test_an_hour_that_is_not_over_today_is_meant_for_today() -> None:
    assert until("до 8:00", datetime(2026, 11, 30, 0, 30, tzinfo=UTC)) == datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_over_once_it_has_jumped() -> None:
    assert until("до 3:30", datetime(2027, 3, 27, 23, tzinfo=UTC)) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["forever", "назавжди", "until resumed", "безстроково", "9999 months", ""])
def test_a_pause_may_be_without_end(text: str) -> None:
    assert until(text) is None


@pytest.mark.parametrize("text", ["keep {}", "{} зберегти", "{} digest"])
def test_what_comes_meanwhile_may_be_wanted_afterwards(text: str) -> None:
    for length, end in (("2h", NOW + timedelta(hours=2)), ("", None), ("до 8:00", until("до 8:00"))):
        assert pause_in(text.format(length), now=NOW, timezone=KYIV) == Pause(end, keep=True)
    assert pause_in("2h drop", now=NOW, timezone=KYIV) == Pause(NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("banana", "banana"),
        ("2 banana", "banana"),
        ("8", "8"),
        ("until", ""),
        ("until 8:00 9:00", "9:00"),
        ("завтра післязавтра", "післязавтра"),
        ("until 2026-13-01", "2026-13-01"),
        ("until 9999-01-01", "9999-01-01"),
        ("10000h", "10000h"),
        ("до 2 годин", "годин"),
        (" :: ", "::"),
    ],
)
def test_the_word_that_is_not_understood_is_named(text: str, word: str) -> None:
    with pytest.raises(BadHours) as refused:
        pause_in(text, now=NOW, timezone=KYIV)
    assert not isinstance(refused.value, PastMoment)
    assert refused.value.word == word


@pytest.mark.parametrize("text", ["0h", "until 2026-11-29", "до сьогодні", "until 2026-11-29 21:30", "до 1.01.2020"])
def test_what_is_over_is_refused(text: str) -> None:
    with pytest.raises(PastMoment):
        pause_in(text, now=NOW, timezone=KYIV)


TYPED = "9 18.30 2026-12-01 до until завтра пн 5 грудня 2h год 30 хв keep . 25.12 0 foo"
words = st.text() | st.lists(st.sampled_from(TYPED.split()), max_size=8).map(" ".join)


@given(words, st.sampled_from([KYIV, "Pacific/Apia", "Nowhere/Here"]))
def test_whatever_is_typed_lies_ahead_or_is_refused(text: str, timezone: str) -> None:
    try:
        pause = pause_in(text, now=NOW, timezone=timezone)
    except BadHours:
        return
    assert pause.until is None or pause.until > NOW
