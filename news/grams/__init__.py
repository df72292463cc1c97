"""Which of a few languages a text is likeliest in, by the short runs of bytes ("grams") it is made of.

The weights are those of py3langid 0.4 (by Marco Lui and Adrien Barbaresi; see LICENSE), narrowed by `narrow.py` from
142 languages to ours: 8 MB of memory where the whole model and numpy take 95, and answers as right.
"""

import gzip
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODELS = Path(__file__).with_name("models.json.gz")


@dataclass(frozen=True, slots=True)
class Grams:
    """A naive Bayes classifier: what each gram costs each language, in sixteenths of a natural logarithm."""

    languages: tuple[str, ...]
    priors: tuple[float, ...]
    sizes: tuple[int, ...]
    places: Mapping[bytes, int]
    costs: bytes

    def likeliest(self, text: str) -> str:
        """The language of the text; of equally likely ones, also of a text without any known gram, the first."""
        totals = list(self.priors)
        for times, places in _by_count(self._found(_encoded(text))).items():
            weight = math.log1p(times)
            costs = map(sum, zip(*(self.costs[place : place + len(totals)] for place in places), strict=True))
            totals = [total + weight * cost for total, cost in zip(totals, costs, strict=True)]
        return self.languages[totals.index(min(totals))]

    def _found(self, text: bytes) -> list[int]:
        """For each byte of the text, where the costs of the longest gram stand that ends there, if any does."""
        places, sizes, found = self.places, self.sizes, []
        for end in range(1, len(text) + 1):
            for size in sizes:
                if size <= end and (place := places.get(text[end - size : end])) is not None:
                    found.append(place)
                    break
        return found


def load() -> list[Grams]:
    """The models that came with the program (some hundredths of a second), for Latin letters and for Cyrillic."""
    return [_grams(**each) for each in json.loads(gzip.decompress(MODELS.read_bytes()))]


def _grams(languages: list[str], priors: list[float], grams: list[str], costs: str) -> Grams:
    # Bytes stand in JSON as the characters of Latin-1 that have their numbers.
    places = {gram.encode("latin-1"): place * len(languages) for place, gram in enumerate(grams)}
    sizes = sorted(set(map(len, places)), reverse=True)
    return Grams(tuple(languages), tuple(priors), tuple(sizes), places, costs.encode("latin-1"))


def _by_count(places: list[int]) -> dict[int, list[int]]:
    """What was found once, what twice and so on."""
    counted: dict[int, list[int]] = {}
    for place, times in Counter(places).items():
        counted.setdefault(times, []).append(place)
    return counted


def _encoded(text: str) -> bytes:
    """As the model was taught: composed, and in lower case where all of it is in capitals."""
    text = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", text).encode(errors="surrogatepass")
