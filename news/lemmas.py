"""Words under which an article is found: its lemmas, in whatever case, number or spelling they were written.

A term holds letters, digits and U+02BC (the letter apostrophe) only. A word with two likely readings ("урядові":
of the government, or to it) gives both, so that forms of one word meet. Words no dictionary knows, surnames above
all, are brought to one form by `news.surnames`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

from news.dictionaries import DICTIONARIES
from news.language import LANGUAGES, detect
from news.language import warm as warm_detector
from news.surnames import slavic_stem, surname_form

MAX_TEXT = 200_000
MAX_TERM = 64
QUERY_LANGUAGES = ("uk", "ru", "en")

_APOSTROPHE = "ʼ"
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’ʼ`′‘‛´＇](?=[^\W\d_])")
# Soft hyphens, zero-width characters, and the stress marks that no composed letter took up.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300\u0301\u0307]")
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑ʼ][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑]")
# F-16, Су-35, COVID-19: one name, whichever way it is written.
_DESIGNATION = re.compile(r"([^\W\d_]{1,5})[-‐‑](\d+[^\W\d_]?)")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+(?:ʼ[Ѐ-ӿ]+)*")
_LATIN = re.compile(r"[a-zß-ɏ]+(?:ʼ[a-zß-ɏ]+)*", re.IGNORECASE)
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|dell|nell|sull|dall|all|un)ʼ(?=[^\W\d_])", re.IGNORECASE)
_FOLDED = str.maketrans({"ё": "е", "ґ": "г"})
_SLAVIC = ("uk", "ru")
# Readings of common words of the news that the dictionaries leave out.
_MISSED = {
    ("uk", "ради"): ("рада",),
    ("uk", "діти"): ("дитина",),
    ("uk", "дітей"): ("дитина",),
    ("uk", "дітям"): ("дитина",),
    ("uk", "дітьми"): ("дитина",),
    ("ru", "судов"): ("суд",),
}
_DATIVE = re.compile(r"(.{3,})[оеє]ві")


def lemmas(text: str, language: str | None = None) -> list[str]:
    """The index terms of a text, in its order, in lower case, repeated as often as they occur.

    `language` is an ISO 639-1 code; None has it detected. A language without a dictionary leaves words as they are.
    At most `MAX_TEXT` characters are read; a term has at most `MAX_TERM`.
    """
    text = text[:MAX_TEXT]
    language = language or detect(text)
    return [term for word in _words(text) for term in _terms(word, language)]


def query_terms(text: str, languages: Iterable[str] = QUERY_LANGUAGES) -> list[frozenset[str]]:
    """For each word of a query, once, the index terms it may stand under in any of the languages.

    An article has the word if it has one of them. Empty if there are no words.
    """
    languages = tuple(languages)
    found = (_query_word(word, languages) for word in _words(text[:MAX_TEXT]))
    return list(dict.fromkeys(terms for part in found for terms in part))


def warm() -> None:
    """Load the detector and the dictionaries, in a thread at start.

    Prepared ones are all opened, which takes no time; else those of queries are loaded (about a second and 15 MB each),
    and the others by the thread that first needs them.
    """
    warm_detector()
    for language in LANGUAGES if DICTIONARIES.prepared else QUERY_LANGUAGES:
        DICTIONARIES.get_dictionary(language)


def is_warm() -> bool:
    """Whether all dictionaries are open: no word of any language has to wait for one to be loaded."""
    return DICTIONARIES.opened


# --- Words ---


def _words(text: str) -> list[str]:
    """Words as written, hyphen compounds whole, apostrophes as U+02BC."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _COMPOUND.findall(_APOSTROPHES.sub(_APOSTROPHE, text))


def _terms(word: str, language: str | None) -> list[str]:
    whole = _DESIGNATION.fullmatch(word)
    parts = _HYPHEN.split(word)
    named = [_term(whole[1] + whole[2])] if whole else []
    return named + [term for part in parts for term in _known_readings(part, language)]


def _query_word(word: str, languages: tuple[str, ...]) -> list[frozenset[str]]:
    whole = _DESIGNATION.fullmatch(word)
    if whole:
        return [frozenset({_term(whole[1] + whole[2])})]
    return [_standings(part, languages) for part in _HYPHEN.split(word)]


