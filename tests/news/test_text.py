"""Markup comes off, sentences stand alone, headlines are one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.text import HEADLINE_LIMIT, headline, plain, sentences, shortened

MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br/>", "<a href='x", '">', "<script>", "</script>", "<!--", "-->", "<", "&lt;", "&"]
    )
    | st.text(max_size=8)
).map("".join)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a < b & c", "a < b & c"),
        ("x <y z", "x <y z"),
        ("<p>Один</p><p>два</p>", "Один\nдва"),
        ("Рядок<br>і другий", "Рядок\nі другий"),
        ("<b>жирний</b> текст", "жирний текст"),
        ("до<script>alert('x')</script>після", "допісля"),
        ("<style>p {}</style>", ""),
        ("<script>без кінця", ""),
        ("AT&amp;amp;T", "AT&T"),
        ("&laquo;Так&raquo;&nbsp;— сказав", "«Так» — сказав"),
        ("&lt;p&gt;Двічі &amp;amp; двічі&lt;/p&gt;", "Двічі & двічі"),
        ("<a title='a > b'>link</a>", "link"),
        ("<!-- тиша -->слово", "слово"),
        ("  багато \t пробілів \n\n\n і рядків ", "багато пробілів\nі рядків"),
    ],
)
def test_only_known_tags_are_markup(fragment: str, text: str) -> None:
    assert plain(fragment) == text


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<script>", '<a "', "&lt;", "<p>", "<", "<a '"])
def test_unclosed_markup_is_read_in_linear_time(piece: str) -> None:
    plain(piece * 100_000)


@given(MARKUP)
def test_any_fragment_gives_some_text(fragment: str) -> None:
    assert isinstance(plain(fragment), str)


@given(MARKUP)
def test_a_headline_is_one_line_within_its_limit(text: str) -> None:
    line = headline(text)
    assert len(line) <= HEADLINE_LIMIT
    assert line == " ".join(line.split())


@given(st.text(alphabet="абв XY\u202e\u200f\u0007\n\t«»—.,", max_size=400))
def test_a_headline_of_a_headline_is_itself(text: str) -> None:
    assert headline(headline(text)) == headline(text)


def test_a_headline_loses_what_could_turn_it_around() -> None:
    assert headline("Уряд\u202e подав\u200f бюджет\u0007 \ud800") == "Уряд подав бюджет"


def test_a_long_headline_is_cut_at_a_word() -> None:
    line = headline("слово " * 100)
    assert line.endswith("слово…")
    assert len(line) <= HEADLINE_LIMIT


def test_a_word_without_spaces_is_cut_where_it_must() -> None:
    assert shortened("а" * 20, 10) == "а" * 9 + "…"


@pytest.mark.parametrize(
    "sentence",
    [
        "Це сказано у ст. 5 Конституції.",
        "Бюджет склав 5 млн грн. на рік.",
        "Музей ім. Тараса Шевченка відкрито.",
        "У 2024 р. Верховна Рада ухвалила закон.",
        "Слово за В. Зеленським і А. Б. Ткачем.",
        "Яблука, груші і т. д. коштують дорожче.",
        "На вул. Хрещатик та у м. Київ тихо.",
        "The U.S. Congress met Mr. Smith.",
        "Some cities, e.g. Paris, are old.",
        "Ціна 3.5 долара за версію 2.0.",
        "«Що?» — запитав він.",
        "Так... мабуть.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Потім настав ранок.") == [sentence, "Потім настав ранок."]


def test_an_amount_may_end_a_sentence() -> None:
    assert sentences("Видатки — 5 млн грн. Уряд погодив.") == ["Видатки — 5 млн грн.", "Уряд погодив."]
    assert sentences("He lives in the U.S. The town is small.") == ["He lives in the U.S.", "The town is small."]


def test_a_line_ends_a_sentence() -> None:
    assert sentences("Підзаголовок\nПерше. Друге!") == ["Підзаголовок", "Перше.", "Друге!"]


@given(st.text(alphabet="аБ .!?…»«\n1", max_size=300))
def test_sentences_lose_no_letter(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
