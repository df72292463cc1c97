"""What of a report is compared with others: its terms, and how each stands in it, in some four hundred bytes.

A term is known by 32 bits of its own (two that share them count as one word), its standing by one byte.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from news.article import Article, NewArticle
from news.common_words import common_in
from news.language import detect
from news.lemmas import lemmas

LEAD = 700
"""Characters of the text: an event is told at the top; further down reports go their own ways."""
_TITLE_WEIGHT = 1.5
# A capital that opens no sentence and no quotation.
_NAME = re.compile(r"(?<!^)(?<![.!?…»\"“]\s)(?<![«\"“„(])\b[^\W\d_a-zа-яёіїєґ][\w’ʼ'-]*")
_WORD = re.compile(r"\w(?:[\w’ʼ'-]*\w)?")
# What tells today's edition of a routine from yesterday's.
_DATES = """
вечір вчора вівторок грудень жовтень завтра квітень липень листопад лютий неділя понеділок пʼятниця ранок серпень
середа сьогодні січень тиждень травень червень четвер березень вересень субота
август апрель воскресенье вторник вчера декабрь июль июнь май март ноябрь октябрь понедельник пятница сегодня
сентябрь суббота утро февраль январь
april august december february friday january july june march monday morning november october saturday september
sunday thursday today tomorrow tuesday wednesday week weekend yesterday
"""
# Beats that look alike every day: their titles say nothing, and their texts must hold the very same numbers.
_BEATS = """
валюта валют втрата головне гороскоп дайджест курс підсумок погода прогноз синоптик сонник тривога
главное дайджесты итог потеря digest forecast headline horoscope roundup weather
"""
_DATE_WORDS = frozenset(_DATES.split())
_BEAT_WORDS = frozenset(_BEATS.split())

# A standing: how often the term is told (at most seven times), of what kind it is, and whether it is a number or date,
# stands in the title, and in a routine.
_MOST_TOLD = 7
_SILENT, _PLAIN, _NAMED, _NUMBER = (kind << 3 for kind in range(4))
_DATED, _TITLED, _ROUTINE = 1 << 5, 1 << 6, 1 << 7
_KIND_WEIGHTS = {_SILENT: 0.0, _PLAIN: 1.0, _NAMED: 1.5, _NUMBER: 1.5}


@dataclass(frozen=True)
class StoryText:
    """A report: its title and plain text; `language` is an ISO 639-1 code, None has it detected."""

    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as it is compared: `terms`, each once, with their `standings`; the rest follows from these."""

    terms: "array[int]"
    standings: bytes
    length: float
    """Of the vector of all weights."""
    deeds: float
    """Of the weights without names and numbers."""
    marks: int
    """How many of the terms tell one edition of a routine from another."""
    template: int
    """How many terms the title has besides."""
    titled: int
    """How many terms of the title say something."""
    pointed: int
    """How many of these are names and numbers."""


def report_of(article: Article | NewArticle) -> StoryText:
    """What of an article is compared."""
    return StoryText(article.title, article.text or article.summary, article.language)


def read_report(report: StoryText) -> Reading:
    """The report as it is compared. Never raises; a title or text without words makes a reading without terms."""
    title, text, language = _top(report)
    titled, told = frozenset(lemmas(title, language)), Counter(lemmas(text, language))
    named = _named(f"{title}\n{text}", language)
    common = common_in(language)
    routine = 0 if titled.isdisjoint(_BEAT_WORDS) else _ROUTINE
    terms = tuple({*titled, *told})
    standings = bytes(
        min(told[term], _MOST_TOLD)
        | _kind(term, named, common)
        | (_DATED if term[0].isdigit() or term in _DATE_WORDS else 0)
        | (_TITLED if term in titled else 0)
        | routine
        for term in terms
    )
    return _measured(array("I", map(name_of, terms)), standings)


def names_in(report: StoryText) -> frozenset[str]:
    """The terms of words that are written as names."""
    title, text, language = _top(report)
    return _named(f"{title}\n{text}", language)


def words_of(report: StoryText) -> dict[int, str]:
    """The words as they are written first, by the names that a reading has for their terms."""
    title, text, language = _top(report)
    words = _WORD.findall(f"{title}\n{text}")
    written = ((name_of(term), word) for word in reversed(words) for term in lemmas(word, language))
    return dict(written)


def name_of(term: str) -> int:
    """What a reading knows a term by."""
    return crc32(term.encode("utf-8", "replace"))


def _named(text: str, language: str | None) -> frozenset[str]:
    return frozenset(lemmas(" ".join(_NAME.findall(text)), language))


def _top(report: StoryText) -> tuple[str, str, str | None]:
    """What is read of the title and of the text, and their language."""
    title, text = report.title[:LEAD], report.text[:LEAD]
    return title, text, report.language or detect(f"{title}\n{text}")


def _measured(terms: "array[int]", standings: bytes) -> Reading:
    return Reading(
        terms,
        standings,
        length=_length(WEIGHT[standing] for standing in standings),
        deeds=_length(DEED[standing] for standing in standings),
        marks=sum(IS_MARK[standing] for standing in standings),
        template=sum(IN_TEMPLATE[standing] for standing in standings),
        titled=sum(IS_TITLED[standing] for standing in standings),
        pointed=sum(IS_POINTED[standing] for standing in standings),
    )


def _kind(term: str, named: frozenset[str], common: frozenset[str]) -> int:
    if len(term) < 2 or term in common:
        return _SILENT
    if term[0].isdigit():
        return _NUMBER
    return _NAMED if term in named else _PLAIN


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))


# --- What a standing means ---


def _weight(standing: int) -> float:
    """How much a term says of the report; the title of a routine says nothing."""
    titled = bool(standing & _TITLED and not standing & _ROUTINE)
    told = standing & _MOST_TOLD
    return _KIND_WEIGHTS[standing & _NUMBER] * (math.log1p(told) + _TITLE_WEIGHT * titled)


def _is_mark(standing: int) -> bool:
    """Whether the term is a number or date by which an edition of a routine is known."""
    return bool(standing & _DATED and standing & (_TITLED | _ROUTINE))


_STANDINGS = range(256)
WEIGHT = tuple(map(_weight, _STANDINGS))
DEED = tuple(0.0 if one & _NUMBER in (_NAMED, _NUMBER) else WEIGHT[one] for one in _STANDINGS)
IS_MARK = tuple(map(_is_mark, _STANDINGS))
IN_TEMPLATE = tuple(bool(one & _TITLED and not IS_MARK[one]) for one in _STANDINGS)
IS_TITLED = tuple(bool(one & _TITLED and one & _NUMBER != _SILENT) for one in _STANDINGS)
IS_POINTED = tuple(bool(one & _TITLED and one & _NUMBER in (_NAMED, _NUMBER)) for one in _STANDINGS)
BEATS = frozenset(map(name_of, _BEAT_WORDS))
