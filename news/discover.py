"""Which feeds a page names: pure."""

from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin

from news.address import normal_address
from news.errors import BadAddress

FEED_TYPES = frozenset(["application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml"])


def feed_links(page: bytes, *, url: str) -> list[str]:
    """The feeds a page names by <link rel="alternate">, in its order, comments' feeds last, absolute."""
    reader = _LinkReader()
    with suppress(
        AssertionError
    ):  # html.parser's answer to some ill-formed declarations; what it read until then counts
        reader.feed(page[:1_000_000].decode("utf-8", "replace"))
    base = _absolute(url, reader.base or "") or url
    named = sorted(reader.found, key=lambda link: "comment" in link.lower())
    return list(dict.fromkeys(absolute for link in named if (absolute := _absolute(base, link))))


def _absolute(base: str, link: str) -> str | None:
    try:
        return normal_address(urljoin(base, link.strip()))
    except (BadAddress, ValueError):
        return None


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base: str | None = None
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and self.base is None:
            self.base = given.get("href")
        elif tag == "link" and _names_feed(given) and given.get("href"):
            self.found.append(given["href"])


def _names_feed(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "").lower().partition(";")[0].strip()
    return "alternate" in attributes.get("rel", "").lower().split() and kind in FEED_TYPES
