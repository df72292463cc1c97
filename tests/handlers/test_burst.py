"""A burst of one outlet's as one message."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.burst import burst
from handlers.message import Button
from handlers.render import RELATED, STORY
from news.article import Article
from news.parcel import MOST_LISTED
from tests.handlers.news import ENGLISH, NOW, SPEECH, any_article, article, taken


def test_a_burst_looks_as_agreed() -> None:
    articles = [article(number, found_at=NOW + timedelta(minutes=2 * number)) for number in range(1, 7)]
    message = burst(articles, SPEECH)
    lines = message.html.splitlines()
    assert lines[0] == "<b>iPress</b> · 6 новин за 10 хвилин"
    assert lines[1:3] == [
        '• <a href="https://example.com/a">Новина 1</a>',
        '• <a href="https://example.com/a">Новина 2</a>',
    ]
    assert message.buttons == ((Button("🔗 Схоже", "many:rel"),),)
    assert message.preview is None
    assert burst(articles, ENGLISH).html.startswith("<b>iPress</b> · 6 articles in 10 minutes\n")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "за 1 хвилину"), (89, "за 1 хвилину"), (150, "за 2 хвилини"), (5_300, "за 88 хвилин"), (7_200, "за 2 години")],
)
def test_how_fast_they_came_is_told(seconds: float, told: str) -> None:
    html = burst([article(1), article(2, found_at=NOW + timedelta(seconds=seconds))], SPEECH).html
    assert html.splitlines()[0] == f"<b>iPress</b> · 2 новини {told}"


def test_numbers_take_the_bullets_place_when_it_is_asked_which() -> None:
    articles = [article(number) for number in range(1, 10)]
    message = burst(articles, SPEECH, aim=STORY)
    assert message.html.splitlines()[9] == '9. <a href="https://example.com/a">Новина 9</a>'
    assert [[button.label for button in row] for row in message.buttons] == [list("12345"), list("6789")]
    assert message.buttons[1][3].press == "story:9:one"


def test_asked_elsewhere_the_question_stands_above() -> None:
    message = burst([article(1)], SPEECH, aim=RELATED, origin=5)
    assert message.html.startswith("Яку саме? Натисніть її номер.\n1. <a")


def test_long_headlines_are_cut_until_all_have_room() -> None:
    articles = [article(number, title="слово " * 60) for number in range(MOST_LISTED)]
    read = taken(burst(articles, SPEECH))
    lengths = {len(line) for line in read.text.splitlines()[1:]}
    assert len(lengths) == 1
    assert 110 < lengths.pop() <= 122


@settings(max_examples=60)
@given(st.lists(any_article, min_size=1, max_size=MOST_LISTED), st.sampled_from(["", RELATED, STORY]))
def test_whatever_an_outlet_says_a_list_is_taken(articles: list[Article], aim: str) -> None:
    read = taken(burst(articles, SPEECH, aim=aim))
    assert {entity["type"] for entity in read.entities} <= {"bold", "text_link"}


@given(any_article)
def test_the_longest_list_is_taken(article: Article) -> None:
    taken(burst([article] * MOST_LISTED, SPEECH, aim=RELATED, origin=2**40))
