"""Names as hashtags, of the signs that messengers take in one: letters, digits and `_`, a letter among them. Pure."""

import re
from unicodedata import category, normalize

LONGEST = 40
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")


def hashtag(name: str) -> str:
    """A name as one hashtag, without its sign: «Місто Сьогодні» is МістоСьогодні; empty where nothing is left."""
    plain = normalize("NFC", name).translate(_APOSTROPHES)
    words = "".join(sign if _is_taken(sign) else " " for sign in plain).split()
    joined = "".join(word[0].upper() + word[1:] for word in words)[:LONGEST]
    return joined if any(sign.isalpha() for sign in joined) else ""


def hashtags(typed: str, most: int) -> tuple[str, ...]:
    """The first hashtags of a text, each once, as they were typed but for what none may have."""
    plain = normalize("NFC", typed).translate(_APOSTROPHES)
    cleaned = ("".join(filter(_is_taken, word))[:LONGEST] for word in re.split(r"[\s,;#]+", plain))
    return tuple(dict.fromkeys(tag for tag in cleaned if any(sign.isalpha() for sign in tag)))[:most]


def _is_taken(sign: str) -> bool:
    kind = category(sign)
    return kind.startswith("L") or kind == "Nd" or sign == "_"
