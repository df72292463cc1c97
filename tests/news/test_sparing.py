"""What a headline offers to be spared of."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.lemmas import lemmas
from news.match import passes
from news.reading import StoryText
from news.sparing import MOST_PROPOSED, proposals
from news.wishes import Wish, read_wish


@dataclass(frozen=True)
class Read:
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...] = ()


def read(title: str) -> Read:
    return Read(tuple(lemmas(title, "uk")))


def proposed(title: str, text: str = "", others: tuple[str, ...] = (), language: str = "uk") -> list[str]:
    return [want.text for want in proposals(StoryText(title, text, language), [read(other) for other in others])]


def test_names_come_first_whole_as_they_are_written() -> None:
    found = proposed("Учора тренер Сергій Ребров назвав склад збірної на матч у Вроцлаві")
    assert found[:2] == ['-"Сергій Ребров"', "-Вроцлаві"]
    assert "-склад" in found


def test_words_that_say_nothing_are_left_out() -> None:
    assert proposed("У 2026 році це буде вже 15 раз") == []
    assert proposed("") == []
    assert proposed("🔥 !!!") == []


def test_what_fewer_of_the_feeds_articles_have_goes_first() -> None:
    others = ("Новий тролейбус на мосту", "Тролейбус зупинився", "Тролейбуси подорожчали")
    found = proposed("тролейбус збив світлофор", others=others)
    assert found == ["-збив", "-світлофор", "-тролейбус"]


def test_the_first_word_is_a_name_where_the_text_writes_it_so() -> None:
    assert proposed("Динамо програло вдома", "Учора Динамо програло.")[0] == "-Динамо"
    assert proposed("Тролейбус зупинився вдома", "Учора тролейбус зупинився.")[0] == "-тролейбус"


def test_of_a_headline_all_in_capitals_no_word_is_a_name() -> None:
    assert proposed("Parliament Passes Budget Law Tonight", language="en") == [
        "-parliament",
        "-passes",
        "-budget",
        "-law",
        "-tonight",
    ]


def test_there_are_not_too_many() -> None:
    title = "Тролейбус, трамвай, автобус, метро, човен, потяг, літак, дирижабль"
    assert len(proposed(title)) == MOST_PROPOSED


@pytest.mark.parametrize("title", ["Прем'єр-міністр пішов у відпустку", "F-16 збив ракету", "Сер Елтон Джон співає"])
def test_what_is_proposed_spares_the_article_itself(title: str) -> None:
    wants = proposals(StoryText(title, "", "uk"), [])
    assert wants
    assert not any(passes(Wish((want,)), read(title)) for want in wants)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_makes_it_fail(title: str, text: str) -> None:
    for want in proposals(StoryText(title, text, None), [read(title)]):
        assert want.unwanted
        assert read_wish(want.text).wants == (want,)
