"""A few sentences of an article under its headline: taken from the text, never repeating the headline.

lines → sentences, without datelines, tags, chores and the title → weighed by the title's words, their place,
names and numbers → the best that fit, in the order in which they stand
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from news.article import Article
from news.text import ELLIPSIS, letters, sentences, shortened, visible
from news.trimmings import is_chore, without_dateline, without_tag, without_tail

USUAL_LENGTH = 300
MAX_TEXT = 20_000

_WORD = re.compile(r"\w+")
_FINISHED = re.compile(r"[.!?…。！？][»”\"’')\]]*(?:\s*[^\w\s])*$")
_CUT_OFF = re.compile(r"(?:…|\.\.\.)[»”\"’')\]]*$")
_LAST_SIGNS = 20
_BULLET = re.compile(r"^\s*[-*•▪▶►]\s+")
_CLAUSE = re.compile(r"[,;:]\s|\s[—–-]\s")
_ALIKE = 0.8
_ADDS_LITTLE = 2.5
# The first sentence gives way to one with all the title's words, and names or numbers. The third is worth telling by
# its place alone, one further down by the title's words or its names and numbers.
_FIRST, _WORTH_ADDING = 2.0, 0.6
# Words of one stem share their first letters; the short ones are mostly grammar.
_STEM, _SHORTEST = 5, 4
_NAME_OR_NUMBER = re.compile(r"(?<=[\s«“„\"(])(?:[A-ZА-ЯІЇЄҐ]\w+|\d[\d.,]*)")
_MANY_NAMES = 4
# News say what matters at their beginning, and who is meant further down is not told again: of a text for a summary of
# 300 characters the first eight sentences are weighed.
_AT_LEAST, _CHARACTERS_EACH = 4, 75
# Who or what these speak of stands in the sentence before; so does who says what stands in quotes.
_LEANING = re.compile(
    r"[«“„\"–—\s]*(?:він|вона|воно|вони|його|її|їх(?:ній|ня|нє|ні)?|це|цей|ця|ці|цього|той|та|те|ті|так(?:ий|а|е|і)?|тому|"
    r"тоді|там|також|але|а|і|й|однак|проте|водночас|крім|натомість|отже|потім|зокрема|при|до|"
    r"он|она|они|его|е[её]|их|это|этот|эта|эти|но|однако|также|поэтому|тогда|там|кроме|"
    r"he|she|it|they|his|her|its|their|this|that|these|those|but|and|however|also|then|so|there|instead|"
    r"meanwhile|moreover|such)\b|[«“„\"‘][^»”\"’]{30}",
    re.IGNORECASE,
)
# What was known before, and questions: not what happened.
_BESIDE_THE_POINT = re.compile(
    r"(?:нагадаємо|нагадуємо|як (?:ми )?повідомлял|раніше (?:повідомля|ми)|напомним|ранее сообщал|earlier,|"
    r"as (?:previously )?reported)|.*\?[»”\"’]?$",
    re.IGNORECASE,
)


def summarize(title: str, text: str, *, limit: int = USUAL_LENGTH) -> str:
    """The sentences of a plain text that tell most of what the title promises, whole, at most `limit` characters.

    Left out are sentences that say the title again, datelines, agencies' tags, invitations to read on, credits and
    tails of feeds. Only where no sentence fits is the first one cut, at a clause or a word, and ends with "…". Empty
    when nothing is left.
    """
    told = _worth_telling(title, text[:MAX_TEXT], _AT_LEAST + limit // _CHARACTERS_EACH)
    if not told or limit < 1:
        return ""
    chosen = _chosen(title, told, limit)
    return " ".join(told[place] for place in chosen) if chosen else _cut(told[0], limit)


def first_whole(title: str, *texts: str) -> str:
    """The summary of the first of these texts that gives one of whole sentences; failing that, of the first that gives
    any: descriptions are often cut by whoever made them."""
    summaries = [summary for text in texts if (summary := summarize(title, text))]
    return next((one for one in summaries if is_whole(one)), summaries[0] if summaries else "")


def resized(article: Article, limit: int) -> str:
    """An article's summary in at most `limit` characters: whole sentences of it where it is longer; where the limit is
    above the usual one, gone on with from the text."""
    if len(article.summary) > limit:
        return summarize(article.title, article.summary, limit=limit)
    if limit <= USUAL_LENGTH or not article.text:
        return article.summary
    return _lengthened(article, limit)


def is_whole(summary: str) -> bool:
    """Whether a text ends as sentences do, not with "…", in the middle, or within a quotation."""
    return bool(_FINISHED.search(summary)) and not _CUT_OFF.search(summary) and _quotes_close(summary)


def _quotes_close(text: str) -> bool:
    # In „…“ the English opening sign closes, so those can't be counted.
    opened, closed = (sum(map(text.count, signs)) for signs in ("«“", "»”"))
    return text.count('"') % 2 == 0 and (opened == closed or "„" in text)


def _lengthened(article: Article, limit: int) -> str:
    begun = article.summary if is_whole(article.summary) else ""
    said = letters(begun)
    unsaid = [one for one in sentences(article.text[:MAX_TEXT]) if letters(one) not in said]
    rest = summarize(article.title, "\n".join(unsaid), limit=limit - len(begun) - 1)
    return f"{begun} {rest}".strip() if is_whole(rest) else article.summary


def whole_sentences(text: str, limit: int) -> str:
    """A text's first sentences, whole, as many as have at most `limit` characters together; maybe none."""
    told = ""
    for sentence in sentences(text):
        longer = f"{told} {sentence}".strip()
        if len(longer) > limit or not is_whole(sentence):
            break
        told = longer
    return told


