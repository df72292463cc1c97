from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.proposal import proposal
from news.errors import Problem
from news.preview import Glimpse, Preview
from tests.handlers.news import ENGLISH, SPEECH, any_words, taken

SEEN = Preview("https://bereg.example/feed.xml", "Вільний Берег", (Glimpse("Пором вийшов", "https://b.example/1"),))


@pytest.mark.parametrize(
    ("a_day", "told"),
    [
        (None, "bereg.example/feed.xml"),
        (12.4, "bereg.example/feed.xml\nблизько 12 новин на день"),
        (21, "bereg.example/feed.xml\nблизько 21 новини на день"),
        (0.43, "bereg.example/feed.xml\nблизько 3 новин на тиждень"),
        (0.05, "bereg.example/feed.xml\nблизько 2 новин на місяць"),
        (0.001, "bereg.example/feed.xml\nблизько 1 новини на місяць"),
    ],
)
def test_how_often_it_writes_is_told_in_the_span_that_suits(a_day: float | None, told: str) -> None:
    text = taken(proposal(replace(SEEN, a_day=a_day), 5, SPEECH)).text
    assert text == f"Вільний Берег\n{told}\n\n• Пором вийшов\n\nСтежити за цим джерелом?"


def test_to_follow_is_the_first_button_and_the_newest_article_the_preview() -> None:
    message = proposal(SEEN, 5, ENGLISH)
    assert [[button.press for button in row] for row in message.buttons] == [["follow:5", "follow:no"]]
    assert message.preview == "https://b.example/1"


def test_one_in_trouble_says_so_and_may_be_followed_all_the_same() -> None:
    text = taken(proposal(replace(SEEN, latest=(), problem=Problem.SERVER_TROUBLE), 5, ENGLISH)).text
    assert text == "The server of bereg.example has a fault.\n\nFollow it all the same? It will be tried again."


@given(any_words, any_words, st.lists(st.builds(Glimpse, any_words, st.none() | any_words), max_size=3))
def test_whatever_a_feed_says_telegram_takes_it(title: str, path: str, latest: list[Glimpse]) -> None:
    taken(proposal(Preview(f"https://a.example/{path}", title, tuple(latest), 1.0), 2**62, SPEECH))
