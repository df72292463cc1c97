"""One entry of a well-formed feed, read as feedparser reads it: element by element, in the feed's order.

The order matters. The first headline counts, and the last link; a second description becomes the content; a guid
serves as link until one comes. What these rules don't foresee is Doubtful, and feedparser itself is asked.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from html import escape
from typing import Any

from feedparser.urls import make_safe_absolute_uri

from news.markup import LONGEST_BASE, Doubtful, clean, joined, looks_like_html
from news.moment import moment
from news.names import Names, attributes_of
from news.said import Said

_PLAIN, _HTML = "text/plain", "text/html"
_TYPES = {"text": _PLAIN, "plain": _PLAIN, _PLAIN: _PLAIN, "html": _HTML, _HTML: _HTML}
_PAGES = frozenset({"html", "xhtml", _HTML, "application/xhtml+xml"})
_BEYOND_LATIN = re.compile("[^\x00-\xff]")
_WINDOWS_SIGN = re.compile("[\x80-\x9f]")
_SIGNS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
# What an address's query may look like after bad escaping.
_QUERY_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
_REFERENCE = re.compile("&(?:amp|lt|gt);")
_NEVER = 1_000

Attributes = dict[str, str]


def inner(element: Any) -> str:
    """The text of an element; one with others in it is Doubtful."""
    if len(element):
        raise Doubtful
    return (element.text or "").strip()


def mended(text: str) -> str:
    """The text, UTF-8 that was taken for Latin-1 put right, and signs of Windows-1252 in their places."""
    if text.isascii():
        return text
    if not _BEYOND_LATIN.search(text):
        with suppress(UnicodeError):
            text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_SIGNS) if _WINDOWS_SIGN.search(text) else text


def text_of(element: Any, kind: str, base: str, attributes: Attributes, *, guess: bool) -> tuple[str, bool]:
    """An element's text, HTML made safe, and whether it is HTML. `guess`: plain text that looks like HTML is."""
    said = attributes.get("type", kind).lower()
    if said not in _TYPES or "mode" in attributes:
        raise Doubtful
    text = inner(element)
    is_html = _TYPES[said] == _HTML or (guess and looks_like_html(text))
    return mended(clean(text, base) if is_html else text), is_html


def based(attributes: Attributes, base: str) -> str:
    """What links in an element are relative to."""
    given = attributes.get("xml:base", attributes.get("base"))
    whole = (make_safe_absolute_uri(base, given) or base) if given else base
    if len(whole) > LONGEST_BASE:
        raise Doubtful
    return whole


def link_text(element: Any, base: str) -> str:
    """A link that stands between tags, made absolute."""
    text = inner(element)
    return mended(joined(base, text)) if text else ""


def address_in(attributes: Attributes) -> str | None:
    """The address in an element's attributes, None where there is none."""
    first = attributes.get("url", attributes.get("uri", attributes.get("href")))
    return first or attributes.get("href")


def leads_to_page(attributes: Attributes) -> bool:
    """Whether a link with an address is one that readers follow."""
    return attributes.get("rel", "alternate") == "alternate" and attributes.get("type", _HTML) in _PAGES


def whole_query(link: str) -> str:
    """A link without the semicolons that bad escaping left in its query."""
    return _QUERY_REFERENCE.sub(r"&\1", link)


