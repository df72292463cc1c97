"""Which articles pass a wish, and that many wishes at once say the same as each alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.article import NewArticle
from news.lemmas import lemmas
from news.match import Matcher, passes, why
from news.pattern import Pattern
from news.wishes import Clue, Want, Wish, read_wish
from tests.news.given import NOW


def article(title: str = "", text: str = "", language: str = "uk") -> NewArticle:
    return NewArticle(
        keys=("guid",),
        fingerprint="print",
        title=title,
        summary="",
        text=text,
        link=None,
        image=None,
        author=None,
        language=language,
        published_at=NOW,
        found_at=NOW,
        title_lemmas=tuple(lemmas(title, language)),
        text_lemmas=tuple(lemmas(text, language)),
    )


SHELLING = article("Нічні обстріли Харкова", "У місті оголосили повітряну тривогу. Урядові установи зачинено.")
ELECTION = article("Prime ministers discussed the elections", "Voters in three cities went to the polls.", "en")


@pytest.mark.parametrize(
    ("typed", "subject", "passed"),
    [
        ("обстріл", SHELLING, True),
        ("тривоги", SHELLING, True),
        ("футбол, обстрілом", SHELLING, True),
        ("футбол", SHELLING, False),
        ("харків тривога", SHELLING, True),
        ("харків футбол", SHELLING, False),
        ("«повітряна тривога»", SHELLING, True),
        ("«тривога повітряна»", SHELLING, False),
        ("«оголосили повітряну тривогу»", SHELLING, True),
        ("«обстріл харкова у місті»", SHELLING, False),
        ("«урядові установи»", SHELLING, True),
        ("!футбол", SHELLING, True),
        ("!тривога", SHELLING, False),
        ("обстріл, !тривога", SHELLING, False),
        ("обстріл, !тривога футбол", SHELLING, True),
        ("обстріл -харкова", SHELLING, False),
        ("title:обстріл", SHELLING, True),
        ("title:тривога", SHELLING, False),
        ("заголовок:«обстріл харкова»", SHELLING, True),
        ("заголовок:«повітряна тривога»", SHELLING, False),
        ("тривога, !title:тривога", SHELLING, True),
        ("тривога, !title:обстріл", SHELLING, False),
        ("title:обстріл тривога", SHELLING, True),
        ("election", ELECTION, True),
        ("city poll", ELECTION, True),
        ('"prime minister"', ELECTION, True),
        ("title:city", ELECTION, False),
        ("elections, -polling", ELECTION, False),
        ("вибори, election", ELECTION, True),
        ("", ELECTION, True),
    ],
)
def test_what_passes(typed: str, subject: NewArticle, passed: bool) -> None:
    wish = read_wish(typed)
    assert passes(wish, subject) == passed
    assert Matcher({7: wish}).passing(subject) == (frozenset([7]) if passed else frozenset())


def test_an_article_without_words_passes_only_what_wants_none() -> None:
    wishes = {1: read_wish("обстріл"), 2: read_wish("!обстріл"), 3: read_wish("")}
    assert Matcher(wishes).passing(article()) == {2, 3}


def test_it_is_told_what_an_article_has() -> None:
    had = why(read_wish("обстріл, футбол, курс тривога, «повітряна тривога», !харків"), SHELLING)
    assert [want.text for want in had] == ['"повітряна тривога"', "обстріл", "-харків"]


def test_wishes_may_come_later() -> None:
    matcher = Matcher({1: read_wish("обстріл")})
    assert matcher.passing(SHELLING) == {1}
    matcher.add({2: read_wish("обстріли, тривога"), 3: read_wish("обстріл, !тривога"), 4: read_wish("!футбол")})
    assert matcher.passing(SHELLING) == {1, 2, 4}


def test_none_are_passed_where_there_are_none() -> None:
    assert Matcher({}).passing(SHELLING) == frozenset()


# --- Many at once ---

terms = st.sampled_from("абвг")
told = st.lists(terms, max_size=12).map(tuple)
patterns: st.SearchStrategy[Pattern] = st.frozensets(
    st.lists(terms, min_size=1, max_size=4).map(tuple), min_size=1, max_size=3
)
clues = st.frozensets(st.builds(Clue, patterns, st.booleans()), min_size=1, max_size=3)
wants = st.builds(Want, st.just(""), clues, st.booleans())
wishes = st.builds(Wish, st.lists(wants, max_size=4).map(tuple))


@given(st.lists(wishes, max_size=12), st.lists(st.tuples(told, told), min_size=1, max_size=3))
def test_many_at_once_pass_as_each_alone(
    each: list[Wish], texts: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    matcher = Matcher(dict(enumerate(each)))
    for title, text in texts:
        subject = replace(SHELLING, title_lemmas=title, text_lemmas=text)
        assert matcher.passing(subject) == {id_ for id_, wish in enumerate(each) if passes(wish, subject)}


WORDS = (
    *("обстріл", "обстрілів", "тривога", "тривоги", "Харків", "урядові", "футбол"),
    *("F-16", "cities", "«повітряна тривога»"),
)


@given(st.lists(st.tuples(st.sampled_from(["", ",", ", !", " title:"]), st.sampled_from(WORDS)), max_size=8))
def test_what_was_typed_passes_alike_alone_and_among_others(typed: list[tuple[str, str]]) -> None:
    wish = read_wish(" ".join(between + word for between, word in typed))
    others = {n: read_wish(word) for n, word in enumerate(WORDS, 1)}
    for subject in (SHELLING, ELECTION):
        assert (0 in Matcher({0: wish} | others).passing(subject)) == passes(wish, subject)
