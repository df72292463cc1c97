import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import NotAFeed
from news.feed import Entry, ParsedFeed
from news.parse import parse_feed

URL = "https://outlet.example/news/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def read(body: bytes, content_type: str | None = "application/feed+json") -> ParsedFeed:
    return parse_feed(body, url=URL, content_type=content_type)


def feed_of(*items: Any, **more: Any) -> bytes:
    return json.dumps({"version": VERSION, "title": "Outlet", "items": list(items), **more}).encode()


def only(**item: Any) -> Entry:
    [entry] = read(feed_of({"title": "One", **item})).entries
    return entry


def test_a_json_feed_is_read() -> None:
    item = {
        "id": "g1",
        "url": "/1?a=b#c",
        "title": "Fish &amp; <b>chips</b>",
        "content_html": "<p>Long.</p>",
        "summary": "Short & sweet.",
        "image": "pictures/1.jpg",
        "date_published": "2026-11-24T12:00:00+02:00",
        "authors": [{"name": "Олена"}, {"name": "Marko"}],
    }
    feed = read(feed_of(item, home_page_url="https://outlet.example/"))
    assert (feed.title, feed.link, feed.ttl) == ("Outlet", "https://outlet.example/", None)
    assert feed.entries == (
        Entry(
            guid="g1",
            title="Fish & chips",
            link="https://outlet.example/1?a=b#c",
            description="Short &amp; sweet.",
            content="<p>Long.</p>",
            published=datetime(2026, 11, 24, 10, tzinfo=UTC),
            image="https://outlet.example/news/pictures/1.jpg",
            author="Олена, Marko",
        ),
    )


def test_the_first_version_is_read() -> None:
    body = feed_of({"id": "1", "content_text": "a < b", "author": {"name": "Marko"}}).replace(b"1.1", b"1")
    [entry] = read(body).entries
    assert (entry.author, entry.content, entry.title) == ("Marko", "a &lt; b", "a < b")


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/html; charset=windows-1251", "application/xml", None]
)
def test_it_is_read_whatever_it_is_called(content_type: str | None) -> None:
    body = json.dumps({"version": VERSION, "title": "Вісник", "items": []}, ensure_ascii=False).encode()
    assert read(b" \r\n" + body, content_type).title == "Вісник"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32-le", "cp1251"])
def test_any_charset_of_unicode_is_read_and_the_one_that_the_server_names(encoding: str) -> None:
    body = json.dumps({"version": VERSION, "title": "Вісник", "items": []}, ensure_ascii=False).encode(encoding)
    assert read(body, "application/json; charset=windows-1251").title == "Вісник"


def test_bytes_of_no_charset_cost_only_themselves() -> None:
    assert read(feed_of().replace(b"Outlet", b"Out\xfflet"), "application/json; charset=none").title == "Out\ufffdlet"


@pytest.mark.parametrize(
    ("said", "guid"),
    [(7, "7"), (1.5, "1.5"), (" a ", "a"), (True, None), (None, None), ("", None), ([1], None), (float("nan"), None)],
)
def test_an_id_may_be_a_number(said: object, guid: str | None) -> None:
    assert only(id=said).guid == guid


def test_an_id_that_is_an_address_serves_as_link() -> None:
    assert only(id="https://outlet.example/1").link == "https://outlet.example/1"
    assert only(id="https://outlet.example/1", external_url="//other.example/2").link == "https://other.example/2"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://[", 5, {}, "file:///etc/passwd"])
def test_a_link_that_leads_nowhere_is_none(link: object) -> None:
    assert only(url=link).link is None


@pytest.mark.parametrize(
    "picture",
    [
        {"banner_image": "/1.png"},
        {"image": 5, "banner_image": "/1.png"},
        {"attachments": [{"url": "/1.mp3", "mime_type": "audio/mpeg"}, {"url": "/1.png", "mime_type": "image/png"}]},
    ],
)
def test_a_picture_is_found_wherever_it_is_given(picture: dict[str, Any]) -> None:
    assert only(**picture).image == "https://outlet.example/1.png"


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("2026-11-24T10:00:00Z", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24T10:00:00", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 12:00:00 +0200", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("soon", None),
        ("0001-01-01T00:00:00+14:00", None),
        (1764000000, None),
    ],
)
def test_dates_are_aware_or_none(said: object, published: datetime | None) -> None:
    assert only(date_published=said).published == published
    assert only(date_modified=said).published == published


def test_an_item_that_says_nothing_is_left_out() -> None:
    nothing: tuple[Any, ...] = ({}, {"id": "1"}, {"title": 5, "summary": []}, None, "x", [{}])
    assert [entry.title for entry in read(feed_of(*nothing, {"title": "One"})).entries] == ["One"]


@pytest.mark.parametrize(
    ("html", "content"),
    [
        ("<p onclick='x()'>a <a href='/1'>b</a></p>", '<p>a <a href="https://outlet.example/1">b</a></p>'),
        ("<script>x()</script><img src='javascript:x()'>", '<img src="" />'),
        ("<svg onload='x()'>" + "a &amp; b " * 200, "a &amp; b " * 199 + "a &amp; b"),
    ],
)
def test_html_is_made_safe_and_its_links_absolute(html: str, content: str) -> None:
    assert only(content_html=html).content == content


@pytest.mark.timeout(30)
def test_no_charset_takes_forever() -> None:
    body = b"{\0" + b"a" * 1001 + b"-" + b"a" * 1_000_001
    with pytest.raises(NotAFeed):
        read(body, "application/json; charset=punycode")


def test_halves_of_characters_are_replaced() -> None:
    entry = only(id="\ud800", content_html="a\udfff\x00b")
    assert (entry.guid, entry.content) == ("\ufffd", "a\ufffd\ufffdb")
    assert only(title="One\ud83d").title == "One\ufffd"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{}",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
        b'{"version": 1.1, "items": []}',
        b'{"version": "https://other.example/", "items": [{"title": "One"}]}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"9" * 5000 + b"]}",
        feed_of()[:-1],
    ],
)
def test_other_json_is_refused(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        read(body)


names = st.sampled_from(
    [
        *("id", "url", "title", "summary", "content_html", "content_text", "image", "attachments", "authors", "author"),
        *("date_published", "mime_type", "name", "version", "items"),
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.just("\ud800 http://["),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=200)
@given(st.lists(values, max_size=3), st.dictionaries(names, values, max_size=3), st.binary(max_size=5), st.integers(0))
def test_any_json_is_read_or_refused(items: list[Any], more: dict[str, Any], bytes_: bytes, place: int) -> None:
    body = feed_of(*items, **more)
    cut = place % len(body)
    for hostile in (body, body[:cut] + bytes_ + body[cut:], body[:cut]):
        with contextlib.suppress(NotAFeed):
            for entry in read(hostile).entries:
                repr(entry).encode()
                assert entry.title or entry.link
