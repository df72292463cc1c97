"""A summary is whole sentences, never the headline again, never the outlet's chores."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.summary import first_whole, resized, summarize
from tests.news.given import ARTICLE as BRIDGE

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
        ("КИЇВ, 24 листопада /УНН/ — Рютте сказав це вранці.", "Рютте сказав це вранці."),
        ("DUBAI, United Arab Emirates — He said it on Monday.", "He said it on Monday."),
        ("Hong Kong (CNN Business)He said it on Monday.", "He said it on Monday."),
        ("США — найбільша економіка світу.", "США — найбільша економіка світу."),
        ("Рютте сказав це вранці, передає Укрінформ.", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці, повідомляє УНН із посиланням на Reuters.", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці (Reuters).", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці, повідомляє Нацполіція.", "Рютте сказав це вранці, повідомляє Нацполіція."),
        ("Рютте сказав це вранці. Про це повідомляє пресслужба Альянсу.", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці. Підписуйтесь на наш канал!", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці. Більше новин – на сайті.", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці. Далі буде розповідь про…", "Рютте сказав це вранці."),
        ("Рютте сказав це вранці, а ввечері […]", "Рютте сказав це вранці, а ввечері…"),
        (
            "Рютте сказав\nце вранці у Брюсселі.\nНаступний рядок.",
            "Рютте сказав це вранці у Брюсселі. Наступний рядок.",
        ),
        ("• Перший пункт.\n• Другий пункт.", "Перший пункт. Другий пункт."),
        ("Підзаголовок\nРютте сказав це вранці.", "Рютте сказав це вранці."),
        ('He said: "It is so. That is all." He left.', "He left."),
        ("Це лист до В. Зеленського від ст. радника.", "Це лист до В. Зеленського від ст. радника."),
        ("Mr. Rutte met the U.S. envoy. He left at 5 p.m.", "Mr. Rutte met the U.S. envoy. He left at 5 p.m."),
        ("Ми раді! 🙂", "Ми раді! 🙂"),
    ],
)
def test_only_what_tells_more_than_the_headline_stays(text: str, summary: str) -> None:
    assert summarize(TITLE, text) == summary


def test_it_ends_with_the_last_sentence_that_fits() -> None:
    text = "Перше речення. Друге речення. Третє речення. Четверте речення."
    assert summarize("Заголовок", text, limit=50) == "Перше речення. Друге речення. Третє речення."


ARTICLE = replace(
    BRIDGE,
    title="Трамвай поїхав",
    summary="Вагон вийшов о шостій. Його чекали одинадцять років, і дехто встиг забути, навіщо.",
    text="Вагон вийшов о шостій.\nПідзаголовок\nРейки поклали торік. До літа маршрут подовжать до Липової вулиці.",
)


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (0, ""),
        (30, "Вагон вийшов о шостій."),
        (150, ARTICLE.summary),
        (300, ARTICLE.summary),
        (600, f"{ARTICLE.summary} Рейки поклали торік. До літа маршрут подовжать до Липової вулиці."),
    ],
)
def test_a_summary_is_cut_down_or_gone_on_with(limit: int, told: str) -> None:
    assert resized(ARTICLE, limit) == told


def test_a_cut_summary_gives_way_to_a_longer_one_of_whole_sentences() -> None:
    cut = replace(ARTICLE, summary="Вагон вийшов о шостій, а там і…")
    assert resized(cut, 600).startswith("Вагон вийшов о шостій. Рейки поклали торік.")
    assert resized(cut, 300) == cut.summary


def test_without_more_text_a_long_summary_is_the_usual_one() -> None:
    assert resized(replace(ARTICLE, text=""), 600) == ARTICLE.summary
    assert resized(replace(ARTICLE, text="Підзаголовок"), 600) == ARTICLE.summary


LONG = f"{'дуже ' * 60}довге речення."


def test_a_sentence_too_long_gives_way_to_whole_ones() -> None:
    assert summarize("Заголовок", f"{LONG} Друге речення коротке. Третє теж.") == "Друге речення коротке. Третє теж."


def test_what_says_most_of_the_title_goes_before_what_stands_first() -> None:
    text = (
        "Ранок у столиці видався похмурим. Верховна Рада ухвалила бюджет на 2027 рік у другому читанні. "
        "Нагадаємо, перше читання було в жовтні."
    )
    told = summarize("Рада ухвалила бюджет", text, limit=90)
    assert told == "Верховна Рада ухвалила бюджет на 2027 рік у другому читанні."


def test_sentences_stay_in_their_order() -> None:
    text = "Спершу погода. Потім Рада ухвалила бюджет. Насамкінець спорт."
    assert summarize("Рада ухвалила бюджет", text) == text


def test_a_pronoun_does_not_stand_without_whom_it_means() -> None:
    text = f"Прем'єрка Ганна Ярова виступила{' з довгою доповіддю' * 12}. Вона обіцяла реформи. Опозиція проти."
    assert summarize("Виступ у парламенті", text, limit=60) == "Опозиція проти."


def test_a_question_and_a_recollection_give_way_to_news() -> None:
    text = "Чи стане світло дешевшим? Тариф знизили на 8 %. Нагадаємо, торік його підняли. Рішення діє з 1 січня."
    assert summarize("Тарифи", text, limit=50) == "Тариф знизили на 8 %. Рішення діє з 1 січня."


def test_a_story_far_down_is_not_told() -> None:
    text = " ".join(f"Речення номер {number}." for number in range(1, 40)) + " Рада ухвалила бюджет."
    assert "Рада" not in summarize("Рада ухвалила бюджет", text)


@pytest.mark.parametrize("limit", [0, 1, 20, 150, 300, 600])
def test_a_limit_is_kept(limit: int) -> None:
    text = "Перше речення про все. " * 3 + "Друге речення каже ще щось важливе про місто. " * 20
    assert len(summarize("Заголовок", text, limit=limit)) <= limit


@pytest.mark.parametrize(
    ("texts", "summary"),
    [
        (("Ціле речення.", "Інше речення."), "Ціле речення."),
        (("Уривок, що кінчається […]", "Інше речення."), "Інше речення."),
        (("Уривок, що кінчається […]", "без кінця"), "Уривок, що кінчається…"),
        (("", "Інше речення."), "Інше речення."),
        (("", ""), ""),
    ],
)
def test_whole_sentences_go_before_cut_ones(texts: tuple[str, str], summary: str) -> None:
    assert first_whole("Заголовок", *texts) == summary


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
