"""Which articles are about the same thing: shared words, weighed by how rare they are among the candidates.

Names earn their weight by being rare; weighed up for being names they relate whatever happened in one town.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.common_words import COMMON_WORDS

# Below this likeness an article is filler, in a corpus of five as in one of five thousand.
FLOOR = 0.18
_TITLE_WEIGHT = 1.0
_LEAD_TERMS = 150
_NEEDED_IN_COMMON = 2


@dataclass(frozen=True)
class Candidate:
    """An article to relate: its title as shown, the index terms of title and text, its date."""

    id: int
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...]
    published: datetime
    title: str


def related(subject: Candidate, candidates: Sequence[Candidate], *, limit: int = 5) -> list[int]:
    """The ids of at most `limit` candidates about the subject's event or its background, best first.

    Never the subject, nor an article under the same headline, nor filler: fewer when fewer are related.
    """
    pool = _others(subject, candidates)
    rarity = _Rarity([subject, *pool])
    own = _weights(subject, rarity)
    scored = ((_likeness(own, _weights(other, rarity)), other) for other in pool)
    close = [(score, other) for score, other in scored if score >= FLOOR]
    close.sort(key=lambda pair: (pair[0], pair[1].published, pair[1].id), reverse=True)
    return [other.id for _, other in close[:limit]]


def anchor_terms(subject: Candidate, limit: int = 12, *, rarity: Callable[[str], float] = lambda _: 1.0) -> list[str]:
    """The most telling terms of an article, at most `limit`, best first: one of them must be in whatever is related.

    `rarity` says how telling a term is among other articles.
    """
    weights = _weights(subject, rarity)
    return sorted(weights, key=lambda term: (-weights[term], term))[:limit]


class _Rarity:
    """How telling a term is among these articles: 1 where all have it, more where few have."""

    def __init__(self, articles: Sequence[Candidate]) -> None:
        self._count = len(articles)
        self._having = Counter(
            term for article in articles for term in {*article.title_lemmas, *article.text_lemmas[:_LEAD_TERMS]}
        )

    def __call__(self, term: str) -> float:
        return 1.0 + math.log((1 + self._count) / (1 + self._having[term]))


def _others(subject: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but the subject and its twins, each headline once."""
    seen, others = {_normalised(subject.title)}, []
    for other in sorted(candidates, key=lambda candidate: (candidate.published, candidate.id), reverse=True):
        title = _normalised(other.title)
        if other.id != subject.id and title not in seen:
            seen.add(title)
            others.append(other)
    return others


def _normalised(title: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in title.casefold()).split())


def _weights(article: Candidate, rarity: Callable[[str], float]) -> dict[str, float]:
    """How much each telling term says of the article."""
    counts = Counter(article.text_lemmas[:_LEAD_TERMS])
    titled = frozenset(article.title_lemmas)
    return {
        term: rarity(term) * _presence(counts[term], term in titled)
        for term in {*counts, *titled}
        if len(term) > 1 and term not in COMMON_WORDS
    }


def _presence(count: int, titled: bool) -> float:
    return math.log1p(count) + (_TITLE_WEIGHT if titled else 0.0)


def _likeness(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The cosine of the two, nothing if they share a single term."""
    shared = first.keys() & second.keys()
    if len(shared) < _NEEDED_IN_COMMON:
        return 0.0
    product = sum(first[term] * second[term] for term in shared)
    return product / (_length(first) * _length(second))


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
