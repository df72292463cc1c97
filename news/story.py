"""Whether two reports tell of one event. A wrong "yes" hides news, a wrong "no" only repeats it: when in doubt, no."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from news.common_words import COMMON_WORDS
from news.language import detect
from news.lemmas import lemmas

# One for all languages; between 0.40 and 0.44 precision stays above 0.8 on pairs that were hard for people too.
THRESHOLD = 0.42
# The same people in the same place may do two things: what was done must be alike as well.
_DEEDS_ALIKE = 0.18
# An event is told at the top; further down reports go their own ways.
_LEAD = 700
_TITLE_WEIGHT = 1.5
_NAME_WEIGHT = 1.5
_NUMBER_WEIGHT = 1.5
_SAME_TEMPLATE = 0.75
# A capital that opens no sentence and no quotation.
_NAME = re.compile(r"(?<!^)(?<![.!?…»\"“]\s)(?<![«\"“„(])\b[^\W\d_a-zа-яёіїєґ][\w’ʼ'-]*")
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
_ROUTINES = frozenset(_BEATS.split())


@dataclass(frozen=True)
class StoryText:
    """A report: its title and plain text; `language` is an ISO 639-1 code, None has it detected."""

    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True)
class _Reading:
    """What of a report is compared."""

    weights: Mapping[str, float]
    deeds: Mapping[str, float]
    """The weights without names and numbers."""
    template: frozenset[str]
    """The title's terms without its marks."""
    marks: frozenset[str]
    """The numbers and dates of the title, of a routine's text as well."""


def same_story(first: StoryText, second: StoryText) -> bool:
    """Whether both report the same event, as far as their words tell. Symmetric; never raises."""
    one, other = _reading(_top(first)), _reading(_top(second))
    return (
        not _contradict(one, other)
        and _likeness(one.weights, other.weights) >= THRESHOLD
        and _likeness(one.deeds, other.deeds) >= _DEEDS_ALIKE
    )


def _top(report: StoryText) -> StoryText:
    return replace(report, text=report.text[:_LEAD])


@lru_cache(maxsize=256)  # some 15 KB each; a report is compared with a few others, one after the other
def _reading(report: StoryText) -> _Reading:
    language = report.language or detect(f"{report.title}\n{report.text}")
    titled, told = frozenset(lemmas(report.title, language)), lemmas(report.text, language)
    routine = not titled.isdisjoint(_ROUTINES)
    marks = frozenset(term for term in (*titled, *(told if routine else ())) if _is_mark(term))
    names = frozenset(lemmas(" ".join(_NAME.findall(f"{report.title}\n{report.text}")), language))
    weights = _weights(frozenset() if routine else titled, Counter(told), names)
    deeds = {term: weight for term, weight in weights.items() if term not in names and not term[0].isdigit()}
    return _Reading(weights, deeds, titled - marks, marks)


def _is_mark(term: str) -> bool:
    return term[0].isdigit() or term in _DATE_WORDS


def _weights(titled: frozenset[str], told: Counter[str], names: frozenset[str]) -> dict[str, float]:
    return {
        term: _kind(term, names) * (math.log1p(told[term]) + _TITLE_WEIGHT * (term in titled))
        for term in {*titled, *told}
        if len(term) > 1 and term not in COMMON_WORDS
    }


def _kind(term: str, names: frozenset[str]) -> float:
    if term[0].isdigit():
        return _NUMBER_WEIGHT
    return _NAME_WEIGHT if term in names else 1.0


def _contradict(first: _Reading, second: _Reading) -> bool:
    """Whether the titles are two editions of one routine: alike but for numbers and dates, or of a daily beat."""
    if first.marks == second.marks:
        return False
    routine = _ROUTINES & first.template & second.template
    return bool(routine) or _overlap(first.template, second.template) >= _SAME_TEMPLATE


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / max(len(first | second), 1)


def _likeness(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The cosine of two weighted bags of terms."""
    product = sum(first[term] * second[term] for term in first.keys() & second.keys())
    lengths = sum(weight**2 for weight in first.values()) * sum(weight**2 for weight in second.values())
    return product / math.sqrt(lengths) if lengths else 0.0
