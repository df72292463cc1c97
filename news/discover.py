"""Which feeds a page names: pure."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from news.address import normal_address
from news.charset import page_text
from news.errors import BadAddress
from news.text import headline

# JSON of no named kind is seldom a feed (WordPress offers its whole interface so), but may be one.
PLAIN_JSON = "application/json"
FEED_TYPES = frozenset(
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/xml",
        PLAIN_JSON,
    ]
)
_CALLED_FEED = re.compile(r"\b(?:rss|atom|json feed)\b|\bfeed$", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|коментар|комментар", re.IGNORECASE)
_LONGEST_NAME = 40
_MOST_BYTES = 1_000_000
_FEED_PATH = re.compile(r"/(?:rss|atom|feed)/?$|[./](?:rss|atom|rdf|feed)\.(?:xml|json|php)$|\.(?:rss|atom|rdf)$", re.I)


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed as a page names it: `title` may be empty, `kind` is the content type it is said to have."""

    url: str
    title: str = ""
    kind: str = ""


def feed_links(page: bytes, *, url: str) -> list[str]:
    """The addresses of the feeds a page names."""
    return [feed.url for feed in named_feeds(page, url=url)]


def named_feeds(page: bytes, *, url: str) -> list[NamedFeed]:
    """The feeds a page names, absolute: by <link rel="alternate"> in its order, the less likely ones last.

    A page that names none so may still link to one: then its links that are called RSS, or look like a feed.
    """
    reader = _LinkReader()
    text = page_text(page[:_MOST_BYTES])
    with suppress(AssertionError):  # html.parser's answer to odd declarations; what it read until then counts
        reader.feed(text if isinstance(text, str) else text.decode("utf-8", "replace"))
    base = _absolute(url, reader.base or "") or url
    named = sorted(reader.named, key=of_comments)
    return _all_absolute(base, (named or reader.linked) + reader.plain_json)


def of_comments(feed: NamedFeed) -> bool:
    """Whether it is a feed of what readers say, not of news."""
    return bool(_COMMENTS.search(f"{feed.url} {feed.title}"))


def _all_absolute(base: str, feeds: Iterable[NamedFeed]) -> list[NamedFeed]:
    found: dict[str, NamedFeed] = {}
    for feed in feeds:
        absolute = _absolute(base, feed.url)
        if absolute and (absolute not in found or not found[absolute].title):
            found[absolute] = replace(feed, url=absolute)
    return list(found.values())


def _absolute(base: str, link: str) -> str | None:
    try:
        return normal_address(urljoin(base, link.strip()))
    except (BadAddress, ValueError):
        return None


class _LinkReader(HTMLParser):
    """`named` and `plain_json` by <link>, `linked` by <a> elements that are called a feed or look like one."""

    def __init__(self) -> None:
        super().__init__()
        self.base: str | None = None
        self.named: list[NamedFeed] = []
        self.plain_json: list[NamedFeed] = []
        self.linked: list[NamedFeed] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        href = given.get("href")
        if tag == "base" and self.base is None:
            self.base = href
        elif tag == "link" and href and _names_feed(given):
            (self.plain_json if _kind(given) == PLAIN_JSON else self.named).append(_named(href, given))
        elif tag == "a" and href:
            self._meet_anchor(href, given)

    def handle_data(self, data: str) -> None:
        if self._open and _is_called_feed(data):
            self.linked.append(NamedFeed(self._open, headline(data)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None

    def _meet_anchor(self, href: str, given: dict[str, str]) -> None:
        self._open = href
        if _kind(given) in FEED_TYPES or _is_called_feed(given.get("title", "")) or _looks_like_feed(href):
            self.linked.append(_named(href, given))


def _named(href: str, attributes: dict[str, str]) -> NamedFeed:
    return NamedFeed(href, headline(attributes.get("title", "")), _kind(attributes))


def _kind(attributes: dict[str, str]) -> str:
    return attributes.get("type", "").lower().partition(";")[0].strip()


def _names_feed(attributes: dict[str, str]) -> bool:
    return "alternate" in attributes.get("rel", "").lower().split() and _kind(attributes) in FEED_TYPES


def _is_called_feed(name: str) -> bool:
    """Whether a link's words name a feed: headlines that speak of one are longer."""
    return len(name) <= _LONGEST_NAME and bool(_CALLED_FEED.search(name.strip()))


def _looks_like_feed(href: str) -> bool:
    try:
        return bool(_FEED_PATH.search(urlsplit(href.strip()).path))
    except ValueError:
        return False
