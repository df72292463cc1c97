"""A report finds those of the last days that tell of the same event, however many others there are."""

from datetime import timedelta

from news.reading import StoryText
from news.recent import SPAN, Joined, Recent, Told
from tests.news.given import NOW
from tests.news.test_story import FERRY, FERRY_AGAIN, WHALE


def told(text: StoryText, story_id: int, **later: float) -> Told:
    """What was told at NOW, or later, by an outlet of its own."""
    return Told(story_id, story_id, NOW + timedelta(**later), text)


def filler(number: int) -> Told:
    """What nobody else tells."""
    return told(
        StoryText(f"Подія слово{number} назва{number}", f"Річ{number} сталася там{number} і тоді{number}."), number
    )


def words(first: int, last: int, story_id: int) -> Told:
    """A report of so many words that mean nothing; two have as much in common as their spans."""
    return told(StoryText("", " ".join(f"w{number}w" for number in range(first, last))), story_id)


def test_a_report_joins_the_story_of_another_of_its_event() -> None:
    recent = Recent()
    assert recent.join(told(FERRY, 1)).story_id == 1
    assert recent.join(told(WHALE, 2)).story_id == 2
    assert recent.join(told(FERRY_AGAIN, 3)).story_id == 1


def test_a_report_that_was_only_added_is_found_too() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1), told(WHALE, 2)])
    assert recent.join(told(FERRY_AGAIN, 3)).story_id == 1


def test_it_is_found_among_thousands_of_others() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1)])
    recent.add([filler(number) for number in range(2, 2000)])
    assert recent.join(told(FERRY_AGAIN, 3000)).story_id == 1


def test_after_the_span_it_is_another_event() -> None:
    recent = Recent()
    recent.add([told(FERRY, 1)])
    assert recent.join(told(FERRY_AGAIN, 2, seconds=SPAN.total_seconds() + 1)).story_id == 2
    assert recent.join(told(FERRY, 3, seconds=SPAN.total_seconds())).story_id in (1, 2)


def test_the_first_to_come_are_the_first_to_go() -> None:
    recent = Recent(most=10)
    recent.add([told(FERRY, 1)])
    recent.add([filler(number) for number in range(2, 12)])
    assert len(recent) == 10
    assert recent.join(told(FERRY_AGAIN, 12)).story_id == 12
    assert recent.join(told(FERRY, 13)).story_id == 12


def test_a_report_without_words_is_a_story_of_its_own() -> None:
    recent = Recent()
    assert recent.join(told(StoryText("…", ""), 1)).story_id == 1
    assert recent.join(told(StoryText("…", ""), 2)).story_id == 2


def test_a_story_does_not_grow_as_a_chain() -> None:
    recent = Recent()
    links = [recent.join(words(8 * link, 8 * link + 20, link)).story_id for link in range(4)]
    assert links == [0, 0, 0, 3]


def test_an_outlets_mould_makes_no_story() -> None:
    cargo = StoryText("Судно «Полин» привезло апельсини", "До причалу підійшло судно «Полин». Портовики впоралися.")
    other = StoryText("Судно «Стриж» привезло парти", "До причалу підійшло судно «Стриж». Портовики впоралися.")
    recent = Recent()
    assert recent.join(Told(1, 7, NOW, cargo)).story_id == 1
    assert recent.join(Told(2, 7, NOW, other)).story_id == 2
    assert recent.join(Told(3, 7, NOW, cargo)).story_id == 1


def test_a_report_of_two_stories_that_are_near_makes_them_one() -> None:
    recent = Recent()
    assert recent.join(words(13, 33, 2)).story_id == 2
    assert recent.join(words(0, 20, 1)).story_id == 1
    assert recent.join(words(7, 26, 3)) == Joined(1, merged=(2,))
    assert recent.join(words(14, 33, 4)) == Joined(1)


def test_a_report_of_two_stories_that_are_not_near_belongs_to_the_nearer() -> None:
    recent = Recent()
    recent.add([words(0, 20, 1), words(16, 36, 2)])
    assert recent.join(words(9, 29, 3)) == Joined(2)


def test_stories_stay_whole_when_their_first_reports_go() -> None:
    recent = Recent(most=3)
    recent.join(words(13, 33, 2))
    recent.join(words(0, 20, 1))
    recent.join(words(7, 26, 3))
    for number in range(100, 103):
        recent.join(filler(number))
    assert recent.join(words(7, 26, 4)) == Joined(4)


def test_what_many_tell_of_is_less_telling() -> None:
    recent = Recent()
    recent.add([filler(number) for number in range(20)])
    assert recent.rarity("подія") < recent.rarity("слово7") < recent.rarity("ніде")
