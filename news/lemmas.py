"""Words under which an article is found: its lemmas, in whatever case, number or spelling they were written.

A term holds letters, digits and U+02BC (the letter apostrophe) only. A word with two likely readings ("урядові":
of the government, or to it) gives both, so that forms of one word meet. Words no dictionary knows, surnames above
all, are brought to one form by `news.surnames`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

from news.common_words import COMMON_WORDS_OF
from news.dictionaries import DICTIONARIES
from news.language import CYRILLIC_LANGUAGES, LANGUAGES, LATIN_LANGUAGES, detect
from news.language import warm as warm_detector
from news.missed_forms import MISSED_FORMS
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
_DATIVE = re.compile(r"(.{3,})[оеє]ві")
# руці: рука; нозі: нога; мусі: муха.
_SOFTENED = re.compile(r"(.{2,})([цзс])і")
_HARD = {"ц": "ка", "з": "га", "с": "ха"}
_COMPARED = re.compile(r"(.{3,})іш(?:ий|ого|ому|им|ої|ій|ою|у|а|е|і|их|ими)")
# Кам'янця: Кам'янець.
_FLEETING = re.compile(r"(?<=[^аеєиіїоуюяэыё])ц$")
# голів: голова; сіл: село; доріг: дорога.
_CLOSED = re.compile(r"(.*[^аеєиіїоуюя])і([^аеєиіїоуюяьй]{1,2})")


def lemmas(text: str, language: str | None = None) -> list[str]:
    """The index terms of a text, in its order, in lower case, repeated as often as they occur.

    `language` is an ISO 639-1 code; None has it detected. A language without a dictionary leaves words as they are.
    At most `MAX_TEXT` characters are read; a term has at most `MAX_TERM`.
    """
    text = text[:MAX_TEXT]
    language = language or detect(text)
    return [term for word in words(text) for term in _word_terms(word, language)]


def query_terms(text: str, languages: Iterable[str] | None = None) -> list[frozenset[str]]:
    """For each word of a query, once, the index terms it may stand under in any of the languages (by default of those
    that `sought_in` gives) that are written in its letters.

    An article has the word if it has one of them. Empty if there are no words.
    """
    among = frozenset(languages or sought_in())
    found = (_query_word(word, among) for word in words(text[:MAX_TEXT]))
    return list(dict.fromkeys(terms for part in found for terms in part))


def words(text: str) -> list[str]:
    """The words of a text as they are written, compounds with hyphens whole, apostrophes as U+02BC."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _COMPOUND.findall(_APOSTROPHES.sub(_APOSTROPHE, text))


def sought_in(named: Collection[str] = ()) -> tuple[str, ...]:
    """The languages in which a query is sought: those whose dictionaries cost nothing, and those of ours that it
    names."""
    at_hand = LANGUAGES if DICTIONARIES.prepared else QUERY_LANGUAGES
    return tuple(language for language in LANGUAGES if language in at_hand or language in named)


def warm() -> None:
    """Load the detector and the dictionaries, in a thread at start.

    Prepared ones are all opened, which takes no time; else those of queries are loaded (about a second and 15 MB each),
    and the others by the thread that first needs them.
    """
    warm_detector()
    for language in sought_in():
        DICTIONARIES.get_dictionary(language)


def is_warm() -> bool:
    """Whether all dictionaries are open: no word of any language has to wait for one to be loaded."""
    return DICTIONARIES.opened


# --- Words ---


def _word_terms(word: str, language: str | None) -> tuple[str, ...]:
    """What a word of a text stands under; remembered, but for those that may be written to fill the memory."""
    return _terms(word, language) if len(word) <= MAX_TERM else _terms.__wrapped__(word, language)


@lru_cache(maxsize=20_000)
def _terms(word: str, language: str | None) -> tuple[str, ...]:
    whole = _DESIGNATION.fullmatch(word)
    parts = _HYPHEN.split(word)
    named = [_term(whole[1] + whole[2])] if whole else []
    return (*named, *(term for part in parts for term in _readings(part[: 2 * MAX_TERM], language)))


def _query_word(word: str, languages: frozenset[str]) -> list[frozenset[str]]:
    whole = _DESIGNATION.fullmatch(word)
    if whole:
        return [frozenset({_term(whole[1] + whole[2])})]
    return [_standings(part, languages) for part in _HYPHEN.split(word)]


