"""When a publisher wants to be left alone: RSS's skipHours and skipDays, which feedparser keeps only the last of."""

import re
from dataclasses import replace

from news.feed import ParsedFeed

_OPENED = {name: re.compile(rb"<%b[\s>]" % name, re.I) for name in (b"skipHours", b"skipDays")}
_CLOSED = re.compile(rb"</skip", re.I)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour", re.I)
_DAY = re.compile(rb"<day>\s*(mon|tues|wednes|thurs|fri|satur|sun)day\s*</day", re.I)
_ITEM = re.compile(rb"<item[\s>]", re.I)
_WEEK = (b"mon", b"tues", b"wednes", b"thurs", b"fri", b"satur", b"sun")
# All hours of a day, generously spaced, fit in so many bytes.
_LONGEST = 3_000


def with_wishes(feed: ParsedFeed, body: bytes) -> ParsedFeed:
    """The feed with what its body says of when to stay away."""
    skip_hours, skip_days = skipped(body)
    return replace(feed, skip_hours=skip_hours, skip_days=skip_days) if skip_hours or skip_days else feed


def skipped(body: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The hours (0 to 23, GMT) and the weekdays (0 is Monday) at which an RSS feed is not to be asked.

    They stand before its first item or after its last. RSS 0.91 calls midnight 24.
    """
    hours = (int(hour) % 24 for hour in _HOUR.findall(_inside(b"skipHours", body)) if int(hour) <= 24)
    days = (_WEEK.index(day.lower()) for day in _DAY.findall(_inside(b"skipDays", body)))
    return frozenset(hours), frozenset(days)


def _inside(name: bytes, body: bytes) -> bytes:
    """What stands in the first element of this name that is in no item."""
    first, last = _ITEM.search(body), body.rfind(b"</item")
    opened = _OPENED[name].search(body, 0, first.start() if first else len(body))
    if opened is None and last >= 0:
        opened = _OPENED[name].search(body, last)
    return _CLOSED.split(body[opened.end() : opened.end() + _LONGEST], 1)[0] if opened else b""
