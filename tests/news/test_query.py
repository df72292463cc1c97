"""Whatever is typed is a query."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.lemmas import lemmas
from news.pattern import Pattern
from news.query import MAX_SHOWN, MAX_TERMS, Query, is_source, parse_query, plain_words

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def read(text: str) -> Query:
    return parse_query(text, now=NOW, zone=KYIV)


def firsts(patterns: tuple[Pattern, ...]) -> list[str]:
    return [" ".join(sorted(pattern, key=shortest)[0]) for pattern in patterns]


def shortest(sequence: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(sequence), sequence


def test_all_words_are_wanted_in_any_form() -> None:
    query = read("проєкти бюджетів")
    assert [("проєкт",) in word for word in query.words] == [True, False]
    assert [("бюджет",) in word for word in query.words] == [False, True]


def test_operators_of_a_database_are_words_like_others() -> None:
    assert firsts(read("'; DROP NEAR( * бюджет -- (").words) == ["drop", "near", "бюджет"]


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "😀", "()*", "\ud800", "\u202e", "- -- «»", "-", '""', "sort:new", ":"]
)
def test_signs_alone_ask_for_nothing(text: str) -> None:
    assert read(text).is_empty


@pytest.mark.parametrize("text", ['"рада міністрів"', "«рада міністрів»", "“рада міністрів”", "„рада міністрів“"])
def test_quotes_of_any_kind_make_a_phrase(text: str) -> None:
    (phrase,) = read(text).words
    assert ("рада", "міністр") in phrase
    assert {len(sequence) for sequence in phrase} == {2}


def test_a_phrase_is_looked_for_as_the_same_words_stand_in_an_article() -> None:
    (phrase,) = read('"нові урядові зміни"').words
    assert ("новий", "урядовий", "уряд", "зміна") in phrase
    (phrase,) = read('"літаки F-16 прибули"').words
    assert ("літак", "f16", "f", "16", "прибути") in phrase


def test_a_phrase_of_one_word_is_a_word() -> None:
    assert read("«бюджет»").words == read("бюджет").words


def test_a_quote_left_open_is_no_quote() -> None:
    assert read('"рада міністрів').words == read("рада міністрів").words


def test_what_is_not_wanted_has_a_minus() -> None:
    query = read('бюджет -спорт -"курс валют" −кіно')
    assert firsts(query.words) == ["бюджет"]
    assert firsts(query.without) == ["спорт", "курс валют", "кіно"]
    assert read("Київ - Львів").without == ()
    assert firsts(read("Су-35 -Су-34").without) == ["су34"]


def test_operators_in_english_and_ukrainian() -> None:
    query = read('source:"Українська правда" site:bbc.com lang:UA title:міст sort:new since:3d бюджет')
    assert query.sources == ("Українська правда", "bbc.com")
    assert query.languages == {"uk"}
    assert (firsts(query.titled), firsts(query.words)) == (["міст"], ["бюджет"])
    assert (query.newest, query.since) == (True, NOW - timedelta(days=3))
    same = read('джерело:"Українська правда" сайт:bbc.com мова:укр заголовок:міст порядок:нові від:3д бюджет')
    assert [getattr(same, name) for name in ("sources", "languages", "titled", "newest", "since")] == [
        getattr(query, name) for name in ("sources", "languages", "titled", "newest", "since")
    ]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-11-01", datetime(2026, 11, 1), datetime(2026, 11, 2)),
        ("01.11.2026", datetime(2026, 11, 1), datetime(2026, 11, 2)),
        ("2026-12", datetime(2026, 12, 1), datetime(2027, 1, 1)),
        ("2026", datetime(2026, 1, 1), datetime(2027, 1, 1)),
    ],
)
def test_dates_are_days_months_and_years_of_the_reader(text: str, since: datetime, until: datetime) -> None:
    assert read(f"since:{text}").since == since.replace(tzinfo=KYIV)
    assert read(f"until:{text}").until == until.replace(tzinfo=KYIV)


def test_of_two_dates_the_narrower_holds() -> None:
    query = read("since:2w since:1d until:2h until:3h")
    assert (query.since, query.until) == (NOW - timedelta(days=1), NOW - timedelta(hours=3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("since:yesterday", ["since", "yesterday"]),
        ("since:2026-13-45", ["since", "2026", "13", "45"]),
        ("until:0000-00-00", ["until", "0000", "00"]),
        ("since:99999d", ["since", "99999d"]),
        ("lang:!", ["lang"]),
        ("sort:upside", ["sort", "upside"]),
        ("source:", ["source"]),
        ("color:red", ["color", "red"]),
        ("https://example.com/a", ["https", "example", "com", "a"]),
    ],
)
def test_what_can_not_be_read_as_an_operator_is_words(text: str, words: list[str]) -> None:
    query = read(text)
    assert [sorted(term for (term,) in word if term in words) for word in query.words] == [[word] for word in words]
    assert (query.since, query.until, query.sources, query.newest) == (None, None, (), False)
    assert not query.languages


def test_a_long_query_is_shown_short_and_searched_in_part() -> None:
    query = read(" ".join(f"слово{n} -ні{n} title:так{n}" for n in range(4000)))
    assert len(query.text) <= MAX_SHOWN
    for patterns in (query.words, query.titled, query.without):
        assert 0 < len(patterns) <= MAX_TERMS


def test_what_was_asked_is_read_again_as_the_same() -> None:
    query = read("  бюджет\n«рада   міністрів»  -спорт since:2026 " + "довгий " * 30)
    assert len(query.text) < len(query.asked)
    assert read(query.asked) == query


BOMBS = ["(" * 900, "a*" * 500, '"' * 999, "-" * 999, ":" * 999, "title:" * 150, '-"' * 400, "a" * 999, "\u0301" * 999]


@pytest.mark.parametrize("text", BOMBS)
def test_bombs_are_read_at_once(text: str) -> None:
    read(text)


SIGNS = "- « » „ : title: source: lang: since: until: sort: 3d 2026-11-01 бюджет F-16 зв'язок * ( ) ^ NEAR AND"
HARSH = ('"', "\ud800", "\udfff", "\u202e", "\0", "9" * 40)
typed = st.lists(st.sampled_from([*SIGNS.split(), *HARSH]) | st.text(max_size=20), max_size=40)


@given(typed, st.sampled_from(["", " "]))
def test_nothing_makes_it_fail(parts: list[str], between: str) -> None:
    query = read(between.join(parts))
    for patterns in (query.words, query.titled, query.without):
        assert all(pattern and all(pattern) for pattern in patterns)
        assert all(term.isalnum() for pattern in patterns for sequence in pattern for term in sequence)
    assert read(query.asked).text == query.text


def test_ten_thousand_words_are_read() -> None:
    drawn = random.Random(1)
    assert len(read(" ".join(str(drawn.random()) for _ in range(10_000))).words) == MAX_TERMS


@pytest.mark.parametrize(
    ("name", "title", "host", "meant"),
    [
        ("правда", "Українська правда", "www.pravda.com.ua", True),
        ("українська-правда", "Українська Правда", "x.example", True),
        ("pravda.com.ua", "УП", "www.pravda.com.ua", True),
        ("https://www.pravda.com.ua/", "УП", "pravda.com.ua", True),
        ("pravda", "УП", "www.pravda.com.ua", True),
        ("com.ua", "УП", "www.pravda.com.ua", True),
        ("ua", "УП", "www.pravda.com.ua", True),
        ("avda.com", "УП", "www.pravda.com.ua", False),
        ("!", "УП!", "pravda.com.ua", False),
    ],
)
def test_a_source_goes_by_its_name_or_its_site(name: str, title: str, host: str, meant: bool) -> None:
    assert is_source(name, title=title, host=host) == meant


def test_plain_words_are_those_without_operators() -> None:
    assert plain_words("бюджет «рада міністрів» -спорт title:міст since:3d 2027") == ["бюджет", "2027"]
    assert plain_words("title: порт") == ["порт"]


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [("de", "Städte", "Stadt"), ("pl", "miastach", "miasto"), ("fr", "chevaux", "cheval"), ("cs", "zákony", "zákon")],
)
def test_words_are_sought_in_every_language_of_their_letters(language: str, asked: str, told: str) -> None:
    for query in (asked, f'"{asked}"'):
        [wanted] = parse_query(query, now=NOW).words
        assert (*lemmas(told, language),) in wanted