def _standings(word: str, languages: frozenset[str]) -> frozenset[str]:
    own, script = _term(word), CYRILLIC_LANGUAGES if _CYRILLIC.fullmatch(word) else LATIN_LANGUAGES
    readings = {one: frozenset(_readings(word[: 2 * MAX_TERM], one)) for one in script if one in languages}
    if script is LATIN_LANGUAGES and any(_is_telling(own, language) for language in readings):
        # Whoever looks for a "war" doesn't mean all forms of the German "sein".
        readings = {one: terms - COMMON_WORDS_OF[one] for one, terms in readings.items()}
    return frozenset({own}.union(*readings.values()))


def _is_telling(term: str, language: str) -> bool:
    """Whether a term is a word of the language in its first form, and none that stands everywhere."""
    return term not in COMMON_WORDS_OF[language] and _looked_up(term, DICTIONARIES.get_dictionary(language)) == term


def _term(word: str) -> str:
    folded = unicodedata.normalize("NFC", word.lower()).translate(_FOLDED)
    return _UNSEEN.sub("", folded)[:MAX_TERM]


# --- Readings ---

_lemmatizer = Lemmatizer(cache_max_size=1, lemmatization_strategy=DefaultStrategy(dictionary_factory=DICTIONARIES))


def _readings(word: str, language: str | None) -> tuple[str, ...]:
    """The terms one word (as much of it as can matter) stands under in a language, the likeliest first."""
    if _CYRILLIC.fullmatch(word):
        found = _slavic(word, language) if language in _SLAVIC else (word,)
    elif _LATIN.fullmatch(word):
        found = _latin(word, "en" if language in _SLAVIC else language)
    else:
        found = (word,)
    return tuple(dict.fromkeys(_term(reading) for reading in found))


def _latin(word: str, language: str | None) -> tuple[str, ...]:
    word = word[:-2] if word.lower().endswith("ʼs") else word
    if language in ("fr", "it"):
        word = _ELISION.sub("", word)
    if language not in LANGUAGES or len(word) > MAX_TERM:
        return (word,)
    # All in capitals, a word of a headline is looked up as any other; an acronym is its own lemma.
    known = _lemmatizer.lemmatize(word if not word.isupper() else word.lower(), language)
    known = known.replace("'", _APOSTROPHE)
    found = known if _LATIN.fullmatch(known) else word
    return (found, *MISSED_FORMS.get((language, word.lower()), ()))


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
    rules = _UKRAINIAN_CASES if language == "uk" else ()
    also = [noun for rule in rules for noun in rule(word.lower()) if _is_first_form(noun, dictionary)]
    also += MISSED_FORMS.get((language, word.lower()), ())
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


def _is_first_form(word: str, dictionary: Mapping[str, str]) -> bool:
    """Whether it is one of a common word or of a name."""
    return word in (_looked_up(word, dictionary), (_looked_up(word.capitalize(), dictionary) or "").lower())


def _looked_up(word: str, dictionary: Mapping[str, str]) -> str | None:
    found = dictionary.get(word.replace(_APOSTROPHE, "'"))
    return found.replace("'", _APOSTROPHE) if found else None


def _unknown(word: str, dictionary: Mapping[str, str]) -> str:
    """The dictionary's word that this may be an unlisted form of, else its stem."""
    stem = _FLEETING.sub("ец", slavic_stem(word))
    for ending in ("", "ь", "а", "я", "о", "ий", "ый", "й"):
        candidate = stem + ending
        if len(stem) > 3 and _is_first_form(candidate, dictionary):
            return candidate
    return stem


def _dative(word: str) -> tuple[str, ...]:
    """For "урядові", listed as an adjective only: the nouns it may also be the dative of."""
    found = _DATIVE.fullmatch(word)
    return tuple(found[1] + ending for ending in ("", "ь", "й", "о")) if found else ()


def _locative(word: str) -> tuple[str, ...]:
    """For "руці": the noun whose last consonant is hard."""
    found = _SOFTENED.fullmatch(word)
    return (found[1] + _HARD[found[2]],) if found else ()


def _genitive(word: str) -> tuple[str, ...]:
    """For "голів": the nouns that lost their ending, and changed the vowel before it."""
    found = _CLOSED.fullmatch(word)
    return tuple(found[1] + vowel + found[2] + ending for vowel in "ое" for ending in "аоя") if found else ()


def _comparative(word: str) -> tuple[str, ...]:
    """For "сильнішого": the adjective that it compares."""
    found = _COMPARED.fullmatch(word)
    return (found[1] + "ий",) if found else ()


_UKRAINIAN_CASES = (_dative, _locative, _genitive, _comparative)
