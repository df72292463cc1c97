"""The fast reading of well-formed feeds says what feedparser's says, record for record, or that it can't tell."""

import contextlib
import re
import tracemalloc

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import parse_entry
from news.errors import NotAFeed
from news.feed import ParsedFeed
from news.markup import clean
from news.parse_patiently import parse_patiently
from news.parse_surely import parse_surely
from sandbox.newsroom import OUTLETS, Newsroom, Profile
from sandbox.newsroom.feeds import feed as written_feed

URL = "https://outlet.example/news/rss.xml"
NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:odd="https://odd.example/"'
)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'


def rss(channel: str) -> bytes:
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}</channel></rss>'.encode()


def atom(inside: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{inside}</feed>'.encode()


def rdf(channel: str, rest: str) -> bytes:
    names = NAMESPACES.replace('xmlns:atom="http://www.w3.org/2005/Atom"', "")
    return f"<rdf:RDF {RDF} {names}><channel>{channel}</channel>{rest}</rdf:RDF>".encode()


def both(body: bytes) -> tuple[ParsedFeed | None, ParsedFeed | None]:
    """What either reading makes of it; the fast one's None is "can't tell", the slow one's "no feed"."""
    slow = None
    with contextlib.suppress(NotAFeed):
        slow = parse_patiently(body, url=URL)
    return parse_surely(body, url=URL), slow


def assert_equal(body: bytes) -> None:
    fast, slow = both(body)
    assert fast is None or fast == slow


def assert_sure_and_equal(body: bytes) -> None:
    fast, slow = both(body)
    assert fast == slow
    assert fast is not None


ITEMS = [
    "<title>Пором</title><link>/1</link><guid isPermaLink='false'>g</guid><description>Два &amp; три</description>",
    "<title>A &lt;b&gt;b&lt;/b&gt; &amp;amp; c</title><guid>https://outlet.example/1</guid>",
    "<title>One</title><media:title>Two</media:title><dc:title>Three</dc:title><title>Four</title>",
    "<media:group><media:title>Two</media:title></media:group><title>One</title>",
    "<title/><title>One</title><image/><title>Two</title>",
    "<description>First</description><description>&lt;p&gt;Second&lt;/p&gt;</description><description>3</description>",
    "<media:description>First</media:description><description>Second</description>",
    "<content:encoded>&lt;p&gt;Long&lt;/p&gt;</content:encoded><description>Short</description>",
    "<itunes:summary>A &lt; b</itunes:summary><itunes:image href='https://outlet.example/1.jpg'/>",
    "<pubDate>Tue, 24 Nov 2026 12:00:00 +0200</pubDate><dc:date>2026-11-24T10:00:00.5+01:30</dc:date><title>t</title>",
    "<pubDate>24 листопада</pubDate><atom:updated>2026-11-24</atom:updated><title>t</title>",
    "<pubDate>Tue, 24 Nov 26 12:00 EST</pubDate><title>t</title>",
    "<pubDate>Tue, 99 Nov 2026 12:00:00 GMT</pubDate><title>t</title>",
    "<pubDate>2026-11-24T25:00:00Z</pubDate><title>t</title>",
    "<link>https://outlet.example/?a=1&amp;amp;b;=2</link><atom:link rel='alternate' href='x'/><guid>g</guid>",
    "<link/><guid>1</guid>",
    "<enclosure url='/1.jpg' type='IMAGE/jpeg'/><enclosure url='/1.mp3' type='audio/mpeg'/><title>t</title>",
    "<media:content url='/1.jpg' medium='image'><media:title>Photo</media:title></media:content><title>t</title>",
    "<media:thumbnail>/1.jpg</media:thumbnail><media:thumbnail url='/2.jpg'/><title>t</title>",
    "<dc:creator>Олена</dc:creator><author>a@outlet.example (Marko)</author><title>t</title>",
    "<source url='https://other.example/'>Other</source><title>t</title><category>c</category>",
    "<title xml:base='https://base.example/'>t</title><link xml:base='https://base.example/a/'>b</link>",
    "<odd:title>t</odd:title><odd:group><odd:a/><title>Inside</title></odd:group><odd:b x='1'>c</odd:b>",
    "<title>caf\u00c3\u00a9 \u0091quoted\u0092 \u00e9</title>",
    "<title><![CDATA[<i>a</i> & b]]><!-- c --> d</title>",
    "<title>One</title><link><![CDATA[&#xD800;]]></link>",
    "<title>One</title><georss:point xmlns:georss='http://www.georss.org/georss'>1 2</georss:point>",
    "<description><![CDATA[<img src='javascript:x' alt='a'><img src='data:image/png;base64,AA'>]]></description>",
    "<description><![CDATA[<svg>a<!-- <b -->   ]]></description>",
    "<description><![CDATA[<p style='color: red; position: fixed' onclick='x()'>a</p>]]></description>",
]
ENTRIES = [
    "<id>urn:1</id><title>One</title><link href='/1'/><updated>2026-11-24T10:00:00Z</updated><summary>s</summary>",
    "<title type='html'>&lt;math&gt;a&lt;svg&gt;</title>",
    "<id>1</id><title type='html'>&lt;b&gt;One&lt;/b&gt;</title><content type='html'>&lt;a href='x'&gt;</content>",
    "<title>One</title><author><name>A</name><email>a@a.example</email></author><link rel='self' href='x'/>",
    "<title>One</title><author><uri>x</uri></author><contributor><name>B</name></contributor>",
    "<title>One</title><link rel='enclosure' type='image/png' href='1.png'/><link href='a' type='text/plain'/>",
    "<source><title>Other</title><id>x</id></source><title>One</title><content>plain &lt;b&gt;</content>",
    "<title>One</title><published>2026-11-24T10:00:00+02:00</published><link>text</link><link href=''/>",
]


@pytest.mark.parametrize("item", ITEMS)
def test_items_are_read_as_feedparser_reads_them(item: str) -> None:
    channel = "<title>Outlet</title><link>/</link><description>d</description>"
    assert_sure_and_equal(rss(f"{channel}<item>{item}</item><item><title>Last</title></item>"))
    assert_equal(rdf(channel, f"<item rdf:about='urn:1'>{item}</item>"))


@pytest.mark.parametrize("entry", ENTRIES)
def test_entries_are_read_as_feedparser_reads_them(entry: str) -> None:
    assert_sure_and_equal(atom(f"<title>Outlet</title><id>urn:0</id><entry>{entry}</entry><entry>{entry}</entry>"))


FEEDS = [
    rss("<title>One</title><ttl>60</ttl><image><title>Two</title><link>/two</link><url>/x</url></image><link>/</link>"),
    rss(
        "<itunes:summary>s</itunes:summary><description>d</description><item><summary>a</summary><summary>b</summary></item>"
    ),
    rss("<skipHours><hour>1</hour></skipHours><atom:link rel='self' href='/rss'/><atom:id>x</atom:id>"),
    rdf(
        "<title>One</title><items><rdf:Seq><rdf:li resource='x'/></rdf:Seq></items>",
        "<image><title>Two</title></image>",
    ),
    atom("<id>/here</id><link rel='self' href='self'/><author><name>A</name></author><title>T</title>"),
    atom("")
    .replace(b"<feed", b"<feed xml:base='https://base.example/a/'")
    .replace(b"></feed", b"><link href='b'/></feed"),
]


@pytest.mark.parametrize("body", FEEDS)
def test_feeds_are_read_as_feedparser_reads_them(body: bytes) -> None:
    assert_sure_and_equal(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><title>&nbsp;</title></channel></rss>",
        b"<!DOCTYPE rss [<!ENTITY x 'y'>]><rss><channel><title>&x;</title></channel></rss>",
        b"<rss><channel><title>One</title></channel>",
        b"<rss><channel/><channel/></rss>",
        b"<rss><item><title>One</title></item></rss>",
        b"<rss><channel><item><title>One <b>two</b></title></item></channel></rss>",
        rss("<item><title>One</title></item>")
        .replace(b"xmlns:odd", b"xmlns:dcterms")
        .replace(b"https://odd.example/", b"http://search.yahoo.com/mrss/"),
        atom("<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div></content></entry>"),
        rss("<item xmlns:odd='http://search.yahoo.com/mrss/'><odd:title>One</odd:title></item>"),
        rss("<item><media:title xmlns:media='https://odd.example/'>One</media:title></item>"),
        rss("<item rdf:about='1'/>").replace(b"xmlns:odd", b"xmlns:rdf"),
        rss("<item><title xmlns='https://odd.example/'>One</title></item>"),
        rss("<item><a:x xmlns:a='urn:a'/><a:x xmlns:a='urn:b'/></item>"),
        rss("<item><title \ufffd='x'>One</title></item>"),
        rss("<item><title>One</title></item>").replace(
            b"xmlns:odd", b"xml:base='https://b.example/" + b"a/" * 200 + b"' xmlns:odd"
        ),
        rss("<item><title>One</title></item>").replace(
            b"<rss", b"<rss " + b" ".join(b"xmlns:n%d='u%d'" % (n, n) for n in range(60))
        ),
        rss(
            "<item><content>a</content><summary>&lt;x</summary><media:group><description>y</description></media:group></item>"
        ),
        atom("<entry><content type='image/png'>aGVsbG8=</content></entry>"),
    ],
)
def test_what_is_doubtful_is_left_to_feedparser(body: bytes) -> None:
    assert parse_surely(body, url=URL) is None


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-u", "utf-16"])
def test_any_charset_is_read_alike(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + rss("<item><title>Військові</title></item>").decode()
    assert_sure_and_equal(text.encode(encoding))


@pytest.mark.parametrize("profile", [outlet for outlet in OUTLETS if outlet.feed != "json"], ids=lambda it: it.slug)
def test_the_newsrooms_feeds_are_read_as_feedparser_reads_them(profile: Profile) -> None:
    outlet = Newsroom(backlog=30).outlet(profile.slug)
    assert_sure_and_equal(written_feed(outlet, "https://outlet.example"))


# Elements that feedparser has rules for, and none of them bears on what is read here.
INDIFFERENT = """\
category cc_license cloud copyright created creativecommons_license dc_language dc_publisher dc_rights dc_subject
dcterms_created dcterms_valid email expirationdate feedburner_browserfriendly generator georss_box georss_line
georss_point georss_polygon georss_where georssgeom gml_exterior gml_linearring gml_linestring gml_point gml_polygon
gml_pos gml_poslist height homepage info itunes_category itunes_email itunes_name itunes_subtitle keywords language
media_category media_credit media_group media_license media_player media_rating media_restriction name newlocation
psc_chapter psc_chapters rights subtitle tagline tags uri url webmaster where width"""


def test_every_element_that_feedparser_has_a_rule_for_was_thought_of() -> None:
    ruled = {name.removeprefix("_start_").lower() for name in dir(_FeedParserMixin) if name.startswith("_start_")}
    assert ruled <= {*parse_entry._READERS, *parse_entry._DOUBTFUL, *re.split(r"\s", INDIFFERENT)}


NAMES = """\
title link guid id description summary content:encoded pubDate dc:date dc:creator author media:title category
media:description media:content media:thumbnail media:group enclosure itunes:summary itunes:image atom:link
atom:updated source image odd:a name content contributor dc:title comments email date url"""
PIECES = """\
a|b c|ї|é|&amp;|&lt;b&gt;|&lt;/b&gt;|&amp;nbsp;|&lt;br/&gt;|<![CDATA[<p>]]>|&lt;img src='/a.png' onerror=x&gt;|;|'
http://a.example/|/b|?c=1|#d|&#150;|&amp;T|<!-- x -->|Ã©|&amp;#39;|true|2026-11-24T10:00:00Z
Tue, 24 Nov 2026 10:00:00 GMT""".replace("\n", "|").split("|")
texts = st.lists(st.sampled_from(["\n", *PIECES]), max_size=4).map("".join)
names = st.sampled_from(re.split(r"\s", NAMES))
attributes = st.dictionaries(
    st.sampled_from(["type", "href", "url", "rel", "isPermaLink", "xml:base", "medium", "base", "mode", "odd:href"]),
    st.sampled_from(
        ["html", "text", "/x", "image/png", "image", "alternate", "enclosure", "false", "https://b.example/"]
    ),
    max_size=2,
)
elements = st.recursive(
    st.tuples(names, attributes, texts),
    lambda inner: st.tuples(names, attributes, st.lists(inner, max_size=3)),
    max_leaves=4,
)


def written(element: tuple[str, dict[str, str], object]) -> str:
    name, given, inside = element
    marks = "".join(f' {key}="{value}"' for key, value in given.items())
    text = "".join(map(written, inside)) if isinstance(inside, list) else inside
    return f"<{name}{marks}>{text}</{name}>"


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(elements, max_size=3), st.lists(st.lists(elements, max_size=6), max_size=2), st.sampled_from("ria"))
def test_any_feed_is_read_as_feedparser_reads_it(
    channel: list[tuple[str, dict[str, str], object]],
    items: list[list[tuple[str, dict[str, str], object]]],
    kind: str,
) -> None:
    head = "".join(map(written, channel))
    tag = "entry" if kind == "a" else "item"
    rest = "".join(f"<{tag}>{''.join(map(written, item))}</{tag}>" for item in items)
    assert_equal(rdf(head, rest) if kind == "i" else rss(head + rest) if kind == "r" else atom(head + rest))


def test_tags_written_to_fill_the_memory_do_not() -> None:
    clean("<p>text</p>", URL)
    tracemalloc.start()
    for number in range(200):
        clean(f'<a title="{number}{"x" * 20_000}">text</a>', URL)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 500_000
