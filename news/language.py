"""Which language a text is in: by telltale letters where they decide, else by a statistical model."""

import re
import threading
from copy import copy
from functools import lru_cache
from typing import Any, Protocol, cast

LANGUAGES = ("uk", "ru", "en", "pl", "de", "fr", "es", "it", "cs", "ro", "tr")

_CYRILLIC_LANGUAGES = ("uk", "ru")
_LATIN_LANGUAGES = tuple(code for code in LANGUAGES if code not in _CYRILLIC_LANGUAGES)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_UKRAINIAN_LETTERS = re.compile(r"[іїєґ]|[бпвмфр][’ʼ'][яюєї]", re.IGNORECASE)
_RUSSIAN_LETTERS = re.compile(r"[ыэъё]", re.IGNORECASE)
_SAMPLE = 2000
_ENOUGH_LETTERS = 8
# Headlines carry foreign names: a Cyrillic one may well be half Latin.
_CYRILLIC_SHARE = 0.3


class _Classifier(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, one of `LANGUAGES`; None where there is too little to tell by.

    The model is loaded at the first call (about a second), once, whichever threads ask; see `warm`.
    """
    sample = text[:_SAMPLE]
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if cyrillic > _CYRILLIC_SHARE * (cyrillic + latin):
        return _by_letters(sample) or _by_model(sample, cyrillic, _CYRILLIC_LANGUAGES)
    return _by_model(sample, latin, _LATIN_LANGUAGES)


def _by_letters(sample: str) -> str | None:
    ukrainian, russian = len(_UKRAINIAN_LETTERS.findall(sample)), len(_RUSSIAN_LETTERS.findall(sample))
    if ukrainian == russian:
        return None
    return "uk" if ukrainian > russian else "ru"


def _by_model(sample: str, letters: int, languages: tuple[str, ...]) -> str | None:
    if letters < _ENOUGH_LETTERS or letters < len(sample) // 5:
        return None
    return _classifier(languages).classify(sample)[0]


_loading = threading.Lock()


def warm() -> None:
    """Load the model now (about a second): call it in a thread at start."""
    for languages in (_CYRILLIC_LANGUAGES, _LATIN_LANGUAGES):
        _classifier(languages)


def _classifier(languages: tuple[str, ...]) -> _Classifier:
    with _loading:
        return _load(languages)


@lru_cache(maxsize=2)
def _load(languages: tuple[str, ...]) -> _Classifier:
    identifier = copy(_model())
    identifier.set_languages(languages)
    return cast(_Classifier, identifier)


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
