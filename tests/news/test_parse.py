import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import NotAFeed
from news.feed import Entry, ParsedFeed
from news.parse import parse_feed
from news.text import plain
from tests.news.harm import harm_in

URL = "https://outlet.example/news/rss.xml"


def rss(*items: str, channel: str = "<title>Outlet</title><link>https://outlet.example/</link>") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{channel}{body}</channel></rss>'.encode()


def read(body: bytes, content_type: str | None = None) -> ParsedFeed:
    return parse_feed(body, url=URL, content_type=content_type)


def only(*inner: str) -> Entry:
    [entry] = read(rss("".join(inner))).entries
    return entry


def test_rss_is_read() -> None:
    feed = read(
        rss(
            "<title>Пором вийшов у море</title><link>https://outlet.example/1</link><guid isPermaLink='false'>g1</guid>"
            "<description>&lt;p&gt;Сьогодні.&lt;/p&gt;</description><author>Олена</author>"
            "<pubDate>Tue, 24 Nov 2026 12:00:00 +0200</pubDate>"
            "<enclosure url='https://outlet.example/1.jpg' type='image/jpeg' length='1'/>"
        )
    )
    assert (feed.title, feed.link, feed.ttl) == ("Outlet", "https://outlet.example/", None)
    [entry] = feed.entries
    assert entry == Entry(
        guid="g1",
        title="Пором вийшов у море",
        link="https://outlet.example/1",
        description="<p>Сьогодні.</p>",
        published=datetime(2026, 11, 24, 10, tzinfo=UTC),
        image="https://outlet.example/1.jpg",
        author="Олена",
    )


def test_atom_is_read() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Outlet</title><entry><id>urn:1</id>
    <title type="html">One &lt;b&gt;two&lt;/b&gt;</title><link href="/1"/><updated>2026-11-24T10:00:00Z</updated>
    <summary>Short.</summary><content type="html">&lt;p&gt;Long.&lt;/p&gt;</content></entry></feed>"""
    [entry] = read(body.encode()).entries
    assert (entry.guid, entry.title, entry.link) == ("urn:1", "One two", "https://outlet.example/1")
    assert (entry.description, entry.content) == ("Short.", "<p>Long.</p>")
    assert entry.published == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_rdf_is_read() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel><title>Outlet</title></channel>
    <item rdf:about="https://outlet.example/1"><title>One</title><link>https://outlet.example/1</link></item></rdf:RDF>"""
    feed = read(body)
    assert feed.title == "Outlet"
    assert [entry.title for entry in feed.entries] == ["One"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("One &lt;b&gt;two&lt;/b&gt;", "One two"),
        ("<![CDATA[One <i>two</i>]]>", "One two"),
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("&amp;laquo;Пором&amp;raquo;", "«Пором»"),
        ("2 &lt; 3 &amp;&amp; 4 &gt; 3", "2 < 3 && 4 > 3"),
        ("  One\n two\t", "One two"),
        ("One\u202etwo", "Onetwo"),
    ],
)
def test_titles_are_plain_text(said: str, title: str) -> None:
    assert only(f"<title>{said}</title><link>https://outlet.example/1</link>").title == title


@pytest.mark.parametrize("blank", ["&amp;#8203;", "\u200b\ufeff", "&amp;nbsp;", "\u00ad", "\u2060 \u200d"])
def test_a_title_in_which_there_is_nothing_to_see_is_none(blank: str) -> None:
    assert only(f"<title>{blank}</title><description>A thought.</description>").title == "A thought."


@pytest.mark.parametrize("sign", ["&#0;", "\0"])
def test_no_text_has_a_zero_character_which_no_database_takes(sign: str) -> None:
    entry = only(
        f"<title>a{sign}b<br></title><guid isPermaLink='false'>c{sign}d</guid>", f"<description>e{sign}f</description>"
    )
    assert (entry.title, entry.guid, entry.description) == ("ab", "c\ufffdd", "e\ufffdf")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("Use List&lt;String&gt; &amp;amp; go", "Use List<String> & go"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("&lt;img src=x onerror=alert(1)&gt; a", "a"),
    ],
)
def test_plain_text_is_given_as_html_that_says_the_same(said: str, text: str) -> None:
    body = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><summary>{said}</summary>%s</entry></feed>"
    )
    for ill_formed in ("", "<br>"):
        description = read((body % ill_formed).encode()).entries[0].description
        assert "<" not in description
        assert plain(description) == text


HARMFUL = [
    "<img src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><input></form>",
    "<img src='data:text/html,x'>",
    "<svg><a xlink:href='javascript:alert(1)'><text>a</text></a></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><set attributename='href' to='javascript:alert(1)'/></svg>",
    "<!--><script>alert(1)</script>-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<math><a xlink:href='javascript:alert(1)'>a</a></math>",
    "<table background='javascript:alert(1)'>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<<script>alert(1)</script>",
    "<p title='><script>alert(1)</script>'>",
]


@pytest.mark.parametrize("harmful", HARMFUL)
@pytest.mark.parametrize("more", ["", "word " * 300])
def test_no_script_is_left_where_feedparser_leaves_one(harmful: str, more: str) -> None:
    description = only(f"<title>a</title><description><![CDATA[{harmful}{more}]]></description>").description
    assert harm_in(description) == []


