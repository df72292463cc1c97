from hypothesis import given
from hypothesis import strategies as st

from news.discover import feed_links

URL = "https://outlet.example/news/"


def named(*links: str, before: str = "") -> list[str]:
    return feed_links(f"<html><head>{before}{''.join(links)}</head><body></body></html>".encode(), url=URL)


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_feeds_are_found_in_the_pages_order() -> None:
    atom = link("https://other.example/atom", "application/atom+xml; charset=utf-8", "Alternate home")
    assert named(link("/rss"), atom) == ["https://outlet.example/rss", "https://other.example/atom"]


def test_the_comments_feed_comes_last() -> None:
    assert named(link("/comments/feed"), link("/feed")) == [
        "https://outlet.example/feed",
        "https://outlet.example/comments/feed",
    ]


def test_links_are_relative_to_the_pages_base() -> None:
    assert named(link("rss"), before='<base href="https://base.example/a/">') == ["https://base.example/a/rss"]
    assert named(link("rss")) == ["https://outlet.example/news/rss"]
    assert named(link("rss"), before='<base href="http://[">') == ["https://outlet.example/news/rss"]


def test_other_links_are_no_feeds() -> None:
    others = (link("/a", "text/html"), link("/b", rel="stylesheet"), link(""), link("file:///c"), link("http://["))
    assert named(*others) == []


def test_a_feed_named_twice_is_given_once() -> None:
    assert named(link("/rss"), link("/rss#top")) == ["https://outlet.example/rss"]


def test_what_was_read_before_an_ill_formed_declaration_counts() -> None:
    assert named(link("/rss"), "<![%nonsense") == ["https://outlet.example/rss"]


pieces = st.sampled_from(
    ["<link ", "rel=alternate ", "type=application/rss+xml ", "href=", "<!", "<![", "<base href=", ">", '"', "&#x"]
)


@given(
    st.one_of(
        st.binary(), st.lists(pieces | st.text(max_size=3)).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
    )
)
def test_any_page_names_addresses_or_nothing(page: bytes) -> None:
    assert all(address.startswith(("http://", "https://")) for address in feed_links(page, url=URL))
