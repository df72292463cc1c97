"""A message's length as Telegram counts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.measure import first_fitting, fits, units, within
from handlers.render import headline
from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.markup import parse_html
from tests.handlers.news import any_article, any_words


@given(st.text())
def test_units_are_telegrams(text: str) -> None:
    assert units(text) == utf16_length(text)


@given(any_article)
def test_what_fits_is_what_telegram_takes(article: object) -> None:
    html = headline(article)  # type: ignore[arg-type]
    length = utf16_length(parse_html(html).text)
    assert fits(html, length)
    assert not fits(html, length - 1)


def test_bytes_count_before_markup_is_read() -> None:
    assert fits("&amp;" * 4_000)
    assert not fits(f'<a href="{"a" * 33_000}">а</a>')


def test_of_several_versions_the_first_that_fits_is_taken_or_else_the_last() -> None:
    assert first_fitting(["довге", "коротке", "к"], 5) == "довге"
    assert first_fitting(["найдовше", "довге", "к"], 5) == "довге"
    assert first_fitting(["найдовше", "коротке"], 5) == "коротке"


@pytest.mark.parametrize(
    ("text", "room", "told"),
    [
        ("Перше речення тут. Друге речення там.", 40, "Перше речення тут. Друге речення там."),
        ("Перше речення, і воно досить довге. " * 2, 50, "Перше речення, і воно досить довге."),
        ("слово " * 20, 41, "слово " * 5 + "слово…"),
        ("слово " * 20, 39, ""),
        ("слово " * 20, -5, ""),
    ],
)
def test_a_text_is_told_as_far_as_there_is_room(text: str, room: int, told: str) -> None:
    assert within(text, room).strip() == told


@given(any_words, st.integers(-10, 700))
def test_whatever_is_said_stays_within_the_room(text: str, room: int) -> None:
    assert units(within(text, room)) <= max(room, 0)
