"""What a digest tells in which order: by event, most reported first, some to a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.article import Article
from news.text import sentences, shortened

# So many events of the longest headlines and sentences fit into one message.
PER_PAGE = 5
LONGEST_SENTENCE = 200

Reports = tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """One of the `pages` of a digest, by its number (from 0): some events, each by its reports, the first of them
    numbered `first`; `articles` and `events` count those of all pages."""

    shown: tuple[Reports, ...]
    number: int
    pages: int
    first: int
    articles: int
    events: int


def page_of(articles: Sequence[Article], number: int) -> DigestPage:
    """That page of the digest of these articles (one or more, oldest first); for a number beyond the last, the last."""
    events = by_event(articles)
    pages = -(-len(events) // PER_PAGE)
    number = min(number, pages - 1)
    begin = number * PER_PAGE
    shown = tuple(events[begin : begin + PER_PAGE])
    return DigestPage(shown, number, pages, begin + 1, len(articles), len(events))


def by_event(articles: Sequence[Article]) -> list[Reports]:
    """The reports of each event, in the order given; first those of the event that most outlets report, of equals the
    newer."""
    events: dict[int, list[Article]] = {}
    for article in articles:
        events.setdefault(article.story_id, []).append(article)
    return sorted(map(tuple, events.values()), key=_weight, reverse=True)


def in_one_sentence(article: Article) -> str:
    """The first sentence of an article's summary, cut where it is long; empty where there is none."""
    return shortened(next(iter(sentences(article.summary)), ""), LONGEST_SENTENCE)


def _weight(reports: Reports) -> tuple[int, datetime]:
    """Outlets, not articles: one that writes much of an event makes it no larger."""
    return len({report.feed_id for report in reports}), max(report.published_at for report in reports)
