"""JSON Feed 1.0 and 1.1, read into records: pure. https://www.jsonfeed.org/version/1.1/"""

import codecs
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from math import isfinite
from typing import Any

from news.address import absolute_link
from news.charset import decoded
from news.errors import NotAFeed
from news.feed import Entry, ParsedFeed
from news.markup import safe
from news.shorten import KEPT
from news.text import headline

# No text can hold halves of characters, and no database a zero character.
_UNTENABLE = re.compile("[\x00\ud800-\udfff]")
_BYTE_ORDER_MARKS = codecs.BOM_UTF8 + codecs.BOM_UTF16
_VERSION = "jsonfeed.org/version/1"


def looks_like_json(body: bytes) -> bool:
    """Whether the body begins as JSON feeds do, in whatever form of Unicode: no XML begins so."""
    return body[:1000].lstrip(_BYTE_ORDER_MARKS + b"\x00 \t\r\n").startswith(b"{")


def parse_json_feed(body: bytes, *, url: str, charset: str | None = None) -> ParsedFeed:
    """Read a JSON Feed. `url` is where it came from; `charset` is tried where the body isn't Unicode.

    What has the wrong type counts as not given; an item that says nothing is left out. Raises NotAFeed for
    what is no JSON, or other JSON.
    """
    feed = _loaded(body, charset)
    if not isinstance(feed, dict) or _VERSION not in _text(feed.get("version")):
        raise NotAFeed("no JSON Feed")
    if not isinstance(feed.get("items"), list):
        raise NotAFeed("no items in it")
    return ParsedFeed(
        title=headline(_text(feed.get("title"))),
        link=_link(feed.get("home_page_url"), url),
        entries=tuple(entry for item in _records(_ends(feed["items"])) if (entry := _entry(item, url))),
    )


def _ends(items: list[Any]) -> list[Any]:
    """The items; of an archive the first and the last (see news.shorten)."""
    return items if len(items) <= 2 * KEPT else items[:KEPT] + items[-KEPT:]


def _loaded(body: bytes, charset: str | None) -> Any:
    try:
        return json.loads(_decoded(body, charset))
    except (ValueError, RecursionError) as error:
        raise NotAFeed(type(error).__name__) from error


def _decoded(body: bytes, charset: str | None) -> str:
    """JSON is Unicode; where it isn't, the charset the server names, else what can be read of it."""
    tried = (decoded(body, name) for name in (json.detect_encoding(body), charset or ""))
    text = next((text for text in tried if text is not None), None)
    return body.decode("utf-8", "replace") if text is None else text


def _entry(item: dict[str, Any], base: str) -> Entry | None:
    """One item; None for one that says nothing at all."""
    summary, content = escape(_text(item.get("summary")), quote=False), _content(item, base)
    guid = _identity(item.get("id"))
    entry = Entry(
        guid=guid,
        title=headline(_text(item.get("title"))) or headline(summary or content),
        link=_link(item.get("url"), base) or _link(item.get("external_url"), base) or _own_address(guid),
        description=summary,
        content=content,
        published=_moment(item.get("date_published")) or _moment(item.get("date_modified")),
        image=_image(item, base),
        author=_author(item),
    )
    return entry if entry.title or entry.link else None


def _content(item: dict[str, Any], base: str) -> str:
    return safe(_text(item.get("content_html")), base) or escape(_text(item.get("content_text")), quote=False)


def _identity(value: Any) -> str | None:
    """The id as text: the standard wants a string, and forgives numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not isfinite(value):
        return None
    return _text(str(value)).strip() or None


def _own_address(guid: str | None) -> str | None:
    """An id that is an address serves as link."""
    return absolute_link(guid, "") if guid else None


def _image(item: dict[str, Any], base: str) -> str | None:
    attached = [file.get("url") for file in _records(item.get("attachments")) if _is_picture(file)]
    pictures = [item.get("image"), item.get("banner_image"), *attached]
    return next((link for picture in pictures if (link := _link(picture, base))), None)


def _is_picture(attachment: dict[str, Any]) -> bool:
    return _text(attachment.get("mime_type")).lower().startswith("image/")


def _author(item: dict[str, Any]) -> str | None:
    """The authors (1.1) or the author (1.0) by name."""
    people = [*_records(item.get("authors")), *_records([item.get("author")])]
    names = [headline(_text(person.get("name"))) for person in people]
    return headline(", ".join(dict.fromkeys(filter(None, names)))) or None


def _moment(value: Any) -> datetime | None:
    """A date by RFC 3339; RFC 822's form, which feeds of other kinds use, is forgiven."""
    text = _text(value).strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _records(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a list; nothing of anything else."""
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _text(value: Any) -> str:
    return _UNTENABLE.sub("\ufffd", value) if isinstance(value, str) else ""


def _link(value: Any, base: str) -> str | None:
    return absolute_link(_text(value), base)
