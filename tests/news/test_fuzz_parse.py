"""Whatever comes as a feed is read or refused, and what is read keeps its promises."""

from datetime import UTC
from math import isfinite
from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings

from news.address import absolute_link
from news.decide import decide_update, feed_after_success
from news.errors import FeedError
from news.feed import Entry, ParsedFeed, Validators
from news.fetch import Fetched
from news.markup import harmless
from news.pace import Bounds
from news.parse import parse_feed
from news.parse_patiently import parse_patiently
from news.parse_surely import parse_surely
from news.text import HEADLINE_LIMIT, visible
from tests.news.bodies import (
    CONTENT_TYPES,
    NO_URLS,
    URLS,
    as_bytes,
    broken,
    channel_pages,
    json_feeds,
    odd_feeds,
    real_feeds,
    sound_feeds,
)
from tests.news.given import NOW, feed
from tests.news.harm import harm_in


def assert_kept(parsed: ParsedFeed) -> None:
    """Everything that news.feed promises of a feed."""
    assert_is_headline(parsed.title)
    assert_is_link(parsed.link)
    assert parsed.ttl is None or (isfinite(parsed.ttl) and parsed.ttl >= 0)
    assert parsed.skip_hours <= set(range(24))
    assert parsed.skip_days <= set(range(7))
    for entry in parsed.entries:
        assert_entry_kept(entry)


def assert_entry_kept(entry: Entry) -> None:
    assert_is_headline(entry.title)
    assert_is_headline(entry.author or "-")
    assert_is_link(entry.link)
    assert_is_link(entry.image)
    assert entry.guid != ""
    assert entry.published is None or entry.published.astimezone(UTC).tzinfo
    for text in (entry.guid or "", entry.description, entry.content):
        assert "\0" not in text
        text.encode()
    for fragment in (entry.description, entry.content):
        assert harm_in(fragment) == []
        assert harmless(fragment) == (fragment.strip() if "<" in fragment else fragment)


def assert_is_headline(title: str) -> None:
    assert visible(title) == " ".join(title.split()) == title
    assert len(title) <= HEADLINE_LIMIT


def assert_is_link(link: str | None) -> None:
    if link is not None:
        parts = urlsplit(link)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert absolute_link(link, "") == link


def assert_can_be_decided(parsed: ParsedFeed) -> None:
    decision = decide_update(feed(), parsed, {}, now=NOW)
    answer = Fetched("https://outlet.example/rss", b"", None, Validators())
    state = feed_after_success(feed(), answer, parsed, new=decision.new, bounds=Bounds(), now=NOW)
    assert state.next_check_at > NOW


def assert_read_or_refused(body: bytes, url: str, content_type: str | None) -> None:
    try:
        parsed = parse_feed(body, url=url, content_type=content_type)
    except FeedError:
        return
    assert_kept(parsed)
    assert_can_be_decided(parsed)


def assert_surely_as_patiently(body: bytes, url: str, content_type: str | None) -> None:
    surely = parse_surely(body, url=url, content_type=content_type)
    if surely is not None:
        assert surely == parse_patiently(body, url=url, content_type=content_type)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(sound_feeds(), URLS)
def test_any_sound_feed_is_read_the_same_in_both_ways(text: str, url: str) -> None:
    assert_surely_as_patiently(text.encode(), url, None)
    assert_read_or_refused(text.encode(), url, None)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(as_bytes(sound_feeds() | odd_feeds()), URLS, CONTENT_TYPES)
def test_any_xml_is_read_or_refused(body: bytes, url: str, content_type: str | None) -> None:
    assert_read_or_refused(body, url, content_type)
    assert_surely_as_patiently(body, url, content_type)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(as_bytes(json_feeds | channel_pages), URLS, CONTENT_TYPES)
def test_any_other_form_is_read_or_refused(body: bytes, url: str, content_type: str | None) -> None:
    assert_read_or_refused(body, url, content_type)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(broken(real_feeds), URLS, CONTENT_TYPES)
def test_a_broken_feed_is_read_or_refused(body: bytes, url: str, content_type: str | None) -> None:
    assert_read_or_refused(body, url, content_type)
    assert_surely_as_patiently(body, url, content_type)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(broken(real_feeds), NO_URLS, CONTENT_TYPES)
def test_a_feed_from_nowhere_is_read_or_refused(body: bytes, url: str, content_type: str | None) -> None:
    assert_read_or_refused(body, url, content_type)
