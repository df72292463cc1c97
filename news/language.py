"""Which language a text is in: by telltale letters where they decide, else by a statistical model."""

import re
import threading
from functools import lru_cache

from news.grams import Grams, load

LANGUAGES = ("uk", "ru", "en", "pl", "de", "fr", "es", "it", "cs", "ro", "tr")

NO_LANGUAGE = "zxx"
"""ISO 639's code for what is in none: words are taken as they are written."""

CYRILLIC_LANGUAGES = ("uk", "ru")
LATIN_LANGUAGES = tuple(code for code in LANGUAGES if code not in CYRILLIC_LANGUAGES)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_UKRAINIAN_LETTERS = re.compile(r"[іїєґ]|[бпвмфр][’ʼ'][яюєї]", re.IGNORECASE)
_RUSSIAN_LETTERS = re.compile(r"[ыэъё]", re.IGNORECASE)
_SAMPLE = 2000
# What the model reads of it: with more it tells no more texts rightly.
_MODEL_SAMPLE = 400
_ENOUGH_LETTERS = 8
# Headlines carry foreign names: a Cyrillic one may well be half Latin.
_CYRILLIC_SHARE = 0.3


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, one of `LANGUAGES`; None where there is too little to tell by.

    The model is loaded at the first call (some hundredths of a second), once, whichever threads ask; see `warm`.
    """
    sample = text[:_SAMPLE]
    cyrillic, latin = _count(_CYRILLIC, sample), _count(_LATIN, sample)
    if cyrillic > _CYRILLIC_SHARE * (cyrillic + latin):
        return _by_letters(sample) or _by_model(sample, cyrillic, CYRILLIC_LANGUAGES)
    return _by_model(sample, latin, LATIN_LANGUAGES)


def _count(letters: re.Pattern[str], sample: str) -> int:
    return sum(map(len, letters.findall(sample)))


def _by_letters(sample: str) -> str | None:
    ukrainian, russian = len(_UKRAINIAN_LETTERS.findall(sample)), len(_RUSSIAN_LETTERS.findall(sample))
    if ukrainian == russian:
        return None
    return "uk" if ukrainian > russian else "ru"


def _by_model(sample: str, letters: int, languages: tuple[str, ...]) -> str | None:
    if letters < _ENOUGH_LETTERS or letters < len(sample) // 5:
        return None
    return _models()[languages].likeliest(sample[:_MODEL_SAMPLE])


_loading = threading.Lock()


def warm() -> None:
    """Load the model now (some hundredths of a second): call it in a thread at start."""
    _models()


def _models() -> dict[tuple[str, ...], Grams]:
    with _loading:
        return _load()


@lru_cache(maxsize=1)
def _load() -> dict[tuple[str, ...], Grams]:
    return {model.languages: model for model in load()}
