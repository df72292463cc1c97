import pytest

from handlers.followed import PER_PAGE, row
from handlers.measure import LONGEST_TEXT, fits
from handlers.mishap import LONGEST_TITLE, mishap, topic_named
from handlers.speech import LANGUAGES, speech
from news.chat import Subscription
from news.errors import Problem
from news.feed import Feed
from news.mishap import Blow, Mishap
from tests.handlers.news import NOW

HOSTILE = "<b>«Порт» & море</b>"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_name_is_shown_as_it_is_and_a_long_one_cut(language: str, kind: str) -> None:
    told = mishap(Mishap(Blow.SILENCED, kind, HOSTILE), speech(language, "UTC")).html
    assert "&lt;b&gt;" in told
    assert "<b>" not in told
    long = mishap(Mishap(Blow.SILENCED, kind, "ш" * 300), speech(language, "UTC")).html
    assert "ш" * LONGEST_TITLE not in long


def test_a_place_whose_name_nobody_told_is_told_of_all_the_same() -> None:
    assert "«…»" in mishap(Mishap(Blow.SILENCED, "supergroup"), speech("uk", "UTC")).html


def test_a_topic_goes_by_its_name_or_else_by_its_number() -> None:
    assert topic_named(12, "Порт", speech("uk", "UTC")) == "«Порт»"
    assert topic_named(12, "", speech("uk", "UTC")) == "№ 12"
    told = mishap(Mishap(Blow.TOPIC_LEFT, "supergroup", "Редакція", 12, HOSTILE), speech("uk", "UTC")).html
    assert "„Порт“" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_longest_rows_under_the_longest_headings_fits_into_a_message(language: str) -> None:
    spoken = speech(language, "UTC")
    feed = Feed(1, f"https://{'a' * 60}.example/{'b' * 500}", "<" * 300, next_check_at=NOW, problem=Problem.NOT_A_FEED)
    rows = [row(100 + number, Subscription(1, feed, None), spoken) for number in range(PER_PAGE)]
    headings = [topic_named(1, "ж" * 200, spoken)] * PER_PAGE
    assert fits("\n\n".join([*rows, *headings]) + "x" * 400, LONGEST_TEXT)
