"""Word forms meet in the index, whatever case, number, capital or apostrophe they were written with."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.lemmas import MAX_TERM, lemmas, query_terms

UKRAINIAN = """
Київ Києва|Київ київ|києва КИЇВ|Харків Харкові|Львів Львова|Одеса Одесі|Дніпро Дніпра|Бахмут Бахмуті|Ірпінь Ірпеня
Зеленський Зеленського|Зеленським зеленський|Шевченко Шевченка|Буданов Будановим|Шмигаль Шмигаля|Сирський Сирського
Стефанчук Стефанчуком|Рютте рютте|Трампа трамп|Мерц Мерца|військовий військових|уряд урядові|уряд уряду
президент президентові|рік років|людина людей|дитина діти|дрон дронів|закон законів|Рада Ради|вибори виборів
зв'язок зв’язку|звʼязок зв`язком|Мар'яна Мар’яни
"""
RUSSIAN = """
Москва москвы|Киев киев|Киеве киев|Путин Путина|Зеленский Зеленского|Королёв Королева|военный военных|ёлка елки
самолёт самолета|год лет|человек людей|Собянин Собянина|Набиуллина Набиуллиной|суд судов|Хабаровск Хабаровске
"""
ENGLISH = """
law laws|Law laws|child children|Kyiv Kyiv's|Ukraine Ukraine’s|election elections|woman women|go went|TALKS talk
city cities|missile missiles
"""
PAIRS = [
    (language, *pair.split())
    for language, listed in (("uk", UKRAINIAN), ("ru", RUSSIAN), ("en", ENGLISH))
    for pair in listed.replace("\n", "|").split("|")
    if pair
]


@pytest.mark.parametrize(("language", "one", "other"), PAIRS)
def test_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert set(lemmas(one, language)) & set(lemmas(other, language))


@pytest.mark.parametrize(("language", "one", "other"), PAIRS)
def test_a_query_finds_any_form_without_knowing_the_language(language: str, one: str, other: str) -> None:
    assert query_terms(one)[0] & set(lemmas(other, language))
    assert query_terms(other)[0] & set(lemmas(one, language))


@pytest.mark.parametrize("apostrophe", "'’ʼ`′")
def test_apostrophes_are_one(apostrophe: str) -> None:
    assert lemmas(f"зв{apostrophe}язок", "uk") == ["звʼязок"]


def test_what_readers_do_not_see_is_dropped() -> None:
    assert lemmas("за\u0301мок по\u00adдія\u200b", "uk") == lemmas("замок подія", "uk")


def test_compounds_are_found_whole_and_by_parts() -> None:
    assert lemmas("F-16 у 2027", "uk") == ["f16", "f", "16", "у", "2027"]
    assert query_terms("f-16") == query_terms("F16")
    assert "міністр" in lemmas("прем'єр-міністр", "uk")


def test_foreign_names_in_a_ukrainian_text_are_found() -> None:
    assert query_terms("law")[0] & set(lemmas("Закон Laws of War", "uk"))


def test_words_of_an_unknown_language_stand_as_they_are() -> None:
    assert lemmas("Ĉiuj Homoj", "eo") == ["ĉiuj", "homoj"]


def test_a_repeated_word_is_asked_for_once() -> None:
    assert len(query_terms("київ Київ київ")) <= 2
    assert query_terms("київ київ") == query_terms("київ")


@pytest.mark.parametrize("text", ["", "\"'; () --", "😀", "\ud800"])
def test_a_query_without_words_is_empty(text: str) -> None:
    assert query_terms(text) == []


def test_words_written_to_fill_the_memory_do_not() -> None:
    lemmas("слово", "uk")
    tracemalloc.start()
    for number in range(200):
        lemmas(f"{number}{'щ' * 20_000}", "uk")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 500_000


@given(st.text(), st.sampled_from(["uk", "ru", "en", "xx", None]))
def test_every_term_is_safe_in_an_index(text: str, language: str | None) -> None:
    for term in lemmas(text, language):
        assert 0 < len(term) <= MAX_TERM
        assert all(char.isalnum() or char == "ʼ" for char in term)


@given(st.text(alphabet="абвгґєжиіїйклмнопрстухцчшщьюяАБВЄІЇКЛ'’- ", max_size=60))
def test_a_query_finds_the_text_it_was_copied_from(text: str) -> None:
    for language in ("uk", "ru"):
        indexed = set(lemmas(text, language))
        assert all(word & indexed for word in query_terms(text))
