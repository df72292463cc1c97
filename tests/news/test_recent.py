"""A report finds those of the last days that tell of the same event, however many others there are."""

from datetime import timedelta

from news.reading import StoryText
from news.recent import SPAN, Recent, Told
from tests.news.given import NOW
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE


def told(text: StoryText, story_id: int, **later: float) -> Told:
    """What was told at NOW, or later."""
    return Told(story_id, NOW + timedelta(**later), text)


def filler(number: int) -> Told:
    """What nobody else tells."""
    return told(
        StoryText(f"Подія слово{number} назва{number}", f"Річ{number} сталася там{number} і тоді{number}."), number
    )


def test_a_report_joins_the_story_of_another_of_its_event() -> None:
    recent = Recent()
    assert recent.join(told(FERRY, 1)) == 1
    assert recent.join(told(WHALE, 2)) == 2
    assert recent.join(told(FERRY_AGAIN, 3)) == 1


def test_a_report_that_was_only_added_is_found_too() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1), told(WHALE, 2)])
    assert recent.join(told(FERRY_AGAIN, 3)) == 1


def test_it_is_found_among_thousands_of_others() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1)])
    recent.add([filler(number) for number in range(2, 2000)])
    assert recent.join(told(FERRY_AGAIN, 3000)) == 1


def test_after_the_span_it_is_another_event() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1)])
    assert recent.join(told(FERRY_AGAIN, 2, seconds=SPAN.total_seconds() + 1)) == 2
    assert recent.join(told(FERRY, 3, seconds=SPAN.total_seconds())) in (1, 2)


def test_the_first_to_come_are_the_first_to_go() -> None:
    recent = Recent(most=10)
    recent.add([told(FERRY, 1)])
    recent.add([filler(number) for number in range(2, 12)])
    assert len(recent) == 10
    assert recent.join(told(FERRY_AGAIN, 12)) == 12
    assert recent.join(told(FERRY, 13)) == 12


def test_a_report_without_words_is_a_story_of_its_own() -> None:
    recent = Recent()
    assert recent.join(told(StoryText("…", ""), 1)) == 1
    assert recent.join(told(StoryText("…", ""), 2)) == 2
