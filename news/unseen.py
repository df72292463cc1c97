"""What of a feed's body is new: the items that did not stand in it, byte for byte, the last time.

Most checks find thirty items of which one is new, or none. The others were read before, and say what they said then;
so they are cut out of the body, and what is left is a feed of its own. What is remembered of an item is 64 bits, and
only in memory: a feed that nothing is remembered of is read whole.

Where this can't be told from the bytes alone, nothing is cut. Nor from feeds whose items share guids or links: which of
them are to be trusted shows only in the whole body (see `news.identity`).
"""

import re
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.charset import as_utf8
from news.feed import Entry, Feed, ParsedFeed
from news.fetch import Fetched
from news.identity import are_told_apart
from news.parse_surely import parse_surely
from news.shorten import shortened
from news.skipping import with_wishes

# What is left of a body is read on the spot up to this size, in bytes; in well under a hundredth of a second.
BRIEF = 50_000
LARGEST = 500_000
# Names remembered in all, eight bytes each.
MOST_NAMES = 1_000_000
DAY = timedelta(days=1)
# So often a feed is read whole in any case: only so it shows which of its deleted articles it lists still.
WEEK = timedelta(days=7)

# What an item is called, and the tags that begin and end one.
_KINDS = tuple((name, re.compile(rb"<(?:%b[\s/>]|/%b>)" % (name, name))) for name in (b"item", b"entry"))
# What a feed's outermost elements say holds for all items: the base of their links, and what their prefixes mean.
_OUTERMOST = re.compile(rb"<(?:rss|rdf:RDF|feed|channel)\b[^<>]*>")
_UTF8 = "application/xml; charset=utf-8"
# A name as memory keeps it: 64 bits.
_NAME = "q"


@dataclass(frozen=True, slots=True)
class Items:
    """A body from this address by its items: where each stands, and the name by which it is remembered."""

    url: str
    text: bytes
    places: tuple[tuple[int, int], ...]
    names: tuple[int, ...]


class Seen:
    """What the last body of each feed held, as long as there is room; what was not asked for in a day makes room."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._most = most
        self._held = 0
        # Each with when it was asked for, and read whole. The longest not asked for come first.
        self._bodies: OrderedDict[int, tuple[datetime, array[int], datetime]] = OrderedDict()

    def __len__(self) -> int:
        """How many names are remembered."""
        return self._held

    def new_in(self, feed: Feed, items: Items) -> ParsedFeed | None:
        """The feed with these items, without those that were saved before; None where it has to be read whole."""
        return _without(items, frozenset(self._bodies[feed.id][1])) if self.knows(feed) else None

    def knows(self, feed: Feed) -> bool:
        """Whether the last body of the feed is remembered: as it was left, and not of before it fell asleep, and read
        whole within a week."""
        if feed.id not in self._bodies or feed.contacted_at is None:
            return False
        when, _, whole = self._bodies[feed.id]
        return when == feed.succeeded_at and when - whole < WEEK

    def remember(self, feed: Feed, items: Items) -> None:
        """Know these items of the feed again, the next time, after a check of it was saved."""
        when, whole = feed.succeeded_at, self._read_whole(feed)
        self.forget(feed.id)
        if when is not None and self._has_room(len(items.names), when):
            self._bodies[feed.id] = when, array(_NAME, items.names), whole or when
            self._held += len(items.names)

    def unchanged(self, before: Feed, after: Feed) -> None:
        """Know the feed's items on, after a check was saved that found the body unchanged."""
        if self.knows(before) and after.succeeded_at is not None:
            self._bodies[after.id] = after.succeeded_at, *self._bodies[after.id][1:]
            self._bodies.move_to_end(after.id)

    def forget(self, feed_id: int) -> None:
        """The next body of this feed is read whole."""
        if feed_id in self._bodies:
            self._held -= len(self._bodies.pop(feed_id)[1])

    def _read_whole(self, feed: Feed) -> datetime | None:
        """When the feed was read whole; None where that was a week ago, and so has just been done again."""
        _, _, whole = self._bodies.get(feed.id, (None, None, None))
        return whole if whole and feed.succeeded_at and feed.succeeded_at - whole < WEEK else None

    def _has_room(self, names: int, now: datetime) -> bool:
        """Whether so many names may be added. Who is asked in turn with too many others must not push them out, or in
        the end nobody's would be there when it is their turn."""
        while self._bodies and self._held + names > self._most:
            feed_id, (when, *_) = next(iter(self._bodies.items()))
            if now - when < DAY:
                return False
            self.forget(feed_id)
        return self._held + names <= self._most


def items_of(answer: Fetched) -> Items | None:
    """The body's items; None where they can't be told from its bytes alone."""
    if len(answer.body) > LARGEST:
        return None
    text = shortened(as_utf8(answer.body, answer.content_type))
    places = next(filter(None, (_places(text, name, tags) for name, tags in _KINDS)), None)
    # After a summary of its own feedparser reads a feed's next item otherwise (see `news.parse_surely`).
    if places is None or b"summary" in text[: places[0][0]]:
        return None
    context = b"\0".join([answer.url.encode("utf-8", "replace"), *_OUTERMOST.findall(text[: places[0][0]])])
    # The process's own keyed hash: nobody outside can make two items that share a name.
    names = tuple([hash((context, text[start:stop])) for start, stop in places])
    return Items(answer.url, text, places, names)


def _places(text: bytes, name: bytes, tags: re.Pattern[bytes]) -> tuple[tuple[int, int], ...] | None:
    """Where each item stands; None where there are none, or one has another in it, or no end."""
    found = [tag.start() for tag in tags.finditer(text)]
    turns = bytes([text[place + 1] for place in found])
    if not found or turns != (name[:1] + b"/") * (len(found) // 2):
        return None
    end = len(name) + len("</>")
    return tuple([(start, stop + end) for start, stop in zip(found[::2], found[1::2], strict=True)])


def _without(items: Items, seen: frozenset[int]) -> ParsedFeed | None:
    parts, end = [], 0
    for (start, stop), name in zip(items.places, items.names, strict=True):
        if name in seen:
            parts.append(items.text[end:start])
            end = stop
    left = b"".join([*parts, items.text[end:]])
    parsed = parse_surely(left, url=items.url, content_type=_UTF8) if len(left) <= BRIEF else None
    new = sum([name not in seen for name in items.names])
    return with_wishes(parsed, left) if parsed and is_clear(parsed.entries, new) else None


def is_clear(entries: Sequence[Entry], items: int) -> bool:
    """Whether so many items made an entry each that says something, and are told apart by guid or page."""
    told = all(entry.title or entry.link or entry.description for entry in entries)
    return told and len(entries) == items and are_told_apart(entries)
