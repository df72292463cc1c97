"""Ukrainian and Russian words no dictionary lists, mostly names: rules that bring their cases together."""

import re

_ADJECTIVAL = re.compile(
    r"(?P<stem>.{2,}(?:ськ|цьк|зьк|ск|цк))"
    r"(?:ий|ій|ый|ой|ого|ому|им|ім|ым|ом|а|ая|ої|ою|ую|у|е|ое|і|ие|ые|их|ых|ими|ыми)?"
)
_POSSESSIVE = re.compile(
    r"(?P<stem>.{2,}(?:ов|ев|єв|їв|ин|ін|їн|ын))"
    r"(?:а|у|ові|им|ым|ом|і|е|ої|ій|ою|ой|их|ых|ими|ыми|и|ы)?"
)
_VOWELS = "аеєиіїоуюяыэ"
# The longest ending that leaves a vowel and a letter after it.
_ENDINGS = re.compile(
    rf"(?P<stem>[^{_VOWELS}]*[{_VOWELS}].+?)"
    r"(?:ами|ями|ими|ыми|ого|его|ому|ему|ові|еві|єві|ах|ях|их|ых|ам|ям|ом|ем|єм|ою|ею|єю|ой|ей|"
    r"ів|їв|ов|ев|єв|ий|ый|ій|ої|ая|яя|ое|ее|ую|юю|ию|ії|ія|ие|ые|им|ым|ім|їм|а|я|о|е|є|и|і|ї|ы|у|ю|ь|й)"
)


def surname_form(word: str) -> str | None:
    """The first form of a surname in -ський/-ский or -ов/-ин, from any of its cases; None for other words.

    The word comes in lower case. Women's surnames are brought to the same form: whoever searches wants both.
    """
    if adjectival := _ADJECTIVAL.fullmatch(word):
        return adjectival["stem"] + "ий"
    possessive = _POSSESSIVE.fullmatch(word)
    return possessive["stem"] if possessive else None


def slavic_stem(word: str) -> str:
    """The word, in lower case, without its longest case ending; words under five letters stay whole."""
    found = _ENDINGS.fullmatch(word) if len(word) > 4 else None
    return found["stem"] if found else word
