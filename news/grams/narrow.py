"""Narrows py3langid's model to the project's languages: how models.json.gz was made.

    pip install py3langid==0.4.0
    python -m news.grams.narrow

py3langid counts 100,000 grams for 142 languages by an automaton with a row of 256 steps for each of its states. Kept
are the grams that can stand in a text of ours and tell our languages apart, most telling and frequent first.
"""

import gzip
import json
import math
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from news.grams import MODELS
from news.language import CYRILLIC_LANGUAGES, LATIN_LANGUAGES

SCALE = 16
# ASCII, Latin letters, the dashes and quotes of U+2000; for the other, at least one Cyrillic letter or its beginning.
LATIN = re.compile(rb"[\x00-\x7f\x80-\xbf\xc2-\xc9\xe2]+")
CYRILLIC = re.compile(rb"(?=.*[\xd0-\xd3])[\x00-\x7f\x80-\xbf\xd0-\xd3\xe2]+", re.DOTALL)
# With more no more texts are told rightly, with a third less a few less.
LATIN_GRAMS, CYRILLIC_GRAMS = 30_000, 4_000


def main() -> None:
    """Write the file anew."""
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    features = _features(whole)
    models = [
        _narrowed(whole, features, LATIN_LANGUAGES, LATIN, LATIN_GRAMS),
        _narrowed(whole, features, CYRILLIC_LANGUAGES, CYRILLIC, CYRILLIC_GRAMS),
    ]
    MODELS.write_bytes(gzip.compress(json.dumps(models, ensure_ascii=False).encode(), mtime=0))


def _features(whole: Any) -> dict[bytes, int]:
    """The grams, and which row of the table each counts for: the shortest way to a state of the automaton."""
    features: dict[bytes, int] = {}
    counted: set[int] = set()
    for gram, state in _ways(whole):
        feature = whole.tk_output[state]
        if feature >= 0 and feature not in counted:
            counted.add(feature)
            features[gram] = feature
    return features


def _ways(whole: Any) -> Iterator[tuple[bytes, int]]:
    seen = {0}
    waiting = deque([(b"", 0)])
    while waiting:
        gram, state = waiting.popleft()
        yield gram, state
        row = whole.tk_row[state] << 8
        for byte, following in enumerate(whole.tk_nextmove[row : row + 256]):
            if following not in seen:
                seen.add(following)
                waiting.append((gram + bytes([byte]), following))


def _narrowed(
    whole: Any, features: dict[bytes, int], languages: Sequence[str], letters: re.Pattern[bytes], most: int
) -> dict[str, Any]:
    columns = [whole.nb_classes.index(language) for language in languages]
    table = whole.nb_ptc[:, columns].astype(float).tolist()
    rows = {gram: table[feature] for gram, feature in features.items() if letters.fullmatch(gram)}
    telling = sorted(rows, key=lambda gram: (-_telling(rows[gram]), gram))[:most]
    grams = sorted(telling)
    return {
        "languages": languages,
        "priors": [round(-SCALE * float(whole.nb_pc[column]), 3) for column in columns],
        "grams": [gram.decode("latin-1") for gram in grams],
        "costs": bytes(cost for gram in grams for cost in _costs(rows[gram])).decode("latin-1"),
    }


def _telling(row: Sequence[float]) -> float:
    """How much a gram says, by how often it comes; the row is logarithms of its frequency."""
    return math.exp(max(row)) * (max(row) - min(row))


def _costs(row: Sequence[float]) -> list[int]:
    return [min(round(SCALE * (max(row) - each)), 255) for each in row]


if __name__ == "__main__":
    main()
