"""Which of the feeds that a page names a person should choose from: pure."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from news.discover import PLAIN_JSON, NamedFeed, of_comments

MOST_CHOICES = 6
# Words that say how a feed is written, not what is in it.
_FORMAT = r"rss|rss\s?2|atom|rdf|json|xml|php|feeds?|index|стрічка|лента"
_FORMATS = frozenset(["rss", "rss2", "atom", "rdf", "json", "xml", "php", "feed", "feeds", "index"])
_FORMAT_IN_TITLE = re.compile(rf"\b(?:{_FORMAT})\b(?:\s*v?\d(?:\.\d+)*)?|[\W_]+", re.IGNORECASE)


def choices(named: Sequence[NamedFeed]) -> list[NamedFeed]:
    """The feeds that differ in what they tell, in the page's order: no comments, each once in whatever format."""
    chosen: list[NamedFeed] = []
    for feed in named:
        if feed.kind != PLAIN_JSON and not of_comments(feed) and not any(_alike(feed, other) for other in chosen):
            chosen.append(feed)
    return chosen[:MOST_CHOICES]


def _alike(one: NamedFeed, other: NamedFeed) -> bool:
    """Whether two are the same feed: but for the format, in their addresses, or in titles of two formats."""
    same_title = _topic(one) != "" and _topic(one) == _topic(other)
    return _place(one) == _place(other) or (same_title and one.kind != other.kind)


def _topic(feed: NamedFeed) -> str:
    return " ".join(_FORMAT_IN_TITLE.sub(" ", feed.title).casefold().split())


def _place(feed: NamedFeed) -> tuple[str, ...]:
    """The words of an address that may say what is in the feed."""
    parts = urlsplit(feed.url)
    words = re.split(r"[/._-]+", parts.path.lower())
    asked = (f"{name}={value}" for name, value in parse_qsl(parts.query) if value.lower() not in _FORMATS)
    host = parts.netloc.removeprefix("www.")
    return (host, *(word for word in words if word and word not in _FORMATS), *sorted(asked))
