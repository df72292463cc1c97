"""An article as it is read in the chat."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from handlers.read import reading
from news.article import Article
from tests.handlers.news import ARTICLE, NOW, SPEECH, any_article, any_words, taken

LONG = "\n".join(f"{number}. {'Довге речення про міст. ' * 40}" for number in range(9))


def presses(article: Article, page: int = 0) -> list[list[str]]:
    message = reading(article, SPEECH, now=NOW, page=page)
    return [[button.press for button in row] for row in message.buttons]


def test_a_short_one_is_whole_on_a_page_and_silent() -> None:
    message = reading(replace(ARTICLE, text="Перше.\nДруге < третє."), SPEECH, now=NOW)
    assert message.html == (
        '<b><a href="https://example.com/a">Уряд подав проєкт бюджету</a></b>\niPress · 14:05\n\n'
        'Перше.\n\nДруге &lt; третє.\n\nДжерело: <a href="https://example.com/a">example.com</a>'
    )
    assert message.silent
    assert message.preview is None
    assert presses(replace(ARTICLE, text="Перше.")) == [["rel:42", "save:42"]]


def test_a_long_one_has_pages_and_names_its_source_on_the_last() -> None:
    article = replace(ARTICLE, text=LONG)
    assert presses(article)[0] == ["read:42:0", "read:42:1"]
    assert presses(article, 1)[0] == ["read:42:0", "read:42:1", "read:42:2"]
    last = reading(article, SPEECH, now=NOW, page=999).html
    assert "Джерело" in last
    assert "Джерело" not in reading(article, SPEECH, now=NOW).html


def test_of_a_page_that_was_fetched_only_the_beginning_is_told() -> None:
    article = replace(ARTICLE, text=f"Видатки зростуть. Так каже уряд.\n{LONG}", from_page=True)
    html = reading(article, SPEECH, now=NOW, whole=False).html
    assert "Видатки зростуть" in html
    assert "8. Довге" not in html
    assert 'Повністю: <a href="https://example.com/a">' in html
    assert len(html) < 1_000


def test_of_a_page_the_lead_is_told_where_the_text_is_without_it() -> None:
    article = replace(ARTICLE, text="Далі.", from_page=True)
    assert f"{ARTICLE.summary}\n\nДалі." in reading(article, SPEECH, now=NOW).html
    article = replace(article, text="Видатки зростуть. Далі.")
    assert reading(article, SPEECH, now=NOW).html.count("Видатки зростуть") == 1


def test_a_text_that_begins_with_its_headline_doesnt_say_it_twice() -> None:
    html = reading(replace(ARTICLE, text=f"{ARTICLE.title}.\nДалі."), SPEECH, now=NOW).html
    assert html.count(ARTICLE.title) == 1


def test_without_a_text_the_summary_is_told_and_without_a_link_no_source() -> None:
    html = reading(replace(ARTICLE, link=None), SPEECH, now=NOW).html
    assert html.endswith(f"\n\n{ARTICLE.summary}")


@given(any_article, any_words, st.integers(0, 9), st.booleans())
def test_telegram_takes_whatever_is_read(article: Article, words: str, page: int, whole: bool) -> None:
    taken(reading(replace(article, text=words * 40), SPEECH, now=NOW, page=page, whole=whole))
