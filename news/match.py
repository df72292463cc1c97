"""Which of many wishes an article passes, without asking each: an article meets only those it holds a word of."""

from collections.abc import Iterator, Mapping, Set
from itertools import pairwise
from typing import TypeAlias

from news.article import NewArticle
from news.pattern import Pattern, Sequence, is_in, padded
from news.wishes import Clue, Want, Wish

_BEGINNING = 2
_Clues: TypeAlias = frozenset[int]
# By how sequences begin: the clues, and the whole of a sequence that goes on after that.
_Beginnings: TypeAlias = dict[Sequence, list[tuple[int, Pattern | None]]]


def passes(wish: Wish, article: NewArticle) -> bool:
    """Whether the article has one of the wanted (any has where none is named) and none of the unwanted."""
    had = why(wish, article)
    return not any(want.unwanted for want in had) and bool(had or not wish.wanted)


def why(wish: Wish, article: NewArticle) -> tuple[Want, ...]:
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
        self._wanted: dict[int, list[tuple[_Clues, int]]] = {}
        self._unwanted: dict[int, list[_Clues]] = {}
        self._undemanding: set[int] = set()
        self.add(wishes)

    def add(self, wishes: Mapping[int, Wish]) -> None:
        """Take in more, under ids that are new."""
        for id_, wish in wishes.items():
            for want in wish.wants:
                self._add(want, id_)
            if not wish.wanted:
                self._undemanding.add(id_)

    def passing(self, article: NewArticle) -> frozenset[int]:
        """The ids of the wishes that an article passes."""
        held = self._held(article)
        had = {id_ for clue in held for clues, id_ in self._wanted.get(clue, ()) if clues <= held}
        return frozenset(id_ for id_ in had | self._undemanding if not self._refused(id_, held))

    def _refused(self, id_: int, held: Set[int]) -> bool:
        return any(clues <= held for clues in self._unwanted.get(id_, ()))

    def _held(self, article: NewArticle) -> frozenset[int]:
        """The clues that an article holds."""
        title, text = article.title_lemmas, article.text_lemmas
        return frozenset((*_found(self._titled, title), *_found(self._anywhere, title), *_found(self._anywhere, text)))

    def _add(self, want: Want, id_: int) -> None:
        clues = frozenset(map(self._number, want.clues))
        if want.unwanted:
            self._unwanted.setdefault(id_, []).append(clues)
        else:
            rarest = min(clues, key=lambda clue: len(self._wanted.get(clue, ())))
            self._wanted.setdefault(rarest, []).append((clues, id_))

    def _number(self, clue: Clue) -> int:
        """The clue's number; a new one is made known."""
        if clue not in self._numbers:
            self._numbers[clue] = len(self._numbers)
            for sequence in clue.pattern:
                whole = frozenset([sequence]) if len(sequence) > _BEGINNING else None
                known = (self._titled if clue.titled else self._anywhere).setdefault(sequence[:_BEGINNING], [])
                known.append((self._numbers[clue], whole))
        return self._numbers[clue]


def _found(beginnings: _Beginnings, terms: tuple[str, ...]) -> Iterator[int]:
    """The clues that stand in these terms."""
    whole = padded(" ".join(terms))
    for beginning in {*((term,) for term in terms), *pairwise(terms)} & beginnings.keys():
        yield from (clue for clue, rest in beginnings[beginning] if rest is None or is_in(rest, whole))
