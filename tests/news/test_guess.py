from news.guess import MOST_GUESSES, well_known


def test_a_site_is_asked_at_its_top() -> None:
    assert well_known("https://outlet.example/?a=b") == [
        f"https://outlet.example/{name}"
        for name in ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed/")
    ]


def test_a_page_further_down_is_asked_in_its_folder_too_and_never_too_often() -> None:
    guesses = well_known("https://outlet.example/blog/index.html")
    assert guesses[:3] == [f"https://outlet.example/{path}" for path in ("blog/feed", "feed", "blog/rss")]
    assert len(guesses) == MOST_GUESSES
