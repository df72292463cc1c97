import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.discover import feed_links, named_feeds

URL = "https://outlet.example/news/"


def named(*links: str, before: str = "") -> list[str]:
    return feed_links(f"<html><head>{before}{''.join(links)}</head><body></body></html>".encode(), url=URL)


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_feeds_are_found_in_the_pages_order() -> None:
    atom = link("https://other.example/atom", "application/atom+xml; charset=utf-8", "Alternate home")
    assert named(link("/rss"), atom) == ["https://outlet.example/rss", "https://other.example/atom"]


def test_json_feeds_are_found_those_of_no_named_kind_last() -> None:
    plain, feed = link("/wp-json", "application/json"), link("/feed.json", "application/feed+json")
    assert named(plain, feed, link("/rss")) == [
        "https://outlet.example/feed.json",
        "https://outlet.example/rss",
        "https://outlet.example/wp-json",
    ]


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


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="/it">RSS</a>',
        '<a href="/it"><b>RSS-стрічка</b></a>',
        '<a href="/it">Our news feed</a>',
        '<a href="/it" title="RSS 2.0"><img src="x.png"></a>',
        '<a href="/it" type="application/rss+xml">Subscribe</a>',
        "<A HREF=/it><svg></svg> Atom </A>",
    ],
)
def test_a_link_in_the_text_that_is_called_a_feed_will_do(anchor: str) -> None:
    assert named(f'<a href="/news">News</a>{anchor}<a href="/about">About</a>') == ["https://outlet.example/it"]


@pytest.mark.parametrize("path", ["/rss", "/feed/", "/news/rss.xml", "/feed.json", "/all.rss", "/atom.xml?lang=uk"])
def test_a_link_in_the_text_that_looks_like_a_feed_will_do(path: str) -> None:
    assert named(f'<a href="{path}"><img src="icon.png"></a>') == [f"https://outlet.example{path}"]


def test_links_in_the_text_do_not_count_where_the_head_names_a_feed() -> None:
    assert named(link("/feed"), '<a href="/rss">RSS</a>') == ["https://outlet.example/feed"]


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="/1">How we moved the ferry office from paper to RSS in one night</a>',
        '<a href="/feeding-seals">Feeding the seals</a>',
        '<a href="/press">Atomic clocks</a> RSS',
        '<a href="http://[">RSS</a>',
        "<a>RSS</a>",
    ],
)
def test_other_links_in_the_text_are_no_feeds(anchor: str) -> None:
    assert named(anchor) == []


def test_a_feed_named_twice_is_given_once() -> None:
    assert named(link("/rss"), link("/rss#top")) == ["https://outlet.example/rss"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-u"])
def test_a_feeds_name_is_read_in_the_pages_charset(charset: str) -> None:
    tag = '<link rel="alternate" type="application/rss+xml" title="Стрічка міста" href="/rss">'
    page = f"<html><head><meta charset={charset}>{tag}</head></html>".encode(charset)
    assert [feed.title for feed in named_feeds(page, url=URL)] == ["Стрічка міста"]


def test_what_was_read_before_an_ill_formed_declaration_counts() -> None:
    assert named(link("/rss"), "<![%nonsense") == ["https://outlet.example/rss"]


pieces = st.sampled_from(
    [
        "<link ",
        "<a ",
        "</a>",
        "RSS",
        "rel=alternate ",
        "type=application/rss+xml ",
        "href=",
        "<!",
        "<![",
        "<base href=",
        ">",
        '"',
        "&#x",
    ]
)


@given(
    st.one_of(
        st.binary(), st.lists(pieces | st.text(max_size=3)).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
    )
)
def test_any_page_names_addresses_or_nothing(page: bytes) -> None:
    assert all(address.startswith(("http://", "https://")) for address in feed_links(page, url=URL))
