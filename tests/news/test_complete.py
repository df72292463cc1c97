"""From an entry and its page to an article."""

import pytest

from news.complete import write_article
from news.decide import Fresh
from news.extract import PageText
from tests.news.given import NOW, entry


@pytest.mark.parametrize(
    ("own", "of_page", "from_page"),
    [("<p>Short.</p>", "Much more is told here.", True), ("<p>All is told here.</p>", "Less.", False), ("", "", False)],
)
def test_it_is_known_whether_the_text_is_the_pages_or_the_feeds_own(own: str, of_page: str, from_page: bool) -> None:
    said = Fresh(entry(description="", content=own), ("key",), "print", NOW, owed=True, dated=True)
    article = write_article(said, PageText(text=of_page))
    assert article.from_page is from_page
    assert article.text == (of_page if from_page else own.removeprefix("<p>").removesuffix("</p>"))
