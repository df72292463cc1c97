"""Whatever is typed is a query; what is found stands in a sensible order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.lemmas import lemmas
from news.query import MAX_SHOWN, MAX_TERMS, Hit, parse_query, rank

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def hit(id: int, title: str, text: str = "", hours: float = 0) -> Hit:
    return Hit(id, tuple(lemmas(title, "uk")), tuple(lemmas(text, "uk")), NOW - timedelta(hours=hours))


def test_operators_of_a_database_are_words_like_others() -> None:
    query = parse_query('\'; DROP "NEAR(" * бюджет -- (')
    assert [sorted(word)[0] for word in query.terms] == ["drop", "near", "бюджет"]


@pytest.mark.parametrize("text", ["", "  ", '"', "😀", "()*", "\ud800", "\u202e"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert parse_query(text).terms == ()


def test_a_long_query_is_shown_short_and_searched_in_part() -> None:
    query = parse_query(" ".join(f"слово{n}" for n in range(4000)))
    assert len(query.text) <= MAX_SHOWN
    assert len(query.terms) == MAX_TERMS


@given(st.text())
def test_nothing_makes_it_fail(text: str) -> None:
    query = parse_query(text)
    assert all(query.terms)
    assert query.text == parse_query(query.text).text


def test_the_title_counts_before_the_text_and_the_text_before_age() -> None:
    query = parse_query("бюджет уряд")
    titled = hit(1, "Уряд подав бюджет", hours=9)
    half = hit(2, "Бюджети міст", "уряду", hours=5)
    partly = hit(3, "Бюджет родини")
    told = hit(4, "Засідання", "уряд бюджет")
    assert rank(query, [told, partly, half, titled], now=NOW) == [titled, half, partly, told]


def test_the_newest_goes_first_among_equals() -> None:
    old, new, twin = hit(1, "Бюджет", hours=2), hit(2, "Бюджет", hours=1), hit(3, "Бюджет", hours=1)
    assert rank(parse_query("бюджету"), [old, new, twin], now=NOW) == [twin, new, old]


def test_a_date_to_come_buys_no_first_place() -> None:
    future, later = hit(1, "Бюджет", hours=-48), hit(2, "Бюджет", hours=0)
    assert rank(parse_query("бюджет"), [future, later], now=NOW) == [later, future]
