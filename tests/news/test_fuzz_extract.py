"""Whatever comes as a page is read without an error, and what is read keeps its promises."""

from datetime import UTC

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.address import absolute_link
from news.discover import feed_links
from news.extract import MAX_TEXT, PageText, extract_article
from news.language import LANGUAGES
from news.text import HEADLINE_LIMIT, letters, visible
from tests.news.bodies import NO_URLS, URLS, as_bytes, broken, pages, real_feeds, real_pages


def assert_kept(page: PageText) -> None:
    """Everything that news.extract promises of a page."""
    for line in (page.title, page.lead, *page.text.splitlines()):
        assert visible(line) == " ".join(line.split()) == line
    assert len(page.title) <= HEADLINE_LIMIT
    assert len(page.text) <= MAX_TEXT
    assert all(letters(line) for line in page.text.splitlines())
    for link in (page.image, page.canonical):
        assert link is None or absolute_link(link, "") == link
    assert page.published is None or page.published.astimezone(UTC) == page.published
    assert page.language is None or page.language in LANGUAGES


def assert_read(body: bytes | str, url: str) -> None:
    page = extract_article(body, url=url)
    assert_kept(page)
    assert extract_article(body, url=url) == page


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(as_bytes(pages) | pages, URLS | NO_URLS)
def test_any_page_is_read(body: bytes | str, url: str) -> None:
    assert_read(body, url)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(broken(real_pages) | broken(real_feeds), URLS)
def test_a_broken_page_is_read(body: bytes, url: str) -> None:
    assert_read(body, url)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.one_of(as_bytes(pages), broken(real_pages)), URLS | NO_URLS)
def test_the_feeds_that_any_page_names_are_addresses(body: bytes, url: str) -> None:
    for link in feed_links(body, url=url):
        assert absolute_link(link, "") == link
