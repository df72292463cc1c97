from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.message import Button
from handlers.render import (
    LONGEST_IN_LIST,
    LONGEST_OUTLET,
    articles,
    card,
    headline,
    outlet,
    pager,
    push,
    related_button,
    results,
)
from handlers.speech import speech
from news.article import Article
from news.snippet import Piece
from sandbox.telegram.formatted import utf16_length
from sandbox.telegram.markup import parse_html
from tests.handlers.news import any_article, any_words, taken

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
SPEECH = speech("uk", "Europe/Kyiv")
ARTICLE = Article(
    id=42,
    feed_id=1,
    story_id=1,
    outlet="iPress",
    title="Уряд подав проєкт бюджету",
    summary="Видатки зростуть.",
    text="",
    link="https://example.com/a",
    image=None,
    language="uk",
    published_at=NOW,
    found_at=NOW,
)
# What a feed may say: `news` takes out surrogates and control characters before anything is kept.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
hostile = st.one_of(
    words,
    st.sampled_from(
        ["<b>", "</b></a>", '"><script>', "&lt;b&gt;", "&amp;", "<a href='x'>", "{0}", "%s", "1 < 2 && 3 > 2", "&#60;"]
    ),
)


def test_a_push_looks_as_agreed() -> None:
    message = push(ARTICLE, SPEECH, now=NOW)
    assert message.html == (
        '<b><a href="https://example.com/a">Уряд подав проєкт бюджету</a></b>\niPress · 14:05\n\nВидатки зростуть.'
    )
    assert message.preview == "https://example.com/a"
    assert [[button.press for button in row] for row in message.buttons] == [
        ["read:42", "rel:42"],
        ["save:42", "more:42"],
    ]


def test_a_push_without_a_summary_ends_after_the_outlet() -> None:
    assert push(replace(ARTICLE, summary=""), SPEECH, now=NOW).html.endswith("</b>\niPress · 14:05")


def test_a_push_without_a_link_has_no_preview() -> None:
    message = push(replace(ARTICLE, link=None), SPEECH, now=NOW)
    assert message.html.startswith("<b>Уряд подав проєкт бюджету</b>")
    assert message.preview is None


def test_a_push_of_yesterday_has_its_date() -> None:
    assert "iPress · 24 лист., 14:05" in push(ARTICLE, SPEECH, now=NOW + timedelta(days=1)).html


def test_outlets_that_report_the_same_are_named_last() -> None:
    html = push(ARTICLE, SPEECH, now=NOW, also=("Суспільне", "Вісті < & >")).html
    assert html.endswith("\n\nВидатки зростуть.\n\nтакож: Суспільне, Вісті &lt; &amp; &gt;")


def test_of_many_outlets_some_are_named_and_the_others_counted() -> None:
    html = push(ARTICLE, SPEECH, now=NOW, also=[f"Видання {number}" for number in range(9)]).html
    assert html.endswith("також: Видання 0, Видання 1, Видання 2, Видання 3, Видання 4 +4")


def test_under_a_picture_the_summary_gives_way_and_the_outlets_stay() -> None:
    article = replace(ARTICLE, summary="Речення, якому тут є місце. " * 60)
    read = parse_html(push(article, SPEECH, now=NOW, also=("Суспільне",), most=1024).html).text
    assert 900 < utf16_length(read) <= 1024
    assert read.endswith("Речення, якому тут є місце.\n\nтакож: Суспільне")


@given(any_article, st.lists(any_words, max_size=30), any_words, st.sampled_from([1024, 4096]))
def test_whatever_is_told_a_push_is_taken(said: Article, also: list[str], summary: str, most: int) -> None:
    taken(push(said, SPEECH, now=NOW + timedelta(days=1), summary=summary, also=also, most=most), most)


@given(title=hostile, outlet_name=hostile, summary=hostile, path=hostile)
def test_whatever_a_feed_says_is_text(title: str, outlet_name: str, summary: str, path: str) -> None:
    link = f"https://example.com/{path}"
    article = replace(ARTICLE, title=title, outlet=outlet_name, summary=summary, link=link)
    read = parse_html(push(article, SPEECH, now=NOW).html)
    assert read.text == f"{title}\n{outlet_name} · 14:05\n\n{summary}"
    assert {entity["type"] for entity in read.entities} <= {"bold", "text_link"}


@given(st.lists(st.tuples(hostile, hostile), min_size=1, max_size=8))
def test_a_list_of_whatever_feeds_say_is_text(said: list[tuple[str, str]]) -> None:
    found = [replace(ARTICLE, title=title, outlet=name) for title, name in said]
    read = parse_html(articles(found, SPEECH, now=NOW + timedelta(hours=2)))
    rows = [f"{row}. {title}\n   {name}, 2 години тому" for row, (title, name) in enumerate(said, 1)]
    assert read.text == "\n".join(rows)
    assert {entity["type"] for entity in read.entities} <= {"text_link"}


def test_a_card_looks_as_agreed_and_becomes_the_push_without_buttons() -> None:
    later = NOW + timedelta(hours=2)
    shown = card(replace(ARTICLE, image="https://example.com/i.jpg"), SPEECH, now=later)
    assert (shown.title, shown.description) == (ARTICLE.title, "iPress · 2 години тому\nВидатки зростуть.")
    assert (shown.id, shown.link, shown.picture) == ("42", ARTICLE.link, "https://example.com/i.jpg")
    assert shown.message == replace(push(ARTICLE, SPEECH, now=later), buttons=())


def test_a_card_has_a_title_and_no_empty_line_whatever_is_missing() -> None:
    bare = card(replace(ARTICLE, title="", summary="", link=None), SPEECH, now=NOW + timedelta(hours=2))
    assert (bare.title, bare.description, bare.link, bare.picture) == ("…", "iPress · 2 години тому", None, None)


