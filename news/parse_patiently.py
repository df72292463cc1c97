"""Any body at all, read by feedparser, which makes sense of the most ill-formed: pure, and slow.

How long it takes is in the hands of whoever wrote the body, and it holds the interpreter meanwhile: some of
feedparser's patterns take quadratic time. So the service calls it in a process of its own (news.aside).
"""

import re
from html import escape
from typing import Any

import feedparser

from news.address import absolute_link
from news.charset import as_utf8
from news.errors import NotAFeed
from news.feed import ParsedFeed
from news.markup import harmless
from news.moment import from_parsed
from news.said import Said, entry_of, seconds
from news.text import headline

# References to half of a character outside the first plane: no text can hold them.
_HALF_CHARACTER = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));", re.I
)
# Places on the map and chapters of podcasts, which nobody here reads.
_UNREAD = re.compile(rb"</?(?:georss|gml|psc):[^<>]*+>")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def parse_patiently(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read whatever feedparser can read; raises NotAFeed for the rest."""
    try:
        parsed = _parsed(as_utf8(body, content_type), url)
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser of ill-formed bodies may stumble over
        raise NotAFeed(type(error).__name__) from error
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed("no feed in it")
    source = parsed.feed
    return ParsedFeed(
        title=headline(_title(source) or ""),
        link=absolute_link(source.get("link"), url),
        entries=tuple(entry for raw in parsed.entries if (entry := entry_of(_said(raw), url))),
        ttl=seconds(source.get("ttl")),
    )


def _parsed(text: bytes, url: str) -> Any:
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(text, response_headers=headers)
    except MemoryError:
        raise
    except Exception:  # without what it is known to stumble over
        text = _UNREAD.sub(b"", _HALF_CHARACTER.sub(b"&#65533;", text))
        return feedparser.parse(text, response_headers=headers)


def _said(raw: Any) -> Said:
    return Said(
        guid=raw.get("id"),
        title=_title(raw),
        link=raw.get("link"),
        summary=_summary(raw),
        contents=[_html(part) for part in raw.get("content", ())],
        published=from_parsed(raw.get("published_parsed") or _updated(raw)),
        pictures=_pictures(raw),
        author=raw.get("author"),
    )


def _title(raw: Any) -> str | None:
    text: str | None = raw.get("title")
    detail = raw.get("title_detail") or {}
    is_html = text and detail.get("value") == text and detail.get("type") in _HTML_TYPES
    return harmless(text) if text and is_html else text


def _summary(raw: Any) -> str | None:
    """The summary as HTML. One that was made of the content has no details of its own."""
    text = raw.get("summary")
    details = [raw.get("summary_detail") or {}, *raw.get("content", ())]
    return text and _html(next((detail for detail in details if detail.get("value") == text), {"value": text}))


def _html(detail: Any) -> str:
    text: str = detail.get("value", "")
    return harmless(text) if detail.get("type", "text/html") in _HTML_TYPES else escape(text, quote=False)


def _updated(raw: Any) -> Any:
    """Asked for what isn't there, feedparser warns that it gives the other date."""
    known = "updated_parsed" in raw
    return raw["updated_parsed"] if known else None


def _pictures(raw: Any) -> list[str | None]:
    """media:content or an enclosure that is a picture, else media:thumbnail, else itunes:image."""
    media = [*raw.get("media_content", ()), *raw.get("enclosures", ())]
    pictures = [item.get("url") or item.get("href") for item in media if _is_picture(item)]
    thumbnails = [item.get("url") for item in raw.get("media_thumbnail", ())]
    image = raw.get("image")
    return [*pictures, *thumbnails, image.get("href") if isinstance(image, dict) else None]


def _is_picture(item: Any) -> bool:
    return item.get("medium") == "image" or str(item.get("type", "")).startswith("image/")
