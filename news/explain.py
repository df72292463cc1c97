"""Why articles are taken for reports of one event, or are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from news.article import Article
from news.reading import Reading, read_report, report_of, words_of
from news.story import Verdict, compare, evidence

MOST_SHARED = 6


@dataclass(frozen=True, slots=True)
class Explained:
    """An article, what is to be said of it and the one in question, and words that both have."""

    article: Article
    verdict: Verdict
    shared: tuple[str, ...]


def explain(article: Article, others: Sequence[Article]) -> list[Explained]:
    """Each of the others beside the article: pure."""
    told = report_of(article)
    words, mine = words_of(told), read_report(told)
    return [_beside(mine, words, other) for other in others]


def _beside(mine: Reading, words: Mapping[int, str], other: Article) -> Explained:
    its = read_report(report_of(other))
    shared = dict.fromkeys(words[name] for name in evidence(mine, its) if name in words)
    return Explained(other, compare(mine, its), tuple(shared)[:MOST_SHARED])
