"""A feed's body, read into records: pure, and feedparser's only home."""

import re
from calendar import timegm
from datetime import UTC, datetime
from math import isfinite
from typing import Any
from urllib.parse import urljoin

import feedparser

from news.address import normal_address
from news.errors import BadAddress, NotAFeed
from news.feed import Entry, ParsedFeed
from news.text import headline

# References to half of a character outside the first plane: no text can hold them.
_HALF_CHARACTER = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));", re.I
)


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read RSS, RDF or Atom.

    `url` is where the body came from: relative links are relative to it. `content_type` is the HTTP header,
    which says the charset where the body doesn't. An entry that can't be read is left out.
    Raises NotAFeed for a body with neither a feed's name nor an entry.
    """
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        parsed = feedparser.parse(_HALF_CHARACTER.sub(b"&#65533;", body), response_headers=headers)
    except Exception as error:  # whatever a parser of ill-formed bodies may stumble over
        raise NotAFeed(type(error).__name__) from error
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed("no feed in it")
    source = parsed.feed
    return ParsedFeed(
        title=headline(source.get("title", "")),
        link=_link(source.get("link"), url),
        entries=tuple(entry for raw in parsed.entries if (entry := _entry(raw, url))),
        ttl=_ttl(source.get("ttl")),
    )


def _entry(raw: Any, url: str) -> Entry | None:
    """One entry; None for one that says nothing at all."""
    contents = [part.get("value", "") for part in raw.get("content", ())]
    entry = Entry(
        guid=raw.get("id") or None,
        title=_title(raw),
        link=_link(raw.get("link"), url),
        description=raw.get("summary", ""),
        content=max(contents, key=len, default=""),
        published=_moment(raw.get("published_parsed") or raw.get("updated_parsed")),
        image=_image(raw, url),
        author=headline(raw.get("author", "")) or None,
    )
    return entry if entry.title or entry.link or entry.description else None


def _title(raw: Any) -> str:
    """The headline; an entry without one (a microblog's) is called by the beginning of its text."""
    return headline(raw.get("title", "")) or headline(raw.get("summary", ""))


def _link(value: str | None, base: str) -> str | None:
    if not value:
        return None
    try:
        absolute = urljoin(base, value.strip()).replace(" ", "%20")
        normal = normal_address(absolute)
    except (BadAddress, ValueError):
        return None
    _, hash_sign, fragment = absolute.partition("#")
    return f"{normal}{hash_sign}{fragment}"


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _image(raw: Any, url: str) -> str | None:
    """The entry's own picture: media:content or an enclosure that is one, else media:thumbnail."""
    media = [*raw.get("media_content", ()), *raw.get("enclosures", ())]
    pictures = [item.get("url") or item.get("href") for item in media if _is_picture(item)]
    thumbnails = [item.get("url") for item in raw.get("media_thumbnail", ())]
    return next((link for picture in [*pictures, *thumbnails] if (link := _link(picture, url))), None)


def _is_picture(item: Any) -> bool:
    return item.get("medium") == "image" or str(item.get("type", "")).startswith("image/")


def _ttl(value: Any) -> float | None:
    """RSS's ttl, given in minutes, in seconds."""
    try:
        seconds = max(float(value) * 60, 0.0)
    except (TypeError, ValueError):
        return None
    return seconds if isfinite(seconds) else None