class EntryReader:
    """The state between two elements of one entry; depth 1 are the entry's own children."""

    def __init__(self, names: Names, *, guess: bool, has_content: bool = False) -> None:
        self.names = names
        self.guess = guess
        self.has_content = has_content
        self.said = Said()
        self._title_depth = self._summary_depth = _NEVER
        # Titles this deep and deeper come too late.
        self._title_bar = _NEVER
        self._published: datetime | None = None
        self._updated: datetime | None = None
        self._media: list[str | None] = []
        self._enclosures: list[str | None] = []
        self._thumbnails: list[str | None] = []
        self._cover: str | None = None

    def read(self, element: Any, base: str) -> Said:
        """What the feed says of the entry; raises Doubtful."""
        attributes = attributes_of(element)
        if not attributes.keys().isdisjoint(("href", "lastmod")):
            raise Doubtful
        self.said.guid = attributes.get("rdf:about") or None
        self._children(element, 1, based(attributes, base))
        self.said.published = self._published or self._updated
        self.said.pictures = [*self._media, *self._enclosures, *self._thumbnails, self._cover]
        return self.said

    def _children(self, element: Any, depth: int, base: str) -> None:
        for child in element:
            name = self.names.of(child)
            attributes = attributes_of(child) if child.attrib else {}
            read = _READERS.get(name, EntryReader._other)
            if name in _DOUBTFUL or depth > _DEEPEST:
                raise Doubtful
            read(self, child, depth, based(attributes, base) if attributes else base, attributes)

    def _other(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        """An element that says nothing to us; what stands in it may."""
        if len(element):
            self._children(element, depth + 1, base)

    def _title(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if self._media_title(element, depth, base, attributes):
            self._title_bar = depth

    def _media_title(self, element: Any, depth: int, base: str, attributes: Attributes) -> str:
        """media:title: it counts until a title proper comes."""
        text, _ = text_of(element, _PLAIN, base, attributes, guess=self.guess)
        if depth < self._title_bar and depth <= self._title_depth:
            self.said.title, self._title_depth = text, depth
        return text

    def _html(self, element: Any, kind: str, base: str, attributes: Attributes) -> str:
        text, is_html = text_of(element, kind, base, attributes, guess=self.guess)
        return text if is_html else escape(text, quote=False)

    def _guid(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if depth > 1:
            raise Doubtful
        is_link = attributes.get("ispermalink", "true") == "true"
        self.said.guid = link_text(element, base) if is_link else mended(inner(element))
        if is_link and self.said.link is None:
            self.said.link = self.said.guid

    def _link(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        address, _ = address_in(attributes), inner(element)
        if address is None:
            self._link_text(element, base, attributes)
        elif leads_to_page(attributes):
            self.said.link = joined(base, address)
        elif attributes.get("rel") == "enclosure" and _is_picture(attributes):
            self._enclosures.append(joined(base, address))

    def _link_text(self, element: Any, base: str, attributes: Attributes) -> None:
        if attributes.get("rel") == "enclosure":
            raise Doubtful
        self.said.link = whole_query(link_text(element, base).replace("&amp;", "&"))

    def _enclosure(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if _is_picture(attributes):
            self._enclosures.append(address_in(attributes))
        self._other(element, depth, base, attributes)

    def _media_content(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if _is_picture(attributes):
            self._media.append(attributes.get("url") or attributes.get("href"))
        self._other(element, depth, base, attributes)

    def _thumbnail(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._thumbnails.append(attributes.get("url", link_text(element, base)))

    def _itunes_image(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._cover = attributes.get("href") or attributes.get("url") or self._cover
        self._other(element, depth, base, attributes)

    def _image(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        """RSS's image, which is no entry's; feedparser forgets over it that it had a title."""
        if len(element):
            raise Doubtful
        self._title_bar = _NEVER

    def _description(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._summary(element, depth, base, attributes, _HTML)

    def _summary(self, element: Any, depth: int, base: str, attributes: Attributes, kind: str = _PLAIN) -> None:
        if self.said.summary is not None and not self.has_content:
            self._content(element, depth, base, attributes)
            return
        text = self._html(element, kind, base, attributes)
        if depth <= self._summary_depth:
            self.said.summary, self._summary_depth = text, depth
        elif _REFERENCE.search(self.said.summary or ""):
            # feedparser no longer knows by now whether that was plain text.
            raise Doubtful

    def _encoded(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._content(element, depth, base, attributes, _HTML)

    def _content(self, element: Any, depth: int, base: str, attributes: Attributes, kind: str = _PLAIN) -> None:
        self.has_content = True
        text = self._html(element, kind, base, attributes)
        self.said.contents.append(text)
        if self.said.summary is None:
            self.said.summary = text

    def _publish(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._published = moment(mended(inner(element)))

    def _update(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        self._updated = moment(mended(inner(element)))

    def _author(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if depth > 1:
            raise Doubtful
        self.said.author = self._person(element) if len(element) else mended(inner(element))

    def _person(self, element: Any) -> str:
        """Atom's author. Of a second one feedparser makes a mixture with the first."""
        parts = {self.names.of(part): inner(part) for part in element}
        is_plain = len(parts) == len(element) and parts.keys() <= _OF_PERSONS and not _has_text(element)
        if self.said.author is not None or not is_plain:
            raise Doubtful
        name, email = parts.get("name"), parts.get("email")
        return f"{name} ({email})" if name and email else name or email or ""

    def _contributor(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        if not self.names.keeps_to_itself(element):
            raise Doubtful

    def _source(self, element: Any, depth: int, base: str, attributes: Attributes) -> None:
        """Whence the entry was taken: what stands in it is said of another feed."""
        if not self.names.keeps_to_itself(element):
            raise Doubtful
        has_title = any(self.names.of(part) == "title" and inner(part) for part in element)
        self._title_bar = depth + 1 if has_title else _NEVER


def _is_picture(attributes: Attributes) -> bool:
    return attributes.get("medium") == "image" or attributes.get("type", "").startswith("image/")


def _has_text(element: Any) -> bool:
    return any((text or "").strip() for text in (element.text, *(part.tail for part in element)))


_DEEPEST = 20
_OF_PERSONS = frozenset({"name", "email", "uri", "url"})
_Reader = Callable[[EntryReader, Any, int, str, Attributes], object]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(("title", "dc_title"), EntryReader._title),
    "media_title": EntryReader._media_title,
    **dict.fromkeys(("id", "guid"), EntryReader._guid),
    "link": EntryReader._link,
    "enclosure": EntryReader._enclosure,
    "media_content": EntryReader._media_content,
    "media_thumbnail": EntryReader._thumbnail,
    **dict.fromkeys(("itunes_image", "itunes_link"), EntryReader._itunes_image),
    "image": EntryReader._image,
    **dict.fromkeys(("description", "dc_description", "media_description"), EntryReader._description),
    **dict.fromkeys(("summary", "itunes_summary"), EntryReader._summary),
    "content_encoded": EntryReader._encoded,
    "content": EntryReader._content,
    **dict.fromkeys(("published", "issued", "pubdate", "dcterms_issued"), EntryReader._publish),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"), EntryReader._update),
    **dict.fromkeys(("author", "dc_author", "dc_creator", "itunes_author", "managingeditor"), EntryReader._author),
    **dict.fromkeys(("contributor", "dc_contributor"), EntryReader._contributor),
    "source": EntryReader._source,
}
# Elements that change how feedparser reads others, and names of its own that an element might take.
_DOUBTFUL = frozenset(
    {"abstract", "authors", "body", "channel", "entry", "feed", "fullitem", "item", "itunes_owner", "links", "rdf_rdf"}
    | {"rss", "textinput", "xhtml_body"}
    | {"date_parsed", "issued_parsed", "modified_parsed", "published_parsed", "updated_parsed"}
)