def _standings(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    in_languages = (_known_readings(word, language) for language in languages)
    return frozenset({_term(word)}.union(*in_languages))


def _term(word: str) -> str:
    folded = unicodedata.normalize("NFC", word.lower()).translate(_FOLDED)
    return _UNSEEN.sub("", folded)[:MAX_TERM]


# --- Readings ---

_lemmatizer = Lemmatizer(cache_max_size=1, lemmatization_strategy=DefaultStrategy(dictionary_factory=DICTIONARIES))


def _known_readings(word: str, language: str | None) -> tuple[str, ...]:
    """Remembered by as much of a word as can matter: some are written to fill the memory."""
    return _readings(word[: 2 * MAX_TERM], language)


@lru_cache(maxsize=20_000)
def _readings(word: str, language: str | None) -> tuple[str, ...]:
    """The terms one word stands under in a language, the likeliest first."""
    if _CYRILLIC.fullmatch(word):
        found = _slavic(word, language) if language in _SLAVIC else (word,)
    elif _LATIN.fullmatch(word):
        found = (_latin(word, "en" if language in _SLAVIC else language),)
    else:
        found = (word,)
    return tuple(dict.fromkeys(_term(reading) for reading in found))


def _latin(word: str, language: str | None) -> str:
    word = word[:-2] if word.lower().endswith("ʼs") else word
    if language in ("fr", "it"):
        word = _ELISION.sub("", word)
    if language not in LANGUAGES or len(word) > MAX_TERM:
        return word
    # All in capitals, a word of a headline is looked up as any other; an acronym is its own lemma.
    known = _lemmatizer.lemmatize(word if not word.isupper() else word.lower(), language)
    return known.replace("'", _APOSTROPHE) if _LATIN.fullmatch(known.replace("'", _APOSTROPHE)) else word


def _slavic(word: str, language: str) -> tuple[str, ...]:
    if len(word) > MAX_TERM:
        return (word,)
    dictionary = DICTIONARIES.get_dictionary(language)
    name = _looked_up(word.capitalize(), dictionary)
    common = _looked_up(word.lower(), dictionary)
    surname = surname_form(word.lower()) if not name else None
    readings = _chosen(word, name, common)
    if surname and (not readings or word[0].isupper()):
        readings = (*readings, surname)
    also = (*_dative(word.lower(), dictionary), *_MISSED.get((language, word.lower()), ()))
    return (*(readings or (_unknown(word.lower(), dictionary),)), *also)


def _chosen(word: str, name: str | None, common: str | None) -> tuple[str, ...]:
    """What the dictionary says of the word as a name and as a common word.

    Whoever writes "київ" small means the city, not a gen. plural of "кий": a name in its first form goes before an
    inflected common word. A capital may only open the sentence: then both readings stand.
    """
    if name is None or common is None:
        return tuple(reading for reading in (name, common) if reading)
    if word[0].isupper() and word[1:].islower():
        return (name,) if name[0].isupper() else (common,)
    is_first_form = name.lower() == word.lower() != common.lower()
    return (name,) if is_first_form else (common,)


def _looked_up(word: str, dictionary: Mapping[str, str]) -> str | None:
    found = dictionary.get(word.replace(_APOSTROPHE, "'"))
    return found.replace("'", _APOSTROPHE) if found else None


def _unknown(word: str, dictionary: Mapping[str, str]) -> str:
    """The dictionary's word that this may be an unlisted form of, else its stem."""
    stem = slavic_stem(word)
    for ending in ("", "ь", "а", "я", "о", "ий", "ый", "й"):
        candidate = stem + ending
        if len(stem) > 3 and candidate in (
            _looked_up(candidate, dictionary),
            (_looked_up(candidate.capitalize(), dictionary) or "").lower(),
        ):
            return candidate
    return stem


def _dative(word: str, dictionary: Mapping[str, str]) -> tuple[str, ...]:
    """For "урядові", listed as an adjective only: the noun it is also the dative of."""
    found = _DATIVE.fullmatch(word)
    nouns = (found[1] + ending for ending in ("", "ь", "й")) if found else ()
    return tuple(noun for noun in nouns if _looked_up(noun, dictionary) == noun)[:1]
