"""What it costs to find the wishes that an article passes.

    python -m benchmarks.matching

Wishes of one to five words of the Ukrainian dictionary, drawn as unequally as words are: every third wants any of its
words, every third all of them, every third a phrase, and every fifth is spared something besides. The articles' words
are drawn likewise, so far more wishes are passed than of real articles.

`reading` is microseconds a wish to read it from its text, `taking in` to put it among the others; `memory` is what they
take together. Then milliseconds an article of 300 words, and one of 3,000 (the median and the slowest of 50), and the
share of the wishes that it passes. `one by one`: an article of 300 words held against each wish alone.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import accumulate, islice
from statistics import mean, median

from rich.console import Console
from rich.table import Table

from news.article import NewArticle
from news.dictionaries import DICTIONARIES
from news.lemmas import lemmas, warm
from news.match import Matcher, passes
from news.wishes import Wish, read_wish

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
VOCABULARY = 20_000
WISHES = (1, 100, 10_000)
LENGTHS = (300, 3_000)
ARTICLES = 50


class Words:
    """Words from all over a dictionary, a few of which are very common (Zipf)."""

    def __init__(self) -> None:
        dictionary = DICTIONARIES.get_dictionary("uk")
        self._words = list(islice(dictionary, 0, None, len(dictionary) // VOCABULARY))[:VOCABULARY]
        random.Random(1).shuffle(self._words)
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._drawn = random.Random(2)

    def some(self, number: int) -> list[str]:
        """So many words."""
        return self._drawn.choices(self._words, cum_weights=self._weights, k=number)

    def wish(self, number: int) -> str:
        """A wish as it is typed; its number says of what kind."""
        words = self.some(self._drawn.randint(1, 5))
        wanted = (", ".join(words), " ".join(words), f'"{" ".join(words)}"')[number % 3]
        return f"{wanted}, !{self.some(1)[0]}" if number % 5 == 0 else wanted

    def article(self, length: int) -> NewArticle:
        """An article of so many words."""
        title, text = (tuple(lemmas(" ".join(self.some(count)), "uk")) for count in (9, length))
        return NewArticle((), "", "", "", "", None, None, None, "uk", NOW, NOW, title, text)


def per_article(passing: Callable[[NewArticle], object], articles: Sequence[NewArticle]) -> str:
    """Milliseconds: the median, and the slowest."""
    times = []
    for article in articles:
        began = time.perf_counter()
        passing(article)
        times.append((time.perf_counter() - began) * 1e3)
    return f"{median(times):.2f} / {max(times):.2f}"


def row(number: int, words: Words) -> list[str]:
    """The figures of so many wishes."""
    typed = [words.wish(each) for each in range(number)]
    began = time.perf_counter()
    wishes = dict(enumerate(map(read_wish, typed)))
    read = time.perf_counter()
    matcher = Matcher(wishes)
    taken = time.perf_counter()
    cells = [f"{number:,}", f"{(read - began) / number * 1e6:.0f}", f"{(taken - read) / number * 1e6:.0f}", room(typed)]
    for length in LENGTHS:
        articles = [words.article(length) for _ in range(ARTICLES)]
        passed = mean(len(matcher.passing(article)) for article in articles) / number
        cells += [per_article(matcher.passing, articles), f"{passed:.0%}"]
    return [*cells, per_article(one_by_one(wishes), [words.article(LENGTHS[0]) for _ in range(3)])]


def one_by_one(wishes: dict[int, Wish]) -> Callable[[NewArticle], object]:
    """Asking each wish alone."""
    return lambda article: [id_ for id_, wish in wishes.items() if passes(wish, article)]


def room(typed: Sequence[str]) -> str:
    """The memory that the wishes take in a matcher."""
    gc.collect()
    tracemalloc.start()
    matcher = Matcher(dict(enumerate(map(read_wish, typed))))
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del matcher
    return f"{size / 1e6:.2f} MB"


def main() -> None:
    """Print the table."""
    warm()
    words = Words()
    table = Table("wishes", "reading", "taking in", "memory", title="Wishes and articles")
    for length in LENGTHS:
        table.add_column(f"{length:,} words")
        table.add_column("passed")
    table.add_column("one by one")
    for number in WISHES:
        table.add_row(*row(number, words))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
