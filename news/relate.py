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
    rarity = _rarities([subject, *pool])
    own = _weights(subject, rarity)
    scored = ((_likeness(own, _weights(other, rarity)), other) for other in pool)
    close = [(score, other) for score, other in scored if score >= FLOOR]
    close.sort(key=lambda pair: (pair[0], pair[1].published, pair[1].id), reverse=True)
    return [other.id for _, other in close[:limit]]


def anchor_terms(subject: Candidate, limit: int = 12, *, rarity: Callable[[str], float] = lambda _: 1.0) -> list[str]:
    """The most telling terms of an article, at most `limit`, best first: one of them must be in whatever is related.

    `rarity` says how telling a term is among other articles.
    """
    terms = {*subject.title_lemmas, *subject.text_lemmas[:_LEAD_TERMS]}
    weights = _weights(subject, {term: rarity(term) for term in terms if _tells(term)})
    return sorted(weights, key=lambda term: (-weights[term], term))[:limit]


def _rarities(articles: Sequence[Candidate]) -> dict[str, float]:
    """How telling each term is among these articles: 1 where all have it, more where few have. Others aren't there."""
    having = Counter[str]()
    for article in articles:
        having.update({*article.title_lemmas, *article.text_lemmas[:_LEAD_TERMS]})
    everywhere = 1.0 + math.log(1 + len(articles))
    return {term: everywhere - math.log(1 + number) for term, number in having.items() if _tells(term)}


def _tells(term: str) -> bool:
    return len(term) > 1 and term not in COMMON_WORDS


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


def _weights(article: Candidate, rarity: Mapping[str, float]) -> dict[str, float]:
    """How much each telling term says of the article; `rarity` has all of them, and no others."""
    counts = Counter(article.text_lemmas[:_LEAD_TERMS])
    weights = {term: rarity[term] * math.log1p(count) for term, count in counts.items() if term in rarity}
    for term in {*article.title_lemmas} & rarity.keys():
        weights[term] = weights.get(term, 0.0) + rarity[term] * _TITLE_WEIGHT
    return weights


def _likeness(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The cosine of the two, nothing if they share a single term."""
    shared = first.keys() & second.keys()
    if len(shared) < _NEEDED_IN_COMMON:
        return 0.0
    product = sum(first[term] * second[term] for term in shared)
    return product / (_length(first) * _length(second))


def _length(weights: Mapping[str, float]) -> float:
    return math.hypot(*weights.values()) or 1.0