def test_what_is_missing_is_none() -> None:
    entry = only("<title>One</title>")
    assert (entry.guid, entry.link, entry.published, entry.image, entry.author) == (None, None, None, None, None)


def test_an_entry_without_a_title_is_called_by_its_text() -> None:
    assert only("<description>&lt;p&gt;Just a thought.&lt;/p&gt;</description>").title == "Just a thought."


def test_an_entry_that_says_nothing_is_left_out() -> None:
    assert read(rss("<title></title>", "<title>One</title>")).entries[0].title == "One"


def test_a_guid_that_is_an_address_serves_as_link() -> None:
    assert only("<title>One</title><guid>https://outlet.example/1</guid>").link == "https://outlet.example/1"


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("/1", "https://outlet.example/1"),
        ("1.html", "https://outlet.example/news/1.html"),
        ("//other.example/1", "https://other.example/1"),
        ("https://outlet.example/a b#c d", "https://outlet.example/a%20b#c%20d"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
    ],
)
def test_links_are_absolute_or_none(said: str, link: str | None) -> None:
    assert only(f"<title>One</title><link>{said}</link>").link == link


def test_links_are_relative_to_the_xml_base() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/"><title>Outlet</title>
    <entry><title>One</title><link href="b"/></entry></feed>"""
    assert read(body.encode()).entries[0].link == "https://base.example/a/b"


def test_a_charset_said_in_the_body_is_kept() -> None:
    body = rss("<title>Військові</title>").decode().replace("utf-8", "windows-1251").encode("cp1251")
    assert read(body).entries[0].title == "Військові"
    assert read(body, "text/xml").entries[0].title == "Військові"


def test_a_charset_said_in_the_header_is_kept() -> None:
    body = rss("<title>Військові</title>").decode().replace(' encoding="utf-8"', "").encode("cp1251")
    assert read(body, "application/rss+xml; charset=windows-1251").entries[0].title == "Військові"


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "text/plain", "application/octet-stream", "&&&"])
def test_a_feed_is_read_whatever_it_is_called(content_type: str) -> None:
    assert read(rss("<title>Військові</title>"), content_type).entries[0].title == "Військові"


def test_an_ill_formed_feed_is_read_as_far_as_it_goes() -> None:
    body = rss("<title>One & two</title>", "<title>Three &nbsp; <br> four</title>")[:-20]
    assert [entry.title for entry in read(body).entries] == ["One & two", "Three four"]


@pytest.mark.parametrize(
    "odd",
    [
        "<georss:where><gml:Polygon><gml:posList>1 x</gml:posList></gml:Polygon></georss:where>",
        "<psc:chapters><psc:chapter title='a'/></psc:chapters>",
    ],
)
def test_what_feedparser_stumbles_over_costs_no_feed(odd: str) -> None:
    spaces = 'xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml"'
    chapters = 'xmlns:psc="http://podlove.org/simple-chapters"'
    body = rss(f"<title>One & two</title>{odd}").replace(b"<rss", f"<rss {spaces} {chapters}".encode())
    assert [entry.title for entry in read(body).entries] == ["One & two"]


def test_an_empty_feed_is_a_feed() -> None:
    assert read(rss()).entries == ()


@pytest.mark.parametrize(
    ("said", "seconds"), [("60", 3600.0), ("-1", 0.0), ("soon", None), ("nan", None), ("inf", None), ("", None)]
)
def test_ttl_is_given_in_seconds(said: str, seconds: float | None) -> None:
    assert read(rss(channel=f"<title>Outlet</title><ttl>{said}</ttl>")).ttl == seconds


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"\x00\xff\xfe" * 100,
        b"<!doctype html><html><head><title>Outlet</title></head><body><p>Hello</p></body></html>",
        b'{"version": "https://jsonfeed.org/version/2"}',
        b"%PDF-1.7",
        b"<?xml version='1.0'?><note>hello</note>",
    ],
)
def test_what_holds_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        read(body, "text/html")


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss version="2.0"><channel><title>&l11;</title></channel></rss>'
    )
    with contextlib.suppress(NotAFeed):
        assert len(read(body.encode()).title) <= 300


def test_a_file_is_not_read_through_an_entity() -> None:
    entity = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = entity + rss("<title>One</title>", channel="<title>&x;</title>").partition(b"?>")[2]
    with contextlib.suppress(NotAFeed):
        assert "root" not in read(body).title


pieces = st.sampled_from(
    [
        b"<rss>",
        b"<item>",
        b"</item>",
        b"<title>",
        b"<![CDATA[",
        b"]]>",
        b"<!",
        b"&#xD800;",
        b"<link>",
        b"<guid>",
        b"<feed>",
    ]
)


@settings(max_examples=150)
@given(
    st.one_of(st.binary(max_size=200), st.lists(st.one_of(pieces, st.binary(max_size=5)), max_size=30).map(b"".join))
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(NotAFeed):
        read(body)
        read(rss("").replace(b"<item>", b"<item>" + body))


def test_a_channels_preview_is_read_as_a_feed() -> None:
    page = b"""<!doctype html><html><meta property="og:title" content="Bereg"><div class="tgme_channel_info"></div>
    <div class="tgme_widget_message" data-post="bereg/5"><div class="js-message_text">A ferry sails</div></div>"""
    feed = parse_feed(page, url="https://t.me/s/bereg")
    assert (feed.title, [entry.title for entry in feed.entries]) == ("Bereg", ["A ferry sails"])
