"""Names and words as hashtags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.hashtags import LONGEST, hashtag, hashtags


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Місто Сьогодні", "МістоСьогодні"),
        ("iPress", "IPress"),
        ("Здоров'я – наш вибір!", "ЗдоровяНашВибір"),
        ("24 Канал", "24Канал"),
        ("bereg.example/feed", "BeregExampleFeed"),
        ("24", ""),
        ("🦘 & <b>", "B"),
        ("", ""),
        ("Й" + "о" * 99, "Й" + "о" * (LONGEST - 1)),
        ("И\u0306од", "Йод"),
    ],
)
def test_an_outlets_name_becomes_one_word(name: str, tag: str) -> None:
    assert hashtag(name) == tag


def test_what_is_typed_becomes_hashtags_each_once() -> None:
    assert hashtags("#море, #Порт море 2026;#24 a-b", 5) == ("море", "Порт", "ab")
    assert hashtags("#а #б #в", 2) == ("а", "б")
    assert hashtags("-", 5) == hashtags("", 5) == ()


@given(st.text())
def test_whatever_is_said_nothing_is_left_that_needs_escaping(text: str) -> None:
    for tag in (hashtag(text), *hashtags(text, 9)):
        assert not set(tag) & set(" #<>&\"'\n")
        assert not tag or any(sign.isalpha() for sign in tag)
