"""The sentence that was found, with its words marked."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from news.query import parse_query
from news.snippet import LONGEST, snippet
from tests.news.given import ARTICLE as KEPT
from tests.news.given import NOW

ARTICLE = replace(
    KEPT,
    title="Засідання уряду",
    summary="",
    text="Зранку йшов дощ. Видатки бюджету зростуть. Проєкт бюджету подано до Ради. Далі буде.",
)


def marked(text: str, query: str, **changes: Any) -> str:
    article = replace(ARTICLE, text=text, **changes)
    pieces = snippet(article, parse_query(query, now=NOW).wants)
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def test_the_first_sentence_that_has_the_word_in_any_form() -> None:
    assert marked(ARTICLE.text, "бюджети") == "Видатки [бюджету] зростуть."


def test_a_sentence_with_more_of_the_words_is_preferred() -> None:
    assert marked(ARTICLE.text, "бюджет рада") == "Проєкт [бюджету] подано до [Ради]."
    assert marked(ARTICLE.text, '"проєкт бюджету"') == "[Проєкт] [бюджету] подано до Ради."


def test_without_a_text_the_summary_is_looked_at() -> None:
    assert marked("", "бюджет", summary="Про бюджет.") == "Про [бюджет]."


def test_nothing_where_only_the_title_has_it() -> None:
    assert marked(ARTICLE.text, "засідання") == ""
    assert marked("Засідання уряду", "засідання") == ""


def test_a_long_sentence_is_cut_around_the_word() -> None:
    text = f"{'слово ' * 50}нарешті бюджет {'далі ' * 60}кінець."
    cut = marked(text, "бюджет")
    assert cut.startswith("…слово")
    assert cut.endswith(" далі…")
    assert "[бюджет]" in cut
    assert len(cut) <= LONGEST + 70


def test_unknown_languages_are_searched_as_they_stand() -> None:
    assert marked("A szürke macska alszik.", "macska", language="hu") == "A szürke [macska] alszik."


@given(st.text(max_size=300), st.text(max_size=40))
def test_nothing_makes_it_fail_and_nothing_is_added(text: str, query: str) -> None:
    article = replace(ARTICLE, text=text)
    pieces = snippet(article, parse_query(query, now=NOW).wants)
    assert all(piece.text.strip("…") in text for piece in pieces)
