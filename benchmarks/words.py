"""Made-up articles in eleven languages: words of each language's dictionary, as unequally common as words are."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from news.dictionaries import DICTIONARIES
from news.language import LANGUAGES
from news.lemmas import lemmas

VOCABULARY = 2_000
TITLE, TEXT = 9, 90


@dataclass(frozen=True, slots=True)
class Told:
    """An article's words and the index terms they stand under."""

    language: str
    title: str
    text: str
    title_lemmas: tuple[str, ...]
    text_lemmas: tuple[str, ...]


def vocabulary(language: str) -> list[str]:
    """Words from all over the language's dictionary, in an order of their own."""
    dictionary = DICTIONARIES.get_dictionary(language)
    words = list(islice(dictionary, 0, None, max(len(dictionary) // VOCABULARY, 1)))[:VOCABULARY]
    random.Random(language).shuffle(words)
    return words


def use_all() -> None:
    """Look up the whole vocabulary of each language, as a bot does that has read much in all of them."""
    for language in LANGUAGES:
        lemmas(" ".join(vocabulary(language)), language)


def tellings(seed: int = 1) -> Iterator[Told]:
    """Articles without end, in each language in turn."""
    drawn = random.Random(seed)
    tongues = [_tongue(language) for language in LANGUAGES]
    while True:
        for language, words, terms, weights in tongues:
            places = drawn.choices(range(len(words)), cum_weights=weights, k=TITLE + TEXT)
            title, text = places[:TITLE], places[TITLE:]
            yield Told(
                language,
                " ".join(words[place] for place in title).capitalize(),
                " ".join(words[place] for place in text),
                tuple(term for place in title for term in terms[place]),
                tuple(term for place in text for term in terms[place]),
            )


def _tongue(language: str) -> tuple[str, list[str], list[list[str]], list[float]]:
    words = vocabulary(language)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    return language, words, [lemmas(word, language) for word in words], weights