@given(title=hostile, outlet_name=hostile, summary=hostile)
def test_a_card_shows_whatever_a_feed_says_as_it_is(title: str, outlet_name: str, summary: str) -> None:
    article = replace(ARTICLE, title=title, outlet=outlet_name, summary=summary)
    shown = card(article, SPEECH, now=NOW + timedelta(hours=2))
    assert (shown.title, shown.description) == (title, f"{outlet_name} · 2 години тому\n{summary}")


def test_quotes_do_not_leave_a_links_attribute() -> None:
    link = "https://example.com/?a=1&b=\"'><b>"
    assert f'<a href="{"https://example.com/?a=1&amp;b=&quot;&#x27;&gt;&lt;b&gt;"}">' == headline(
        replace(ARTICLE, link=link)
    ).removesuffix("Уряд подав проєкт бюджету</a>")


def test_the_longest_push_fits_into_a_message() -> None:
    """With the longest title and summary that `news` lets through, all of them of two units a character."""
    longest = replace(
        ARTICLE, title="🦘" * 300, summary="🦘" * 300, outlet="🦘" * 300, link="https://example.com/" + "&" * 2000
    )
    html = push(longest, SPEECH, now=NOW).html
    assert utf16_length(parse_html(html).text) <= 4096
    assert len(html.encode()) <= 32_768


def test_the_longest_page_of_five_fits_into_a_message() -> None:
    longest = replace(ARTICLE, title="🦘" * 300, outlet="🦘" * 300)
    read = parse_html(articles([longest] * 5, SPEECH, now=NOW))
    assert utf16_length(read.text) <= 4096 - 1000


def test_a_list_goes_on_counting() -> None:
    assert articles([ARTICLE, ARTICLE], SPEECH, now=NOW, first=6).startswith("6. <a")
    assert "\n7. <a" in articles([ARTICLE, ARTICLE], SPEECH, now=NOW, first=6)


@pytest.mark.parametrize(
    ("title", "link", "shown"),
    [
        ("", "https://e.com/?a&b", '<a href="https://e.com/?a&amp;b">https://e.com/?a&amp;b</a>'),
        ("", None, "…"),
        ("1 < 2", None, "1 &lt; 2"),
    ],
)
def test_a_headline_is_never_empty(title: str, link: str | None, shown: str) -> None:
    assert headline(replace(ARTICLE, title=title, link=link)) == shown


def test_a_headline_among_others_takes_less_room_than_alone() -> None:
    article = replace(ARTICLE, title="а" * 300)
    assert "а" * 300 in push(article, SPEECH, now=NOW).html
    assert parse_html(headline(article)).text == "а" * (LONGEST_IN_LIST - 1) + "…"


def test_an_outlet_without_a_name_is_called_by_its_host() -> None:
    assert outlet(replace(ARTICLE, outlet="")) == "example.com"


def test_an_outlets_name_takes_one_line() -> None:
    assert outlet(replace(ARTICLE, outlet="Дуже довга назва " * 20)).endswith("…")
    assert len(outlet(replace(ARTICLE, outlet="а" * 300))) == LONGEST_OUTLET


def test_an_outlets_name_is_cut_before_it_is_escaped() -> None:
    assert parse_html(outlet(replace(ARTICLE, outlet="&" * 300))).text == "&" * (LONGEST_OUTLET - 1) + "…"


def test_the_related_button_names_the_article_within_telegrams_limit() -> None:
    button = related_button(replace(ARTICLE, id=2**63 - 1), SPEECH)
    assert button.label == SPEECH.plainly("🔗 Related")
    assert button.press == f"rel:{2**63 - 1}"
    assert len(button.press.encode()) <= 64


@pytest.mark.parametrize(
    ("page", "pages", "labels", "presses"),
    [
        (0, 0, [], []),
        (0, 1, [], []),
        (0, 3, ["1/3", "▶"], ["find:7:0", "find:7:1"]),
        (1, 3, ["◀", "2/3", "▶"], ["find:7:0", "find:7:1", "find:7:2"]),
        (2, 3, ["◀", "3/3"], ["find:7:1", "find:7:2"]),
    ],
)
def test_a_pager_leads_to_the_neighbours(page: int, pages: int, labels: list[str], presses: list[str]) -> None:
    buttons = [button for row in pager("find:7", page, pages) for button in row]
    assert buttons == [Button(label, press) for label, press in zip(labels, presses, strict=True)]


def test_a_result_tells_how_many_more_report_it_and_the_sentence_found() -> None:
    told = (Piece("…видатки "), Piece("бюджету", found=True), Piece(" <i> & далі"))
    html = results([ARTICLE, ARTICLE], [2, 0], [told, ()], SPEECH, now=NOW, first=6)
    link = '<a href="https://example.com/a">Уряд подав проєкт бюджету</a>'
    age = SPEECH.ago(NOW, now=NOW)
    assert html == (
        f"6. {link}\n   iPress і ще 2, {age} – «…видатки <b>бюджету</b> &lt;i&gt; &amp; далі»\n"
        f"7. {link}\n   iPress, {age}"
    )


def test_a_page_of_results_fits_into_a_message() -> None:
    long = replace(ARTICLE, title="слово " * 60, outlet="назва " * 40, link="https://example.com/" + "a" * 500)
    told = [(Piece("я" * 160, found=True), Piece("…"))] * 5
    html = results([long] * 5, [99] * 5, told, SPEECH, now=NOW)
    assert utf16_length(parse_html(html).text) < 4096 - 200
