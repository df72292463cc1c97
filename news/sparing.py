"""Less like this: what of a headline may be named to be spared articles like it. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from news.common_words import common_in
from news.language import detect
from news.lemmas import lemmas, words
from news.match import Indexed, passes
from news.reading import StoryText, names_in
from news.wishes import Want, read_wish

MOST_PROPOSED = 6
# A longer name is one of several, or a headline in which every word has a capital.
_LONGEST_NAME = 3
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’ʼ][^\W_]+)*")


class _Piece(NamedTuple):
    said: str
    is_name: bool


def proposals(report: StoryText, others: Sequence[Indexed]) -> list[Want]:
    """Names and words of a headline as what is not wanted, at most `MOST_PROPOSED`: names first, and of each kind first
    what stands in fewer of the feed's other articles."""
    found: dict[str, tuple[bool, int]] = {}
    for piece in _pieces(report):
        wanted = read_wish(piece.said)
        if len(wanted.wants) == 1:
            often = sum(passes(wanted, other) for other in others)
            found.setdefault(piece.said, (not piece.is_name, often))
    best = sorted(found, key=found.__getitem__)[:MOST_PROPOSED]
    return [read_wish(f"-{said}").wants[0] for said in best]


def _pieces(report: StoryText) -> Iterator[_Piece]:
    """The headline's names, several words of which are a phrase, and its words that say something."""
    title, language = report.title, report.language or detect(f"{report.title}\n{report.text}")
    named = frozenset[str]() if _is_all_capitals(title) else names_in(report)
    run: list[str] = []
    end = 0
    for found in _WORD.finditer(title):
        is_name = found[0][0].isupper() and not named.isdisjoint(lemmas(found[0], language))
        if run and (not is_name or title[end : found.start()] != " " or len(run) == _LONGEST_NAME):
            yield _name(run)
            run = []
        if is_name:
            run.append(found[0])
        elif _tells(found[0], language):
            yield _Piece(words(found[0].lower())[0], is_name=False)
        end = found.end()
    if run:
        yield _name(run)


def _name(run: Sequence[str]) -> _Piece:
    name = " ".join(run)
    return _Piece(f'"{name}"' if len(run) > 1 else name, is_name=True)


def _tells(word: str, language: str | None) -> bool:
    terms = lemmas(word, language)
    return len(word) > 1 and not word[0].isdigit() and bool(terms) and common_in(language).isdisjoint(terms)


def _is_all_capitals(title: str) -> bool:
    """Whether most words begin with a capital, so that none says anything."""
    first = [word[0] for word in words(title)][1:]
    return len(first) > 2 and sum(one.isupper() for one in first) > len(first) / 2