def is_told_anew(text: str, title: str) -> bool:
    """Whether a text says anything that the title doesn't."""
    return bool(_WORD.search(text)) and not _says_the_same(text, title)


# --- What is worth telling ---


def _worth_telling(title: str, text: str, most: int) -> list[str]:
    """The first whole sentences of a text that tell something, or, for want of these, what there is."""
    lines = visible(text).splitlines()
    told = list(islice((one for line in _unwrapped(lines) for one in _told_in(line, title) if is_whole(one)), most))
    # Lines without a full stop are captions and headings, unless nothing else is there.
    return told or next(([one] for line in _unwrapped(lines) for one in _told_in(line, title)), [])


def _told_in(line: str, title: str) -> Iterator[str]:
    line = without_dateline(_after_title(title, without_dateline(" ".join(without_tail(line).split()))))
    return (without_tag(sentence) for sentence in sentences(line) if _is_worth(sentence, title))


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """The lines without bullets, those put together that were broken within a sentence."""
    parts: list[str] = []
    for line in (_BULLET.sub("", line).strip() for line in lines):
        if line and not (parts and line[0].islower() and not _FINISHED.search(parts[-1][-_LAST_SIGNS:])):
            yield " ".join(parts)
            parts = []
        parts += [line] if line else []
    yield " ".join(parts)


def _is_worth(sentence: str, title: str) -> bool:
    return bool(_WORD.search(sentence)) and not is_chore(sentence) and not _says_the_same(sentence, title)


def _says_the_same(sentence: str, title: str) -> bool:
    """Whether the sentence has nearly the title's words alone, or opens with the title and adds little."""
    said, titled = set(_WORD.findall(sentence.lower())), set(_WORD.findall(title.lower()))
    opens_with_it = len(titled) > 2 and sentence.lower().startswith(title.strip().lower())
    return bool(said) and (
        len(said & titled) >= _ALIKE * len(said | titled)
        or (opens_with_it and len(sentence) < _ADDS_LITTLE * len(title))
    )


def _after_title(title: str, line: str) -> str:
    """The line without the title it opens with, when text goes on right behind it."""
    bare = title.strip().rstrip(".!?… ")
    rest = line[len(bare) :]
    if len(bare) < 15 or not line.lower().startswith(bare.lower()) or (rest and rest[0].isalnum()):
        return line
    follower = rest.lstrip(' .!?…:–—-|»”"')
    return follower if not follower or follower[0].isupper() or follower[0] in '«“„"' else line


# --- What is chosen ---


def _chosen(title: str, told: Sequence[str], limit: int) -> list[int]:
    """The places of the sentences to tell, in their order: the best first, as long as one fits."""
    weights = _weights(title, told)
    chosen: set[int] = set()
    room = limit
    while fitting := [place for place, sentence in enumerate(told) if place not in chosen and len(sentence) <= room]:
        upright = [place for place in fitting if _stands(told[place], place, chosen)]
        best = max(upright or fitting, key=weights.__getitem__)
        if chosen and (not upright or weights[best] < _WORTH_ADDING):
            break
        chosen.add(best)
        room -= len(told[best]) + 1
    return sorted(chosen)


def _stands(sentence: str, place: int, chosen: Collection[int]) -> bool:
    """Whether a sentence is fit to be told: others are only for want of anything else."""
    leans = place > 0 and place - 1 not in chosen and _LEANING.match(sentence)
    return not (leans or _BESIDE_THE_POINT.match(sentence))


def _weights(title: str, told: Sequence[str]) -> list[float]:
    promised = _stems(title)
    return [_weight(sentence, place, promised) for place, sentence in enumerate(told)]


def _weight(sentence: str, place: int, promised: frozenset[str]) -> float:
    """How much a sentence tells: by its place, the title's words, its names and numbers."""
    kept = len(_stems(sentence) & promised) / len(promised) if promised else 0.0
    names = min(len(_NAME_OR_NUMBER.findall(sentence)), _MANY_NAMES) / _MANY_NAMES
    return _FIRST / (1 + place) + kept + names / 2


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST)


def _cut(sentence: str, limit: int) -> str:
    """The sentence up to its last clause in the limit's second half, else up to a word."""
    clauses = [found.start() for found in _CLAUSE.finditer(sentence, limit // 2, max(limit - 1, 0))]
    return sentence[: clauses[-1]].rstrip() + ELLIPSIS if clauses else shortened(sentence, limit)
