"""A digest's order and pages."""

from datetime import timedelta

import pytest

from news.digest import LONGEST_SENTENCE, PER_PAGE, by_event, in_one_sentence, page_of
from tests.handlers.news import NOW, article


def test_what_most_outlets_report_goes_first() -> None:
    alone, first, second = article(1), article(2, story_id=9), article(3, story_id=9, feed_id=2)
    assert by_event([alone, first, second]) == [(first, second), (alone,)]


def test_one_outlet_that_writes_much_of_an_event_makes_it_no_larger() -> None:
    often = [article(number, story_id=9) for number in (1, 2, 3)]
    two = [article(4, story_id=8), article(5, story_id=8, feed_id=2)]
    assert by_event([*often, *two]) == [tuple(two), tuple(often)]


def test_of_events_reported_alike_the_newer_goes_first() -> None:
    older, newer = article(1), article(2, published_at=NOW + timedelta(minutes=1))
    assert by_event([older, newer]) == [(newer,), (older,)]


def test_the_newest_report_makes_an_event_new() -> None:
    begun = article(1, story_id=9, published_at=NOW - timedelta(hours=5))
    between = article(2, published_at=NOW - timedelta(hours=1))
    goes_on = article(3, story_id=9, published_at=NOW)
    assert by_event([begun, between, goes_on]) == [(begun, goes_on), (between,)]


def test_pages_hold_some_events_each_and_count_on() -> None:
    articles = [article(number, published_at=NOW - timedelta(minutes=number)) for number in range(2 * PER_PAGE + 1)]
    page = page_of(articles, 1)
    assert [reports[0].id for reports in page.shown] == list(range(PER_PAGE, 2 * PER_PAGE))
    assert (page.number, page.pages, page.first) == (1, 3, PER_PAGE + 1)
    assert (page.articles, page.events) == (2 * PER_PAGE + 1, 2 * PER_PAGE + 1)


@pytest.mark.parametrize("number", [0, 1, 10**17])
def test_beyond_the_last_page_is_the_last(number: int) -> None:
    assert page_of([article(1)], number).number == 0


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("Видатки зростуть. Так каже уряд.", "Видатки зростуть."),
        ("Про це повідомив В. Зеленський у ст. 5. Далі.", "Про це повідомив В. Зеленський у ст. 5."),
        ("", ""),
        ("слово " * 99, ("слово " * 99)[: LONGEST_SENTENCE - 2].rstrip() + "…"),
    ],
)
def test_of_a_summary_one_sentence_is_told(summary: str, told: str) -> None:
    assert in_one_sentence(article(1, summary=summary)) == told
