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
        "За ст. 115 ККУ йому загрожує довічне.",
        "Бюджет склав 5 млн грн. на рік.",
        "Музей ім. Тараса Шевченка відкрито.",
        "У 2024 р. Верховна Рада ухвалила закон.",
        "У 2022–2024 рр. Україна отримала допомогу.",
        "Слово за В. Зеленським і А. Б. Ткачем.",
        "Про це сказав О. М. Сирський журналістам.",
        "Це рішення В.Зеленського підтримали.",
        "Яблука, груші і т. д. коштують дорожче.",
        "Яблука, груші і т.д. коштують дорожче.",
        "На вул. Хрещатик та у м. Київ тихо.",
        "Тираж склав 10 тис. примірників.",
        "Ціна зросла до 40 тис. грн. за тонну.",
        "У с. Мирне та смт. Гостомель світла немає.",
        "Це зробив проф. Іваненко з Києва.",
        "Удар стався о 5 год. 30 хв. ранку.",
        "Будинок має пл. 45 кв. м. і балкон.",
        "Див. рис. 3 та табл. 2 у звіті.",
        "Наказ від 01.02.2024 р. № 15 скасовано.",
        "Це сталося 24.02.2022 о 5:00 ранку.",
        "Близько 3,5 тис. осіб, у т. ч. 200 дітей, евакуйовано.",
        "Курс – 41,5 грн./дол. на міжбанку.",
        "Він живе на просп. Перемоги, буд. 5, кв. 12 у Києві.",
        "Гетьман І. Мазепа народився в с. Мазепинці.",
        "Війна почалася до н. е. і тривала довго.",
        "Це т. зв. «ЛНР» та її ватажки.",
        "Засновано в XIX ст. Миколою Лисенком.",
        "о. Зміїний звільнено від росіян.",
        "Це оз. Світязь на Волині.",
        "Св. Миколай приходить 6 грудня.",
        "Ген. Залужний виступив у Лондоні.",
        "Ціна 3.5 долара за версію 2.0.",
        "«Що?» — запитав він.",
        "«Так!» – вигукнув він.",
        "Так... мабуть.",
        "Сайт visnyk.example працює.",
        "Компанія «Рошен Лтд.» закрилась.",
        "Вона важить 5 кг. і росте.",
        "Відстань – 12 км. від Києва.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Потім настав ранок.") == [sentence, "Потім настав ранок."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Congress met Mr. Smith.",
        "Some cities, e.g. Paris, are old.",
        "Dr. Jane Roe of St. Mary's spoke.",
        "Gov. Ron DeSantis and Sen. John Doe met.",
        "J. K. Rowling wrote it.",
        "John F. Kennedy Jr. was there.",
        "It costs $3.5 million, vs. $2 million then.",
        "Apple Inc. reported profits.",
        "He came at 5 p.m. on Monday.",
        "On Nov. 5 the vote was held.",
        "It was Jan. 6, 2021, in D.C. again.",
        "He has a Ph.D. in physics.",
        "Lt. Col. James Roe said so.",
        "The No. 1 seed lost.",
        "See pp. 4–5 and Fig. 2 for more.",
        "George H.W. Bush died.",
        "Mt. Everest is high.",
        "The U.N. Security Council met.",
        "The U.K. government said no.",
        "Smith et al. found it.",
        "Prof. A. N. Other agreed.",
        "“Is it so?” he asked.",
        "Gen. Mark A. Milley retired.",
        "Fed chair Jerome H. Powell spoke.",
    ],
)
def test_english_abbreviations_and_initials_end_no_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Then came the morning.") == [sentence, "Then came the morning."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Видатки — 5 млн грн.", "Уряд погодив."),
        ("Тираж — 10 тис.", "Його розпродали."),
        ("Він народився у 1990 р.", "Його батько був лікарем."),
        ("Це було в XX ст.", "Тоді все змінилося."),
        ("Він зросту 2 м.", "Вона нижча."),
        ("Були яблука, груші і т. д.", "Потім настав ранок."),
        ("Це сказав він.", "А. Ткач промовчав."),
        ("План А.", "Що далі?"),
        ("Відстань – 12 км.", "Дорога погана."),
        ("Це сталося о 17:30.", "Ніхто не постраждав."),
        ("Варили рис.", "Додали солі."),
        ("Це тривало 3 год.", "Ніхто не пішов."),
        ("Ви чули?!", "Так."),
        ("«Ми переможемо.»", "Він усміхнувся."),
        ("«Ми переможемо».", "Він усміхнувся."),
        ("He lives in the U.S.", "The town is small."),
        ("He left at 5 p.m.", "The rest stayed."),
        ("It is owned by Acme Inc.", "The firm grew."),
        ("He is John Smith Jr.", "He won."),
        ("They said no.", "Then they left."),
        ("It happened in Washington, D.C.", "The police came."),
        ("He said “We won.”", "She smiled."),
    ],
)
def test_what_may_be_an_abbreviation_may_end_a_sentence(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_a_line_ends_a_sentence() -> None:
    assert sentences("Підзаголовок\nПерше. Друге!") == ["Підзаголовок", "Перше.", "Друге!"]


@given(st.text(alphabet="аБ .!?…»«\n1", max_size=300))
def test_sentences_lose_no_letter(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
