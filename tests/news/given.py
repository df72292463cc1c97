"""What the tests of feeds begin with: a moment, an entry, a feed, a body."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from news.article import Article
from news.feed import Entry, Feed, ParsedFeed

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ARTICLE = Article(
    id=1,
    feed_id=1,
    story_id=1,
    outlet="Берег",
    title="Трамвай поїхав новим мостом",
    summary="Перший вагон вийшов о шостій.",
    text="Перший вагон вийшов о шостій. Рейки клали одинадцять років.",
    link="https://bereg.example/1",
    image=None,
    language="uk",
    published_at=NOW,
    found_at=NOW,
)


def ago(**span: float) -> datetime:
    """A moment so long before NOW."""
    return NOW - timedelta(**span)


def entry(name: str = "one", **changes: Any) -> Entry:
    """An entry called so in its guid, title and link, a minute old."""
    plain = Entry(
        guid=name,
        title=f"Title {name}",
        link=f"https://outlet.example/{name}",
        description=f"<p>About {name}.</p>",
        published=ago(minutes=1),
    )
    return replace(plain, **changes)


def parsed(*entries: Entry, **changes: Any) -> ParsedFeed:
    """A body that was read."""
    return replace(ParsedFeed("Outlet", "https://outlet.example/", entries), **changes)


def feed(**changes: Any) -> Feed:
    """A healthy feed, contacted yesterday, with news an hour ago."""
    known = Feed(
        id=1,
        url="https://outlet.example/rss",
        title="Outlet",
        next_check_at=NOW,
        contacted_at=ago(days=1),
        news_at=ago(hours=1),
    )
    return replace(known, **changes)
