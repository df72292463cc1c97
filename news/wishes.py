"""What a chat wishes to be told of, or to be spared, read from whatever was typed.

    elections, prime minister        either; of several words in one want all
    "the exact phrase"               words in this order        title:word   in the title
    -football   !football            nothing of it

A comma or a new line ends a want. A sign before it holds for all of it, one before a later word for that word alone.
Words count in any form, as in a search.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from news.lemmas import words
from news.pattern import MOST_WORDS, Pattern, phrase_pattern, word_patterns
from news.typed import QUOTES, Item, cleaned, items

MAX_READ = 500
"""So many characters of a wish are read, and its text has no more."""
MOST_WANTS = 100
_MOST_TERMS = 12
_SEPARATOR = ", "
# Up to a comma that stands in no quotation.
_WANT = re.compile(rf"(?:[{QUOTES}][^{QUOTES}]+[{QUOTES}]|[^,;])+")
_SIGNS = re.compile(r"(?<!\S)[!−-]+(?=[^\s!−-])")
_HYPHENS = str.maketrans("‐‑", "--")


class Clue(NamedTuple):
    """Something that an article may hold: in its title if `titled`, else anywhere."""

    pattern: Pattern
    titled: bool


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanted, or `unwanted`: an article has it if it has all of its clues. `text` is how it is written."""

    text: str
    clues: frozenset[Clue]
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """An article passes if it has one of the wanted (where none is named, any article does) and none of the
    unwanted."""

    wants: tuple[Want, ...] = ()

    @property
    def wanted(self) -> tuple[Want, ...]:
        """What an article should have."""
        return tuple(want for want in self.wants if not want.unwanted)

    @property
    def unwanted(self) -> tuple[Want, ...]:
        """What it should not have."""
        return tuple(want for want in self.wants if want.unwanted)

    @property
    def text(self) -> str:
        """How the wish is told and kept: it reads as itself, and is one for the same wants in whatever order, empty
        for an empty wish."""
        return _SEPARATOR.join(want.text for want in self.wants)

    def has(self, want: Want) -> bool:
        """Whether it has this want, however it is written."""
        return any(_is_same(one, want) for one in self.wants)

    def and_also(self, want: Want) -> "Wish":
        """The wish with this want; without it where it has no room for it."""
        return _wish((*self.wants, want))

    def without(self, want: Want) -> "Wish":
        """The wish without this want."""
        return Wish(tuple(one for one in self.wants if not _is_same(one, want)))


def read_wish(text: str) -> Wish:
    """Any text as a wish, of a long one the first `MAX_READ` characters and `MOST_WANTS`. Never raises."""
    clean = cleaned(text[:MAX_READ].replace("\n", ","))
    return _wish(want for found in _WANT.findall(clean) for want in _wants(found))


def _is_same(one: Want, other: Want) -> bool:
    return (one.clues, one.unwanted) == (other.clues, other.unwanted)


def _wish(wants: Iterable[Want]) -> Wish:
    return Wish(tuple(sorted(_fitting(wants), key=lambda want: (want.unwanted, want.text.casefold(), want.text))))


def _fitting(wants: Iterable[Want]) -> Iterator[Want]:
    """The first of the wants, each once, as many as a wish has room for."""
    known, room = set[tuple[frozenset[Clue], bool]](), MAX_READ
    for want in wants:
        room -= len(want.text) + len(_SEPARATOR)
        if room < 0 or len(known) == MOST_WANTS:
            break
        if (want.clues, want.unwanted) not in known:
            yield want
        known.add((want.clues, want.unwanted))


def _wants(typed: str) -> Iterator[Want]:
    """What stands between two commas: one want, and of the later items those with a minus, each for itself."""
    found = list(items(_SIGNS.sub("-", typed.strip())))
    if found and found[0].minus:
        wants = [_want(found, unwanted=True)]
    else:
        wants = [_want([item for item in found if not item.minus])]
        wants += [_want([item], unwanted=True) for item in found if item.minus]
    return (want for want in wants if want.clues)


def _want(typed: Sequence[Item], *, unwanted: bool = False) -> Want:
    each = chain.from_iterable(map(_clues, typed))
    read = dict(islice(each, _MOST_TERMS))
    return Want(("-" if unwanted else "") + " ".join(read), frozenset(chain.from_iterable(read.values())), unwanted)


def _clues(item: Item) -> Iterator[tuple[str, list[Clue]]]:
    """What the item asks for, with how it is written: a phrase, or word by word."""
    said = [word.translate(_HYPHENS) for word in words(item.said)[:MOST_WORDS]]
    titled = item.name == "title"
    operator, phrase = "title:" if titled else "", " ".join(said)
    if item.quoted and (len(said) > 1 or "-" in phrase):
        yield f'{operator}"{phrase}"', [Clue(phrase_pattern(phrase), titled)]
        return
    for word in said:
        yield f"{operator}{word}", [Clue(pattern, titled) for pattern in word_patterns(word)]
