import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.address import absolute_link, host_of, normal_address, read_addresses, shown
from news.errors import BadAddress


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://outlet.example/rss", "https://outlet.example/rss"),
        ("HTTPS://Outlet.Example:443/RSS#top", "https://outlet.example/RSS"),
        ("http://outlet.example", "http://outlet.example/"),
        ("http://outlet.example./a?b=c&d", "http://outlet.example/a?b=c&d"),
        ("http://outlet.example:8080/", "http://outlet.example:8080/"),
        ("http://[2001:DB8::1]:8000/feed", "http://[2001:db8::1]:8000/feed"),
        ("https://новини.укр/стрічка", "https://новини.укр/стрічка"),
        ("https://XN--b1amarcd.xn--j1amh/стрічка", "https://новини.укр/стрічка"),
        ("https://їжак.укр/".replace("ї", "і\u0308"), "https://їжак.укр/"),
        ("https://xn--strae-oqa.example/", "https://xn--strae-oqa.example/"),
        ("https://xn--.example/", "https://xn--.example/"),
        ("<https://outlet.example/>", "https://outlet.example/"),
        ("  «https://outlet.example/»\n", "https://outlet.example/"),
        ("@suspilnenews", "https://t.me/suspilnenews"),
        (" «@Suspilne_News» ", "https://t.me/Suspilne_News"),
    ],
)
def test_an_address_is_read_and_normalised(text: str, address: str) -> None:
    assert read_addresses(text) == (address,)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("outlet.example", "outlet.example/"),
        ("localhost:8000/feed", "localhost:8000/feed"),
        ("127.0.0.1:8000/feed", "127.0.0.1:8000/feed"),
        ("[::1]:8000/feed", "[::1]:8000/feed"),
        ("новини.укр/rss?a=1", "новини.укр/rss?a=1"),
        ("हिन्दी.example", "हिन्दी.example/"),
        ("Outlet.Example#top", "outlet.example/"),
    ],
)
def test_without_a_scheme_https_is_tried_before_http(text: str, rest: str) -> None:
    assert read_addresses(text) == (f"https://{rest}", f"http://{rest}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "news",
        "not a url",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://outlet.example/",
        "mailto:editor@outlet.example",
        "data:text/xml,<rss/>",
        "//outlet.example/",
        "http://",
        "http:outlet.example",
        "https:///feed",
        "http://outlet..example/",
        "http://.example/",
        f"http://{'a' * 64}.example/",
        "http://out<let.example/",
        "http://out%6cet.example/",
        "http://outlet.example:99999/",
        "http://outlet.example:port/",
        "http://outlet.example:22/",
        "http://outlet.example:0/",
        "http://[::1/",
        "http://[outlet.example]/",
        "http://user@outlet.example/",
        "http://user:secret@outlet.example/",
        "http://:secret@outlet.example/",
        "http://outlet.example/a b",
        "http://outlet.example/a\x00b",
        "http://outlet.example/a\u202eb",
        "http://outlet.example/\ud800",
        "http://outlet.example/" + "a" * 2048,
        "outlet.example/\nx",
        "@",
        "@abc",
        "@1channel",
        "@суспільне",
        "@two words",
        "@joinchat",
        "@user@mastodon.example",
        "@" + "a" * 33,
    ],
)
def test_what_is_no_address_to_follow_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        read_addresses(text)


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("https://outlet.example:8443/a?b#c", "https://outlet.example:8443/a?b#c"),
        ("https://outlet.example:65535/a", "https://outlet.example:65535/a"),
        ("http://outlet.example:80/a", "http://outlet.example/a"),
        ("http://outlet.example:08080/a", "http://outlet.example:8080/a"),
        ("http://outlet.example:6667/a", None),
        ("http://outlet.example:65536/a", None),
        ("http://outlet.example:/a", "http://outlet.example/a"),
    ],
)
def test_a_link_keeps_its_port_where_a_feed_may_lead_there(link: str, made: str | None) -> None:
    assert absolute_link(link, "https://outlet.example/rss") == made


def test_host_and_port_are_whose_server_it_is() -> None:
    assert host_of("https://outlet.example:8443/a") == "outlet.example:8443"


def test_an_address_is_shown_as_people_write_it() -> None:
    assert shown("https://outlet.example/") == "outlet.example"
    assert shown("http://outlet.example:8000/rss?a=1") == "outlet.example:8000/rss?a=1"


addressish = st.builds(
    "".join,
    st.lists(
        st.one_of(
            st.sampled_from(
                ["http", "https", "://", ":", "/", "?", "#", "@", "[", "]", ".", "%", "::1", "a", "укр", "8"]
            ),
            st.text(max_size=3),
        ),
        max_size=12,
    ),
)


@given(st.one_of(st.text(), addressish, addressish.map("http://".__add__)))
def test_any_text_gives_normal_addresses_or_is_refused(text: str) -> None:
    with contextlib.suppress(BadAddress):
        for address in read_addresses(text):
            assert address.startswith(("http://", "https://"))
            assert normal_address(address) == address
            assert address.encode()
