"""One event told twice is one story; two events are two, however alike they look."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.story import StoryText, same_story

FERRY = StoryText(
    "Між Заріччям і Порт-Ембером відкрили нічний пором",
    "Нічний пором між Заріччям і Порт-Ембером вийшов у перший рейс. Пасажири провели на палубі шість годин.",
)
FERRY_AGAIN = StoryText(
    "Перший нічний пором вийшов із Заріччя до Порт-Ембера",
    "На перший рейс нічного порома до Порт-Ембера зібралося двісті пасажирів. Дорога тривала шість годин.",
)
WHALE = StoryText(
    "Молодий кит оселився біля хвилеріза Порт-Ембера",
    "Горбатого кита помітили рибалки Порт-Ембера. Науковці просять човни триматися від нього за сто метрів.",
)


def test_one_event_in_other_words_is_one_story() -> None:
    assert same_story(FERRY, FERRY_AGAIN)


def test_two_events_in_one_town_are_two_stories() -> None:
    assert not same_story(FERRY, WHALE)


def test_the_order_does_not_matter() -> None:
    assert same_story(FERRY_AGAIN, FERRY)
    assert not same_story(WHALE, FERRY)


def test_two_words_in_common_are_a_topic() -> None:
    retires = StoryText("Lighthouse keeper retires", "He kept the light for years.")
    begins = StoryText("New keeper for the lighthouse", "She starts on Monday.")
    assert not same_story(retires, begins)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            StoryText("Погода на 24 листопада: мороз і сніг", "У Києві мороз до 5 градусів і сніг."),
            StoryText("Погода на 25 листопада: мороз і сніг", "У Києві мороз до 7 градусів і сніг."),
        ),
        (
            StoryText("Курс валют на понеділок", "Долар коштує 41,5 гривні, євро 44 гривні."),
            StoryText("Курс валют на вівторок", "Долар коштує 41,6 гривні, євро 44 гривні."),
        ),
        (
            StoryText("Headlines of the day", "The council voted on the tram line."),
            StoryText("Headlines of the day", "A whale was seen near the pier."),
        ),
        (
            StoryText("«Маяк» — «Верф» 2:1", "«Маяк» переміг «Верф» у матчі чемпіонату."),
            StoryText("«Маяк» — «Верф» 0:3", "«Верф» переміг «Маяк» у матчі чемпіонату."),
        ),
        (
            StoryText(
                "Ember United 4, Hill Athletic 2 as the bay league goes on",
                "Ember United met Hill Athletic at the park in front of 1880 people, and the match ended 4–2. Both "
                "managers praised the pitch and blamed the wind.",
            ),
            StoryText(
                "Lighthouse Town 5, Hill Athletic 3 as the bay league goes on",
                "Lighthouse Town met Hill Athletic at the park in front of 1844 people, and the match ended 5–3. Both "
                "managers praised the pitch and blamed the wind.",
            ),
        ),
    ],
)
def test_editions_of_a_routine_are_not_one_story(first: StoryText, second: StoryText) -> None:
    assert not same_story(first, second)


@settings(max_examples=50)
@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_makes_it_fail(title: str, text: str, other_title: str, other_text: str) -> None:
    first, second = StoryText(title, text), StoryText(other_title, other_text)
    assert same_story(first, second) == same_story(second, first)
