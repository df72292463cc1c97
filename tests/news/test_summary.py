"""A summary is whole sentences, never the headline again, never the outlet's chores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.summary import summarize

TITLE = "Генсек НАТО підтвердив участь військових КНДР у війні"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (f"{TITLE}. Рютте сказав це вранці.", "Рютте сказав це вранці."),
        (f"{TITLE}\nРютте сказав це вранці.", "Рютте сказав це вранці."),
        (f"{TITLE} — і не лише їхню. Рютте сказав це вранці.", "Рютте сказав це вранці."),
        ("КИЇВ (Укрінформ) — Рютте сказав це вранці.", "Рютте сказав це вранці."),
        ("КИЇВ. 24 листопада. УНН. Рютте сказав це вранці.", "Рютте сказав це вранці."),
        ("WASHINGTON (AP) — He said it on Monday.", "He said it on Monday."),
        ("Рютте сказав це вранці. Читайте також: Погода на завтра.", "Рютте сказав це вранці."),
        ("Read also: Weather\nHe said it on Monday.", "He said it on Monday."),
        ("He said it on Monday. […]\nThe post Rutte spoke appeared first on Herald.", "He said it on Monday."),
        ("He said it on Monday. [...] Continue reading", "He said it on Monday."),
        ("Фото: Укрінформ\nРютте сказав це вранці.", "Рютте сказав це вранці."),
        ("Без крапки в кінці", "Без крапки в кінці"),
        (TITLE, ""),
        ("", ""),
        ("Читайте також: інше", ""),
    ],
)
def test_only_what_tells_more_than_the_headline_stays(text: str, summary: str) -> None:
    assert summarize(TITLE, text) == summary


def test_it_ends_with_the_last_sentence_that_fits() -> None:
    text = "Перше речення. " * 40
    summary = summarize("Заголовок", text, limit=50)
    assert summary == "Перше речення. Перше речення. Перше речення."


def test_a_long_first_sentence_is_cut_at_a_clause() -> None:
    text = f"{'Слово ' * 30}слово, {'потім ' * 30}кінець."
    summary = summarize("Заголовок", text)
    assert summary.endswith("слово…")
    assert len(summary) <= 300


def test_a_long_first_sentence_without_clauses_is_cut_at_a_word() -> None:
    assert summarize("Заголовок", "Слово " * 100 + ".").endswith("Слово…")


@given(st.text(max_size=60), st.text(alphabet="абВГ .,!?…»«\n—(A)BC[]1", max_size=900), st.integers(20, 300))
def test_any_text_is_summarized_within_the_limit(title: str, text: str, limit: int) -> None:
    assert len(summarize(title, text, limit=limit)) <= limit


@given(st.text(), st.text())
def test_nothing_makes_it_fail(title: str, text: str) -> None:
    assert isinstance(summarize(title, text), str)
