"""A digest as it looks, and what its buttons carry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.digest_page import View, digest, is_leaf, part_of_day
from handlers.measure import LONGEST_TEXT, without_markup
from handlers.render import RELATED, STORY
from handlers.speech import speech
from news.article import Article
from news.digest import PER_PAGE
from news.scribe import LEAD_IN
from tests.handlers.news import ENGLISH, NOW, SPEECH, any_article, article, taken

MORNING = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
VIEW = View.at(MORNING)
MINUTE = int(MORNING.timestamp()) // 60
MANY = [article(number, published_at=NOW - timedelta(minutes=number)) for number in range(1, 2 * PER_PAGE + 2)]


def presses(articles: list[Article], view: View) -> list[list[str]]:
    return [[button.press for button in row] for row in digest(articles, view, SPEECH).buttons]


def test_a_digest_looks_as_agreed() -> None:
    articles = [
        article(1),
        article(2, story_id=9, title="Голова < міста & порту", summary=""),
        *(article(number, story_id=9, feed_id=number, outlet=f"Видання {number}") for number in (3, 4, 5)),
    ]
    message = digest(articles, VIEW, SPEECH)
    assert message.html == (
        "<b>Ранок, вівторок 24 листопада</b> · 5 новин, 2 події\n\n"
        '<b>1. <a href="https://example.com/a">Голова &lt; міста &amp; порту</a></b> – iPress, Видання 3, Видання 4 +1'
        '\n\n<b>2. <a href="https://example.com/a">Новина 1</a></b> – iPress\n   Видатки зростуть.'
    )
    assert message.preview is None
    assert digest(articles, VIEW, ENGLISH).html.startswith(
        "<b>Morning, Tuesday 24 November</b> · 5 articles, 2 stories\n\n"
    )


def test_whoever_wants_no_summaries_gets_headlines_alone() -> None:
    assert "Видатки" not in digest([article(1)], VIEW, SPEECH, told=False).html


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "Ніч"), (4, "Ніч"), (5, "Ранок"), (11, "Ранок"), (12, "День"), (17, "День"), (18, "Вечір"), (23, "Ніч")],
)
def test_parts_of_the_day_are_those_of_the_chats_zone(hour: int, part: str) -> None:
    moment = datetime(2026, 11, 24, hour, 30, tzinfo=SPEECH.zone)
    assert part_of_day(moment.astimezone(UTC), SPEECH) == part


def test_the_day_is_that_of_the_chats_zone() -> None:
    late = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    html = digest([article(1)], View.at(late), speech("uk", "Europe/Kyiv")).html
    assert html.startswith("<b>Ніч, середа 25 листопада</b>")


def test_a_single_page_has_nowhere_to_leaf() -> None:
    assert presses([article(1)], VIEW) == [[f"dpage:0:{MINUTE}:rel:"]]


def test_pages_lead_to_each_other_and_keep_the_minute() -> None:
    second = View(MINUTE, page=1)
    assert presses(MANY, second) == [
        [f"dpage:0:{MINUTE}::", f"dpage:1:{MINUTE}::", f"dpage:2:{MINUTE}::"],
        [f"dpage:1:{MINUTE}:rel:"],
    ]
    shown = unescape(digest(MANY, second, SPEECH).html)
    assert "<b>6. " in shown
    assert "<b>5. " not in shown


def test_asked_which_a_page_has_a_button_for_each_of_its_events() -> None:
    numbers, pages = presses(MANY, View(MINUTE, page=1, aim=STORY))
    assert numbers == [f"story:{number}:one" for number in range(6, 11)]
    assert pages == [f"dpage:0:{MINUTE}::", f"dpage:1:{MINUTE}::", f"dpage:2:{MINUTE}::"]


def test_asked_elsewhere_all_pages_ask_and_lead_back_to_the_digest() -> None:
    view = View(aim=RELATED, origin=77)
    assert digest(MANY, view, SPEECH).html.startswith("Яку саме? Натисніть її номер.\n\n<b>1. ")
    assert presses(MANY, view)[1] == ["dpage:0:0:rel:77", "dpage:1:0:rel:77"]


@given(st.builds(View, st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(["", RELATED, STORY])))
def test_a_button_carries_the_whole_view(view: View) -> None:
    assert View.of(f"{view.page}{view.rest}") == view


@pytest.mark.parametrize("text", ["", "0", "0:1", "0:1:"])
def test_what_is_missing_counts_as_nothing(text: str) -> None:
    view = View.of(text)
    assert view
    assert (view.page, view.aim, view.origin) == (0, "", 0)


@pytest.mark.parametrize(
    "text", ["x", "-1", "0:x", "0:1:drop", "0:1:rel:x", f"0:{10**10}", "0:999999999999999999", "²"]
)
def test_what_makes_no_sense_is_no_view(text: str) -> None:
    assert View.of(text) is None


@settings(max_examples=60)
@given(st.lists(any_article, min_size=1, max_size=40), st.integers(0, 9), st.sampled_from(["", RELATED, STORY]))
def test_whatever_outlets_say_a_page_is_taken(articles: list[Article], page: int, aim: str) -> None:
    for origin in (0, 2**40):
        taken(digest(articles, View(10**9, page, aim, origin if aim else 0), SPEECH))


@given(any_article)
def test_the_longest_page_is_taken(said: Article) -> None:
    longest = [
        replace(said, id=story * 10 + feed, story_id=story, feed_id=feed, outlet=f"{feed}{said.outlet}")
        for story in range(PER_PAGE)
        for feed in range(5)
    ]
    taken(digest(longest, VIEW, SPEECH))


def test_a_lead_in_opens_the_digest_and_is_inert() -> None:
    html = digest(MANY, VIEW, SPEECH, lead_in="Поромів <більше>.").html
    assert "подій\n\nПоромів &lt;більше&gt;.\n\n<b>1." in html


def test_the_longest_page_has_room_for_the_longest_lead_in() -> None:
    assert len(without_markup(digest(MANY, VIEW, SPEECH, lead_in="А" * LEAD_IN).html)) <= LONGEST_TEXT


def test_a_leaf_is_another_page_and_asks_for_nothing_else() -> None:
    [leaves, [related]] = presses(MANY, VIEW)
    assert all(is_leaf(press) for press in leaves)
    others = [related, "dpage:0:0::77", "dpage:0:0:rel:77", "dpage:x", "find:1:0:", ""]
    assert not [press for press in others if is_leaf(press)]
