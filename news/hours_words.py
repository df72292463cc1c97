"""A chat's hours as people type them: `9:00 18:30 weekdays`, `9 18.30 пн-пт`, `22-7`, `з 23 до 8`, `off`.

Words may come in any order.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from news.clock_words import hour_in, is_off, meant, weekday_in, words_in
from news.errors import BadHours, SameHours, TooManyHours
from news.hours import EVERY_DAY, Timetable

MOST_DIGESTS = 6
"""A day."""
_SEVERAL = {
    re.compile(r"будн\w{1,3}|робоч\w{1,2}|weekdays?|workdays?|working"): frozenset(range(5)),
    re.compile(r"вихідн\w{1,3}|weekends?"): frozenset([5, 6]),
    re.compile(r"щодня|щоденно|daily|everyday"): EVERY_DAY,
}
_PARTS = re.compile(r"-|[^-/&+]+")
_ENDS = ("-", "to", "till", "until", "through", "до", "по")
_FILLING = """
a an and at between by day days each every from in night nights of on only the
від день дні днів дня дням днях з зі із й і кожен кожні кожного кожної кожну лише між на ніч ночі о об та тільки у в
щоночі
"""
_SILENT = frozenset([*_ENDS, *_FILLING.split()])


def with_digest(timetable: Timetable, text: str) -> Timetable:
    """The timetable with the digest that a text wishes for. Without days it comes on all; days alone change only them.

    Raises BadHours, or TooManyHours for more than MOST_DIGESTS a day.
    """
    if is_off(text):
        return replace(timetable, digest=(), days=EVERY_DAY)
    words = _words(text)
    days = _days_in(words)
    _check(words, lambda word: hour_in(word) is not None or bool(_named(word)))
    hours = sorted({hour for word in words if (hour := hour_in(word)) is not None})
    if len(hours) > MOST_DIGESTS:
        raise TooManyHours
    if not hours and not (days and timetable.digest):
        raise BadHours
    return replace(timetable, digest=tuple(hours) or timetable.digest, days=days or EVERY_DAY)


def with_quiet(timetable: Timetable, text: str) -> Timetable:
    """The timetable with the quiet hours that a text wishes for.

    Raises BadHours, or SameHours where they end as they begin.
    """
    if is_off(text):
        return replace(timetable, quiet=None)
    words = _words(text)
    _check(words, lambda word: hour_in(word) is not None or _named(word) == EVERY_DAY)
    hours = [(place, hour) for place, word in enumerate(words) if (hour := hour_in(word)) is not None]
    if len(hours) != 2:
        raise BadHours(words[hours[2][0]] if hours[2:] else "")
    (first, since), (_, until) = hours
    if since == until:
        raise SameHours(words[first])
    turned = first > 0 and meant(words[first - 1]) in _ENDS
    return replace(timetable, quiet=(until, since) if turned else (since, until))


def _words(text: str) -> list[str]:
    """The words, what dashes join taken apart."""
    return list(chain.from_iterable(map(_PARTS.findall, words_in(text))))


def _check(words: list[str], says: Callable[[str], bool]) -> None:
    """Raises BadHours for the first word that says nothing here."""
    for word in words:
        if meant(word) not in _SILENT and not says(word):
            raise BadHours(word)


def _days_in(words: list[str]) -> frozenset[int]:
    """The days that are named one by one, in ranges and together."""
    named = frozenset(chain.from_iterable(map(_named, words)))
    return named.union(*map(_range, words, words[1:], words[2:]))


def _named(word: str) -> frozenset[int]:
    day = weekday_in(word)
    several = (days for form, days in _SEVERAL.items() if form.fullmatch(meant(word)))
    return next(several, frozenset()) if day is None else frozenset([day])


def _range(first: str, between: str, last: str) -> frozenset[int]:
    """The days from one to another, perhaps over Sunday; none where the three words are no range."""
    since, until = weekday_in(first), weekday_in(last)
    if since is None or until is None or meant(between) not in _ENDS:
        return frozenset()
    return frozenset((since + ahead) % 7 for ahead in range((until - since) % 7 + 1))
