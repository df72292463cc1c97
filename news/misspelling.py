"""Did you mean …? What a word that nothing has may have been meant to be.

The words that differ from it in one letter, or in two that are easily taken for others, are looked for in the articles
themselves; the one that most of the newest have is meant. So what is proposed is found, and nothing is told of articles
that the viewer may not see.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice

from news.pattern import word_patterns
from news.ports import Articles
from news.query import Query, parse_query, plain_words
from news.rank import Hit

_SHORTEST = 4
_LONGEST = 24
_MOST_WORDS = 3
_NEWEST = 200
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# What is typed on a keyboard set to the other alphabet.
_KEYS_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_KEYS_CYRILLIC = "йцукенгшщзхїфівапролджєячсмитьбю"
_OTHER_KEYS = {
    **str.maketrans(_KEYS_LATIN, _KEYS_CYRILLIC),
    **str.maketrans(_KEYS_CYRILLIC, _KEYS_LATIN),
}
# Letters that sound or look alike, or that the one language has for the other's.
_ALIKE = ("иіїый", "еєэё", "еи", "оа", "гґх", "зс", "вуф", "дт", "бп", "шщ", "цс", "cks", "iy", "ao", "ei", "sz", "vw")
_LIKELY, _OTHER, _TWICE = 4, 2, 1


async def suggest(articles: Articles, query: Query, *, viewer: int | None, now: datetime) -> str | None:
    """The query with the words that nobody has put right, where that finds something; else None."""
    asked, mended = query.asked, False
    for word in plain_words(query.asked)[:_MOST_WORDS]:
        meant = await _meant(articles, word, viewer)
        if meant is not None:
            asked, mended = asked.replace(word, meant, 1), True
    if not mended:
        return None
    found = await articles.matches(parse_query(asked, now=now), limit=1, viewer=viewer)
    return asked if found else None


async def _meant(articles: Articles, word: str, viewer: int | None) -> str | None:
    """What a word was meant to be; None where articles have it, or nothing like it is known."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return None
    known = Query(words=tuple(word_patterns(word)))
    if not known.words or await articles.matches(known, limit=1, viewer=viewer):
        return None
    standing = await asyncio.to_thread(_standing, word.lower())
    terms = frozenset((term,) for terms, _ in standing.values() for term in terms)
    hits = await articles.matches(Query(words=(terms,)), limit=_NEWEST, viewer=viewer)
    return await asyncio.to_thread(_commonest, standing, hits)


def _standing(word: str) -> Mapping[str, tuple[frozenset[str], int]]:
    """What the word may have been meant to be, with the terms under which that stands, and how likely it is."""
    found: dict[str, tuple[frozenset[str], int]] = {}
    for variant, likely in variants(word).items():
        patterns = word_patterns(variant)
        if len(patterns) == 1:
            found[variant] = frozenset(term for (term,) in patterns[0]), likely
    return found


def _commonest(standing: Mapping[str, tuple[frozenset[str], int]], hits: Iterable[Hit]) -> str | None:
    having = Counter(term for hit in hits for term in {*hit.title.split(), *hit.text.split()})

    def worth(variant: str) -> tuple[int, bool, int]:
        """Of the forms of one word, the first form goes before the others."""
        terms, likely = standing[variant]
        return likely * max(having[term] for term in terms), variant in terms and having[variant] > 0, -len(variant)

    best = max(standing, key=worth, default=None)
    return best if best is not None and worth(best)[0] else None


def variants(word: str) -> dict[str, int]:
    """Words that this may have been meant to be, each with how likely that is; in lower case."""
    letters = _CYRILLIC if any(letter in _CYRILLIC for letter in word) else _LATIN
    likely = dict.fromkeys(chain([word.translate(_OTHER_KEYS)], _slips(word)), _LIKELY)
    twice = dict.fromkeys(chain.from_iterable(_slips(slip) for slip in islice(_slips(word), 40)), _TWICE)
    found = {**twice, **dict.fromkeys(_edits(word, letters), _OTHER), **likely}
    return {other: how for other, how in found.items() if other != word and len(other) >= _SHORTEST - 1}


def _slips(word: str) -> Iterator[str]:
    """Letters changed places, doubled or not, taken for others that are like them; a soft sign forgotten."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]
        yield before + after if after[:1] == letter else before + letter + letter + after
        for group in _ALIKE:
            yield from (before + other + after for other in group if letter in group and other != letter)
        yield before + after if letter in "ьъʼ'’" else f"{before}{letter}ь{after}"


def _edits(word: str, letters: str) -> Iterator[str]:
    """One letter too many, too few, or another."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        yield from (before + letter + after for letter in letters)
