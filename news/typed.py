"""What a person typed, item by item: words and phrases, with a minus or an operator before them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from news.text import visible

QUOTES = '"«»“”„‟＂'
"""Any of them opens and closes a phrase."""
_ITEM = re.compile(
    rf"(?P<minus>(?<!\S)[-−](?=[^\s-]))?(?:(?P<name>[^\W\d_]+):)?"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]+)[{QUOTES}]|(?P<word>[^\s{QUOTES}]+))"
)
# Formatting signs and stress marks, which would tear a word apart.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300\u0301]")
_NAMES = {
    **dict.fromkeys(("source", "site", "джерело", "сайт", "источник"), "source"),
    **dict.fromkeys(("lang", "language", "мова", "язык"), "lang"),
    **dict.fromkeys(("title", "заголовок"), "title"),
    **dict.fromkeys(("since", "від", "після", "от", "после"), "since"),
    **dict.fromkeys(("until", "до"), "until"),
    **dict.fromkeys(("sort", "порядок"), "sort"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a phrase as it was typed, `name` being that of the operator before it ("" for one that there isn't)."""

    name: str
    value: str
    quoted: bool
    minus: bool
    whole: str

    @property
    def said(self) -> str:
        """Its words, where it stands for words: an operator that can't be read is words like others."""
        return self.value if self.name in ("", "title") and (self.quoted or self.name) else self.whole


def cleaned(text: str) -> str:
    """The text as it is read: what nobody sees gone, one space between words."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", visible(text))).split())


def items(clean: str) -> Iterator[Item]:
    """The items of a text that was cleaned, in its order. A quote that is left open is none."""
    for found in _ITEM.finditer(clean):
        phrase = found["phrase"]
        name, value = _NAMES.get((found["name"] or "").lower(), ""), phrase if phrase is not None else found["word"]
        yield Item(name, value, phrase is not None, found["minus"] is not None, found[0])
