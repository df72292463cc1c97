"""The sentence of an article in which a search found its words, and where in it they stand."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from news.article import Article
from news.language import NO_LANGUAGE
from news.lemmas import lemmas
from news.pattern import Pattern, is_in, padded
from news.text import ELLIPSIS, sentences

LONGEST = 160
"""Characters of a snippet."""
MOST_READ = 20_000
"""Characters of the text in which the sentence is looked for."""
_BEFORE = 60
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’ʼ`\u00ad\u0301][^\W_]+)*\u0301?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet; `found`: it is a word that was looked for."""

    text: str
    found: bool = False


def snippet(article: Article, patterns: Collection[Pattern]) -> tuple[Piece, ...]:
    """The sentence with most of what was looked for, the first of equals; nothing where only the title has any."""
    language = article.language or NO_LANGUAGE
    text = article.text[:MOST_READ] or article.summary
    best, most = "", 0
    for sentence in sentences(text):
        number = _held(sentence, patterns, language)
        if number > most and sentence != article.title:
            best, most = sentence, number
        if most == len(patterns):
            break
    return _cut(list(_pieces(best, patterns, language))) if best else ()


def _held(sentence: str, patterns: Collection[Pattern], language: str) -> int:
    terms = padded(" ".join(lemmas(sentence, language)))
    return sum(is_in(pattern, terms) for pattern in patterns)


def _pieces(sentence: str, patterns: Collection[Pattern], language: str) -> Iterator[Piece]:
    wanted = frozenset(term for pattern in patterns for sequence in pattern for term in sequence)
    end = 0
    for word in _WORD.finditer(sentence):
        if wanted.isdisjoint(lemmas(word[0], language)):
            continue
        if word.start() > end:
            yield Piece(sentence[end : word.start()])
        yield Piece(word[0], found=True)
        end = word.end()
    if end < len(sentence):
        yield Piece(sentence[end:])


def _cut(pieces: list[Piece]) -> tuple[Piece, ...]:
    """At most `LONGEST` characters and the signs of omission, from a little before the first word found."""
    if pieces and not pieces[0].found:
        pieces[0] = Piece(_end_of(pieces[0].text, _BEFORE))
    kept, room = list[Piece](), LONGEST
    for piece in pieces:
        if len(piece.text) > room:
            kept.append(piece if piece.found else Piece(_beginning_of(piece.text, room)))
            break
        kept.append(piece)
        room -= len(piece.text)
    return tuple(kept)


def _end_of(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return ELLIPSIS + text[-limit:].partition(" ")[2]


def _beginning_of(text: str, limit: int) -> str:
    """The whole words that fit; a single long one is cut."""
    room = text[: max(limit, 1)]
    return (room.rpartition(" ")[0] if " " in room else room).rstrip(" ,;:–—-") + ELLIPSIS
