"""What a feed says of an entry before it is made fit for us: what every way of reading XML comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from news.address import absolute_link
from news.feed import Entry
from news.text import MAX_INPUT, headline


@dataclass(slots=True)
class Said:
    """An entry's own words; `summary` and `contents` are HTML, `pictures` are addresses, the best first."""

    guid: str | None = None
    title: str | None = None
    link: str | None = None
    summary: str | None = None
    contents: list[str] = field(default_factory=list)
    published: datetime | None = None
    pictures: Sequence[str | None] = ()
    author: str | None = None


def entry_of(said: Said, url: str) -> Entry | None:
    """The entry that a feed at `url` says this of; None for one that says nothing at all."""
    entry = Entry(
        guid=_storable(said.guid) or None,
        title=_title(said),
        link=absolute_link(said.link, url),
        description=_storable(said.summary)[:MAX_INPUT],
        content=_storable(max(said.contents, key=len, default=""))[:MAX_INPUT],
        published=said.published,
        image=next((link for picture in said.pictures if (link := absolute_link(picture, url))), None),
        author=headline(said.author or "") or None,
    )
    return entry if said.title or entry.link or said.guid or said.summary else None


def _storable(text: str | None) -> str:
    """The text without zero characters, which no database takes."""
    return (text or "").replace("\0", "\ufffd")


def seconds(minutes: str | None) -> float | None:
    """RSS's ttl, given in minutes, in seconds."""
    try:
        value = max(float(minutes or "") * 60, 0.0)
    except (TypeError, ValueError):
        return None
    return value if isfinite(value) else None


def _title(said: Said) -> str:
    """The headline; an entry without one (a microblog's) is called by the beginning of its text."""
    return headline(said.title or "") or headline(said.summary or "")
