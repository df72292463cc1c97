"""An article comes off its page once: title, lead, text, picture, date."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.extract import PageText, extract_article

URL = "https://bereg.example/news/1.html"
PARAGRAPHS = (
    "Перший пором вийшов із порту опівночі, і на пристані його проводжали кілька сотень містян із ліхтариками.",
    "Капітан розповів, що дорога триватиме шість годин, а вранці пасажири зможуть поснідати на верхній палубі.",
    "Квитки на найближчі два тижні вже розкупили, тож перевізник обіцяє другий рейс іще до кінця місяця.",
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Берег"},
        {
            "@type": "NewsArticle",
            "headline": "Нічний пором вийшов у море",
            "description": "Після двадцяти років перерви пором знову ходить уночі.",
            "datePublished": "2026-11-24T08:30:00+02:00",
            "image": [{"url": "/img/ferry.jpg"}],
        },
    ],
}


def page(head: str = "", body: str = "") -> str:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html lang='uk'><head><title>Пором | Берег</title>{head}</head><body><nav><a href='/'>Головна</a></nav>"
        f"<article><h1>Нічний пором вийшов у море</h1>{told}{body}</article><footer>Усі права</footer></body></html>"
    )


def linked(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_linked_data_says_it_best() -> None:
    article = extract_article(page(linked(LINKED)), url=URL)
    assert article.title == "Нічний пором вийшов у море"
    assert article.lead == "Після двадцяти років перерви пором знову ходить уночі."
    assert article.image == "https://bereg.example/img/ferry.jpg"
    assert article.published == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    assert article.language == "uk"


def test_meta_elements_speak_where_linked_data_is_silent() -> None:
    head = (
        "<meta property='og:title' content='Пором &amp; море'><meta name='description' content='Коротко.'>"
        "<meta property='article:published_time' content='2026-11-24T08:30:00Z'>"
        "<meta property='og:image' content='https://bereg.example/a.jpg'>"
    )
    article = extract_article(page(head), url=URL)
    assert (article.title, article.lead) == ("Пором & море", "Коротко.")
    assert article.image == "https://bereg.example/a.jpg"
    assert article.published == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_the_text_is_the_paragraphs_alone() -> None:
    clutter = "<p>Читайте також: Погода</p><p>Поділитися</p><p>Підписуйтесь на наш канал</p>"
    text = extract_article(page(linked(LINKED), clutter), url=URL).text
    assert text.split("\n") == list(PARAGRAPHS)


def test_bytes_are_read_in_the_encoding_the_page_names() -> None:
    html = page("<meta charset='windows-1251'>").encode("windows-1251")
    assert extract_article(html, url=URL).text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "data", [None, [], "x", {"@type": 5}, {"@graph": 1}, {"@type": "NewsArticle", "image": {"url": 7}}]
)
def test_odd_linked_data_is_passed_over(data: object) -> None:
    assert extract_article(page(linked(data)), url=URL).title == "Нічний пором вийшов у море"


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:image/png;base64,AA", "http://[", "ftp://x/y.png"])
def test_an_image_has_a_web_address_or_there_is_none(image: str) -> None:
    assert extract_article(page(f"<meta property='og:image' content='{image}'>"), url=URL).image is None


@pytest.mark.parametrize("html", [b"", "", b"\x00\xff\xfe", "\ud800", b"PK\x03\x04" * 50, "<" * 500, "{}"])
def test_garbage_gives_an_empty_page(html: bytes | str) -> None:
    assert extract_article(html, url=URL) == PageText()


@pytest.mark.parametrize("piece", ["<div>", "<b><i>", "<table><tr><td>", "<p>x</p>"])
def test_deep_and_endless_pages_are_bounded(piece: str) -> None:
    assert isinstance(extract_article(piece * 60_000, url=URL), PageText)


@settings(deadline=None, max_examples=50)
@given(st.text() | st.binary())
def test_nothing_makes_it_fail(html: bytes | str) -> None:
    assert isinstance(extract_article(html, url=URL), PageText)
