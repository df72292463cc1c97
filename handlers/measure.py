"""How long a message is as Telegram counts: pure."""

import re
from collections.abc import Iterable
from html import unescape
from typing import TypeVar

from news.summary import whole_sentences
from news.text import shortened

T = TypeVar("T", bound=str)
# In UTF-16 units, after parsing; in bytes, before it.
LONGEST_TEXT, LONGEST_CAPTION, MOST_BYTES = 4096, 1024, 32_768
# A summary of fewer units than these is cut off and not told.
_WORTH_TELLING = 40


def units(text: str) -> int:
    """The length of plain text in UTF-16 units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def without_markup(html: str) -> str:
    """The text of markup as Telegram reads it."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def fits(html: str, most: int = LONGEST_TEXT) -> bool:
    """Whether Telegram takes this much markup in a message of so many units."""
    return units(without_markup(html)) <= most and len(html.encode()) <= MOST_BYTES


def first_fitting(versions: Iterable[T], most: int = LONGEST_TEXT) -> T:
    """The first of these versions of a message's markup that fits; the last, where none does."""
    last = None
    for last in versions:
        if fits(last, most):
            break
    assert last is not None, "a message has a version"
    return last


def plain_text(html: str, most: int = LONGEST_TEXT) -> str:
    """A message's text without its markup, of the length that Telegram takes."""
    text = without_markup(html)
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def within(text: str, room: int) -> str:
    """As much of a plain text as fits into so many units: itself, its first whole sentences, or words of it; nothing
    where that would tell little."""
    if units(text) <= room:
        return text
    if room < _WORTH_TELLING:
        return ""
    # A character has one unit, or two.
    whole = whole_sentences(text, room // 2) if units(text) > len(text) else whole_sentences(text, room)
    return whole or shortened(text, room // 2 if units(text) > len(text) else room)
