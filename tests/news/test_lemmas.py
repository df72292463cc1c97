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
місто містами|вчитель вчителеві|поле полів|рука руці|нога нозі|книга книзі|сестра сестрою|батько батькові
лікар лікарями|депутат депутатів|Зеленський Зеленському|Залужний Залужного|Львів Львові|Харків Харкова|Одеса Одесі
Дніпро Дніпрі|Вінниця Вінниці|Шмигаль Шмигаля|Порошенко Порошенком|Тимошенко Тимошенко|Кличко Кличку|Байден Байденом
Трамп Трампу|сім’я сім'єю|п'ять п’яти|пам'ять памʼяті|об'єкт об’єктів|мешканець мешканців|переселенець переселенцям
вогонь вогнем|день днями|ніч ночі|річ речей|голова голів|вікно вікон|церква церков|дитина дітей|людина людей
друг друзі|око очі|молодий молодшого|великий великою|синій синього|іти йшов|писати пише|сказати скажуть
вибори виборах|ракета ракетами|удар ударів|Полтава Полтаві|Чернігів Чернігова|Маріуполь Маріуполі|Житомир Житомиром
Хмельницький Хмельницькому|Суми Сумах|Крим Криму|Європа Європі|НАТО НАТО|Марта Марті|Олег Олегом|Ольга Ользі
Петренко Петренка|Кравчук Кравчуком|Федоров Федорова|школа шкіл|лікарня лікарень|завод заводі|податок податків
суддя суддів|слідчий слідчого|кілограм кілограмів|гривня гривень|хлопець хлопці|жінка жінок|річка річці
стаття статей|сонце сонцем|ім'я імені|плем'я племені|курча курчата|відкрити відкрили|горіти горить|просити прошу
дешевий дешевими|зелений зеленої|наш нашого|два двох|їхати їдуть|миша мишей|борщ борщу|два двома|три трьох
дорогий дорожчого|сильний сильнішими|гість гостей|могти може|Андрій Андрієві|Кам'янець Кам'янця
"""
RUSSIAN = """
Москва москвы|Киев киев|Киеве киев|Путин Путина|Зеленский Зеленского|Королёв Королева|военный военных|ёлка елки
самолёт самолета|год лет|человек людей|Собянин Собянина|Набиуллина Набиуллиной|суд судов|Хабаровск Хабаровске
город городами|учитель учителя|поле полей|рука руке|нога ноге|книга книге|сестра сестрой|отец отцу|врач врачами
депутат депутатов|Путин Путину|Лавров Лаврову|Москва Москве|Петербург Петербурга|Казань Казани|Навальный Навального
ребенок детей|человек люди|друг друзья|глаз глаза|день дня|ночь ночью|окно окон|церковь церкви|молодой молодого
большой большая|писать пишет|сказать скажут|выборы выборах|ракета ракеты|Самара Самаре|Владивосток Владивостока
Шойгу Шойгу|Песков Пескову|Медведев Медведевым|жена жён|семья семей|рубль рублей|время времени|путь путем
дочь дочери|зуб зубов|зеленый зеленой|бежать бегут|помочь помогли|дешевый дешевле
"""
ENGLISH = """
law laws|Law laws|child children|Kyiv Kyiv's|Ukraine Ukraine’s|election elections|woman women|go went|TALKS talk
city cities|missile missiles
city cities|law laws|child children|man men|wife wives|go went|write written|minister ministers|country countries
election elections|bus buses|knife knives|foot feet|analysis analyses|crisis crises|buy bought|company company's
Biden Biden's|Ukraine Ukraine's|better good|running run|policeman policemen|economy economies|leaf leaves|mouse mice
lady ladies|box boxes|woman women|tooth teeth|hero heroes|begin began|fly flown|think thought|drive drove
stop stopped|big bigger|happy happiest|strike strikes|Zelensky Zelensky's|Ukrainian Ukrainians|attack attacked
"""
POLISH = """
miasto miastach|ręka ręce|dziecko dzieci|człowiek ludzie|prezydent prezydenta|Warszawa Warszawie|Kraków Krakowa
Tusk Tuskowi|książka książek|rząd rządu|wybory wyborach|pies psy|dzień dni|przyjaciel przyjaciele|oko oczy
pisać pisze|nowy nowego|wojna wojny|szkoła szkole|Gdańsk Gdańsku|Łódź Łodzi|Morawiecki Morawieckiego|kobieta kobiet
samochód samochodów|sąd sądzie|policja policji|minister ministrowie|dom domów|matka matki|iść szedł|mówić mówią
"""
GERMAN = """
Stadt Städte|Haus Häuser|Kind Kinder|Mann Männer|Frau Frauen|Buch Bücher|Gesetz Gesetze|Minister Ministern
Land Länder|Wahl Wahlen|Regierung Regierungen|gehen ging|schreiben schrieb|sagen gesagt|neu neuen|gut besser
Krieg Krieges|Kanzler Kanzlers|Berlin Berlins|Merkel Merkels|Straße Straßen|Tag Tage|München Münchens|Baum Bäume
Wort Wörter|Zeitung Zeitungen|Auto Autos|Schule Schulen|Präsident Präsidenten|fahren fuhr|nehmen nahm|alt alten
groß größer|Apfel Äpfel|Vater Väter
"""
FRENCH = """
ville villes|loi lois|enfant enfants|cheval chevaux|journal journaux|œil yeux|nouveau nouvelle|beau belle|aller vont
dire disait|pays pays|ministre ministres|élection élections|gouvernement gouvernements|mal maux|animal animaux
maison maisons|prendre pris|venir vient|finir finissent|grand grandes|président présidente|Paris Paris
"""
SPANISH = """
ciudad ciudades|ley leyes|niño niños|luz luces|país países|nuevo nuevas|decir dijo|escribir escribió
elección elecciones|guerra guerras|lápiz lápices|mujer mujeres|hablar habló|poder puede|presidente presidentes
acción acciones
"""
ITALIAN = """
città città|uomo uomini|donna donne|legge leggi|amico amici|andare vanno|bello belle
"""
CZECH = """
město městech|žena žen|dítě děti|člověk lidé|zákon zákony|Praha Praze|psát píše
"""
ROMANIAN = """
oraș orașe|om oameni|femeie femei|București Bucureștiului
"""
TURKISH = """
şehir şehirler|çocuk çocuklar|ev evlerde|kanun kanunlar|gitmek gitti|Ankara Ankara'da
"""
LISTS = (
    ("uk", UKRAINIAN),
    ("ru", RUSSIAN),
    ("en", ENGLISH),
    ("pl", POLISH),
    ("de", GERMAN),
    ("fr", FRENCH),
    ("es", SPANISH),
    ("it", ITALIAN),
    ("cs", CZECH),
    ("ro", ROMANIAN),
    ("tr", TURKISH),
)
PAIRS = [
    (language, *pair.split()) for language, listed in LISTS for pair in listed.replace("\n", "|").split("|") if pair
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


@pytest.mark.parametrize("word", ["war", "hat", "die", "son"])
def test_a_word_is_not_sought_as_anothers_languages_commonest(word: str) -> None:
    assert query_terms(word) == [frozenset({word})]
