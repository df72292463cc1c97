"""What an article must hold for a word or a phrase of a query: index terms, one after the other.

A word with several readings stands in an article's terms under all of them, side by side; so a phrase is looked for
both with the readings of its words side by side, as the same words stand anywhere else, and with each of them alone.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice, product
from typing import TypeAlias

from news.language import NO_LANGUAGE
from news.lemmas import lemmas, query_terms, sought_in

Sequence: TypeAlias = tuple[str, ...]
Pattern: TypeAlias = frozenset[Sequence]
"""An article has it if one of the sequences stands in its title or in its text, term after term."""

MOST_WORDS = 12
"""So many words of a phrase are looked for."""
MOST_SEQUENCES = 24
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’ʼ`][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑]")


def word_patterns(text: str, languages: Collection[str] = ()) -> list[Pattern]:
    """A pattern for each word of the text, once; a compound with hyphens is its parts."""
    return [frozenset((term,) for term in terms) for terms in query_terms(text, languages) if terms]


def phrase_pattern(text: str, languages: Collection[str] = ()) -> Pattern:
    """The text's words (the first `MOST_WORDS`) in their order, in any form; empty where there are no words."""
    words = _WORD.findall(text)[:MOST_WORDS]
    if len(words) == 1 and not _HYPHEN.search(words[0]):
        return next(iter(word_patterns(words[0], languages)), frozenset())
    among = (*(languages or sought_in()), NO_LANGUAGE)
    each = [islice(_sequences(words, language), MOST_SEQUENCES) for language in among]
    return frozenset(sequence for sequences in each for sequence in sequences if sequence)


def padded(terms: str) -> str:
    """Terms with spaces between them, made ready for `is_in` and `count_in`: each stands between spaces of its own."""
    return f" {terms.replace(' ', '  ')} "


def is_in(pattern: Pattern, terms: str) -> bool:
    """Whether one of the sequences is in these terms, which are `padded`."""
    return any(_padded(sequence) in terms for sequence in pattern)


def stands_in(sequence: Sequence, terms: str) -> bool:
    """Whether this sequence is in these terms, which are `padded`."""
    return _padded(sequence) in terms


def count_in(pattern: Pattern, terms: str) -> int:
    """How often the sequences are in these terms, which are `padded`."""
    return sum(terms.count(_padded(sequence)) for sequence in pattern)


def _padded(sequence: Sequence) -> str:
    return f" {'  '.join(sequence)} "


def _sequences(words: list[str], language: str) -> Iterator[Sequence]:
    for chosen in product(*(_ways(word, language) for word in words)):
        yield tuple(term for terms in chosen for term in terms)


def _ways(word: str, language: str) -> list[Sequence]:
    """How a word may stand among the terms: under all its readings side by side, or under one of them."""
    terms = lemmas(word, language)
    if len(terms) < 2 or len(_HYPHEN.split(word)) == len(terms):
        return [tuple(terms)]
    alone = terms[:1] if _HYPHEN.search(word) else terms
    return [tuple(terms), *((term,) for term in alone)]
