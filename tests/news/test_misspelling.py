"""What a misspelt word may have been meant to be."""

import pytest

from news.misspelling import variants


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("президенит", "президент"),
        ("презитент", "президент"),
        ("прзеидент", "президент"),
        ("зиленський", "зеленський"),
        ("зеленский", "зеленський"),
        ("міністер", "міністр"),
        ("гроші", "ґроші"),
        ("мільйон", "мілйон"),
        ("goverment", "government"),
        ("recieve", "receive"),
        ("ghtpbltyn", "президент"),
        ("пщмуктьуте", "government"),
    ],
)
def test_slips_of_hand_and_ear_are_among_the_variants(typed: str, meant: str) -> None:
    assert meant in variants(typed)


def test_likely_slips_weigh_more_than_any_other_letter() -> None:
    found = variants("презедент")
    assert found["президент"] > found["презбдент"]


@pytest.mark.parametrize("word", ["", "а", "кіт", "слово", "x" * 24, "ʼʼʼʼ", "12345"])
def test_there_are_never_too_many(word: str) -> None:
    assert word not in variants(word)
    assert len(variants(word)) < 5_000
