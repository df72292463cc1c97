import pytest

from news.choose import MOST_CHOICES, choices
from news.discover import NamedFeed, named_feeds

RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"


def chosen(*feeds: tuple[str, str, str]) -> list[str]:
    """The titles a person may choose from; each feed is given by path, title and kind."""
    named = [NamedFeed(f"https://outlet.example{path}", title, kind) for path, title, kind in feeds]
    return [feed.title for feed in choices(named)]


def test_feeds_about_different_things_are_a_choice() -> None:
    feeds = [("/rss/all", "Усі новини", RSS), ("/rss/politics", "Політика", RSS), ("/blogs/feed", "Блоги", RSS)]
    assert chosen(*feeds) == ["Усі новини", "Політика", "Блоги"]


@pytest.mark.parametrize(
    "others",
    [
        [("/comments/feed/", "Outlet » Comments Feed", RSS)],
        [("/feed/replies", "Outlet » Стрічка коментарів", RSS)],
        [("/feed/atom/", "Outlet » Atom", ATOM)],
        [("/feed.json", "Outlet JSON", JSON), ("/rss.xml", "", RSS)],
        [("/feed?format=atom", "", ATOM)],
        [("/news/latest.atom", "Outlet (Atom 1.0)", ATOM)],
        [("/wp-json/pages/1", "JSON", "application/json")],
    ],
)
def test_comments_and_other_formats_are_none(others: list[tuple[str, str, str]]) -> None:
    assert chosen(("/feed/", "Outlet » RSS 2.0", RSS), *others) == ["Outlet » RSS 2.0"]


def test_the_same_title_twice_in_one_format_is_two_feeds() -> None:
    assert len(chosen(("/rss/uk", "Outlet", RSS), ("/rss/en", "Outlet", RSS))) == 2
    assert len(chosen(("/channel/1", "Channel 1", RSS), ("/channel/2", "Channel 2", ATOM))) == 2


def test_there_are_not_too_many() -> None:
    assert len(chosen(*((f"/rss/{name}", name, RSS) for name in "abcdefgh"))) == MOST_CHOICES


def test_titles_come_from_the_page() -> None:
    page = (
        '<link rel=alternate type="application/rss+xml" href=/a title="Усі &amp; все">'
        '<link rel=alternate type="application/atom+xml" href=/b title="Атом  із\nпорту">'
    )
    named = named_feeds(page.encode(), url="https://outlet.example/")
    assert [(feed.title, feed.kind) for feed in named] == [("Усі & все", RSS), ("Атом із порту", ATOM)]
    [linked] = named_feeds(b'<a href="/rss">RSS: sport</a>', url="https://outlet.example/")
    assert linked == NamedFeed("https://outlet.example/rss", "RSS: sport")
    [linked] = named_feeds(b'<a href="/sport">Sport RSS</a>', url="https://outlet.example/")
    assert linked == NamedFeed("https://outlet.example/sport", "Sport RSS")
