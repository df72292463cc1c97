"""Which of many wishes an article passes, without asking each: an article meets only those it holds a word of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Protocol, TypeAlias

from news.pattern import Sequence, is_in, padded, stands_in
from news.wishes import Clue, Want, Wish

_BEGINNING = 2
_Clues: TypeAlias = frozenset[int]
# By how sequences begin: the clues that they are of, and the whole sequences.
_Beginnings: TypeAlias = dict[Sequence, list[tuple[int, Sequence]]]


class Indexed(Protocol):
    """Whatever has the index terms of a title and of a text."""

    @property
    def title_lemmas(self) -> tuple[str, ...]:
        """The title's."""

    @property
    def text_lemmas(self) -> tuple[str, ...]:
        """The text's."""


def passes(wish: Wish, article: Indexed) -> bool:
    """Whether the article has one of the wanted (any has where none is named) and none of the unwanted."""
    had = why(wish, article)
    return not any(want.unwanted for want in had) and bool(had or not wish.wanted)


def why(wish: Wish, article: Indexed) -> tuple[Want, ...]:
    """What of the wish the article has, wanted or not: the reason why it passes or doesn't."""
    title, text = (padded(" ".join(terms)) for terms in (article.title_lemmas, article.text_lemmas))
    return tuple(want for want in wish.wants if all(_holds(clue, title, text) for clue in want.clues))


def _holds(clue: Clue, title: str, text: str) -> bool:
    return is_in(clue.pattern, title) or (not clue.titled and is_in(clue.pattern, text))


class Matcher:
    """Wishes by their ids, ready for many articles.

    A clue goes by a number, and is found by how its sequences begin: by their first two terms. Of the clues of a want
    one brings an article to it, and that is the rarest among the wishes.
    """

    def __init__(self, wishes: Mapping[int, Wish]) -> None:
        self._numbers: dict[Clue, int] = {}
        self._anywhere: _Beginnings = {}
        self._titled: _Beginnings = {}
        # By a clue: the wishes that want nothing else in one of their wants; and those that want more, with what.
        self._content: defaultdict[int, list[int]] = defaultdict(list)
        self._wanting: defaultdict[int, list[tuple[_Clues, int]]] = defaultdict(list)
        self._unwanted: defaultdict[int, list[_Clues]] = defaultdict(list)
        self._undemanding: set[int] = set()
        self.add(wishes)

    def add(self, wishes: Mapping[int, Wish]) -> None:
        """Take in more, under ids that are new."""
        for id_, wish in wishes.items():
            if not wish.wanted:
                self._undemanding.add(id_)
            for want in wish.wants:
                self._add(want, id_)

    def passing(self, article: Indexed) -> frozenset[int]:
        """The ids of the wishes that an article passes."""
        held = self._held(article)
        pleased = self._undemanding.union(*(self._content[clue] for clue in held & self._content.keys()))
        for clue in held & self._wanting.keys():
            pleased.update(id_ for clues, id_ in self._wanting[clue] if clues <= held)
        asked = pleased & self._unwanted.keys()
        return frozenset(pleased).difference(
            id_ for id_ in asked if any(clues <= held for clues in self._unwanted[id_])
        )

    def _held(self, article: Indexed) -> frozenset[int]:
        """The clues that an article holds."""
        title, text = article.title_lemmas, article.text_lemmas
        return frozenset((*_found(self._titled, title), *_found(self._anywhere, title), *_found(self._anywhere, text)))

    def _add(self, want: Want, id_: int) -> None:
        clues = frozenset(map(self._number, want.clues))
        rarest = min(clues, key=self._popularity)
        if want.unwanted:
            self._unwanted[id_].append(clues)
        elif len(clues) == 1:
            self._content[rarest].append(id_)
        else:
            self._wanting[rarest].append((clues, id_))

    def _popularity(self, clue: int) -> int:
        """How many wants an article with this clue is brought to."""
        return len(self._content.get(clue, ())) + len(self._wanting.get(clue, ()))

    def _number(self, clue: Clue) -> int:
        """The clue's number; a new one is made known."""
        if clue not in self._numbers:
            self._numbers[clue] = number = len(self._numbers)
            for sequence in clue.pattern:
                known = self._titled if clue.titled else self._anywhere
                known.setdefault(sequence[:_BEGINNING], []).append((number, sequence))
        return self._numbers[clue]


def _found(beginnings: _Beginnings, terms: tuple[str, ...]) -> Iterator[int]:
    """The clues that stand in these terms."""
    whole = padded(" ".join(terms))
    for beginning in {*((term,) for term in terms), *pairwise(terms)} & beginnings.keys():
        for clue, sequence in beginnings[beginning]:
            if len(sequence) <= _BEGINNING or stands_in(sequence, whole):
                yield clue
