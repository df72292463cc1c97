import pytest

from sandbox.newsroom import Newsroom, Preview

BASE = "http://127.0.0.1:8090"


@pytest.mark.parametrize("mark", ["", "?utm_source=rss&utm_medium=feed", "#top"])
@pytest.mark.parametrize("base", [BASE, "http://localhost", "https://[::1]:1", "http://127.7.0.1:80"])
def test_an_article_is_shown_with_its_picture(base: str, mark: str) -> None:
    newsroom = Newsroom(backlog=0)
    article = newsroom.publish("harbour", title="Ferry sails", lead="At last.", topic="harbour")
    assert newsroom.preview(base + article.path + mark) == Preview(
        url=base + "/news/harbour/0001.html",
        site="The Harbour Post",
        title="Ferry sails",
        description="At last.",
        image=base + "/news/harbour/0001.jpg",
    )


def test_a_channels_post_is_shown_as_its_article() -> None:
    newsroom = Newsroom(backlog=0)
    article = newsroom.publish("harbour", title="Ferry sails")
    shown = newsroom.preview(f"{BASE}/harbour/2")
    assert shown
    assert shown == newsroom.preview(BASE + article.path)
    assert newsroom.preview(f"{BASE}/harbour/1") is None


def test_an_outlet_without_pictures_is_shown_without_one() -> None:
    newsroom = Newsroom(backlog=1)
    shown = newsroom.preview(f"{BASE}/news/surma/0001.html")
    assert shown
    assert shown.image is None


@pytest.mark.parametrize("path", ["/news/misto/", "/news/misto", "/news/misto/?utm_source=x"])
def test_a_home_page_is_shown_with_its_tagline(path: str) -> None:
    shown = Newsroom(backlog=0).preview(BASE + path)
    assert shown == Preview(
        f"{BASE}/news/misto/", "Місто Сьогодні", "Місто Сьогодні", "Щоденна газета міста Заріччя", None
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        BASE,
        f"{BASE}/news/bereg/9999.html",
        f"{BASE}/news/bereg/feed.xml",
        f"{BASE}/news/bereg/0001.jpg",
        f"{BASE}/news/nobody/",
        f"{BASE}/chat/",
        "https://elsewhere.example/news/bereg/0001.html",
        "http://8.8.8.8/news/bereg/0001.html",
        "ftp://127.0.0.1/news/bereg/0001.html",
        "http://[/news/bereg/0001.html",
        "/news/bereg/0001.html",
    ],
)
def test_anything_else_has_no_preview(url: str) -> None:
    assert Newsroom().preview(url) is None
