"""Well-formed RSS, RDF and Atom, read by lxml: pure, fast, and only what it is sure feedparser reads the same."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from news.address import absolute_link
from news.charset import as_utf8
from news.feed import ParsedFeed
from news.markup import Doubtful, joined
from news.names import ATOM, RSS_09, RSS_1, Names, attributes_of
from news.parse_entry import (
    Attributes,
    EntryReader,
    address_in,
    based,
    inner,
    leads_to_page,
    link_text,
    mended,
    text_of,
    whole_query,
)
from news.said import Said, entry_of, seconds
from news.text import headline

_ROOT = re.compile(rb"<\w")


def parse_surely(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed | None:
    """The feed as feedparser would read it; None where only feedparser can tell."""
    try:
        text = as_utf8(body, content_type)
        root = _root(text)
        return _FeedReader(root, Names(root, local=_declares_late(text)), url).read()
    except (Doubtful, etree.LxmlError):
        return None


def _root(text: bytes) -> Any:
    """The document's root. Neither entities nor a document type: there feedparser has rules of its own."""
    start = _ROOT.search(text)
    if start is None or b"<!d" in (head := text[: start.start()].lower()) or b"<!e" in head:
        raise Doubtful
    parser = etree.XMLParser(
        encoding="utf-8", no_network=True, resolve_entities=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text, parser)
    if root.getroottree().docinfo.doctype:
        raise Doubtful
    return root


def _declares_late(text: bytes) -> bool:
    """Whether namespaces may be declared behind the root's own tag."""
    start = _ROOT.search(text)
    end = text.find(b">", start.start()) if start else 0
    return text.find(b"xmlns", end) >= 0


class _FeedReader:
    """The state between two elements of a feed."""

    def __init__(self, root: Any, names: Names, url: str) -> None:
        self.root = root
        self.url = url
        self.names = names
        self.is_atom = self.names.of(root) == "feed"
        self.title: str | None = None
        self.link: str | None = None
        self.ttl: str | None = None
        self.has_summary = self.has_content = False
        self.entries: list[Said] = []

    def read(self) -> ParsedFeed:
        for element, base in self._parts():
            self._children(element, base)
        return ParsedFeed(
            title=headline(self.title or ""),
            link=absolute_link(self.link, self.url),
            entries=tuple(entry for said in self.entries if (entry := entry_of(said, self.url))),
            ttl=seconds(self.ttl),
        )

    def _parts(self) -> Iterator[tuple[Any, str]]:
        """Where the feed's own elements and its entries stand, each with what links are relative to."""
        base = based(attributes_of(self.root), joined(self.url, self.url) or self.url)
        kind = self.names.of(self.root)
        channel = self.root if self.is_atom else next(iter(self.root), None)
        if channel is None or kind not in _KINDS or not self._is_whole(kind, channel):
            raise Doubtful
        yield channel, base if self.is_atom else based(attributes_of(channel), base)
        if kind == "rdf_rdf":
            self.root.remove(channel)
            yield self.root, base

    def _is_whole(self, kind: str, channel: Any) -> bool:
        """Whether everything stands where it belongs, and nothing tells feedparser that it was another format."""
        named = self.names.namespaces
        if not attributes_of(channel).keys().isdisjoint(("href", "lastmod")):
            return False
        if self.is_atom:
            return named.isdisjoint((RSS_1, RSS_09))
        is_alone = kind == "rdf_rdf" or len(self.root) == 1
        is_known = kind == "rss" or (ATOM not in named and not named.isdisjoint((RSS_1, RSS_09)))
        return self.names.of(channel) == "channel" and is_alone and is_known

    def _children(self, element: Any, base: str) -> None:
        for child in element:
            name = self.names.of(child)
            if name in ("item", "entry"):
                self._entry(child, base)
            else:
                attributes = attributes_of(child)
                self._own(name, child, based(attributes, base), attributes)

    def _entry(self, element: Any, base: str) -> None:
        reader = EntryReader(self.names, guess=not self.is_atom, has_content=self.has_content)
        self.entries.append(reader.read(element, base))
        self.has_content = False

    def _own(self, name: str, element: Any, base: str, attributes: Attributes) -> None:
        """What the feed says of itself."""
        if name == "title":
            self._title(element, base, attributes)
        elif name == "link":
            self._link(element, base, attributes)
        elif name in ("id", "guid"):
            self._id(element, base, attributes)
        elif name == "ttl":
            self._ttl(element, attributes)
        elif name in _DESCRIPTIONS:
            self._description(name, element)
        elif name in _DOUBTFUL or not self.names.keeps_to_itself(element):
            raise Doubtful

    def _title(self, element: Any, base: str, attributes: Attributes) -> None:
        if self.title is not None:
            raise Doubtful
        self.title, _ = text_of(element, "text/plain", base, attributes, guess=not self.is_atom)

    def _link(self, element: Any, base: str, attributes: Attributes) -> None:
        address, text = address_in(attributes), link_text(element, base)
        if address is None:
            self.link = whole_query(text)
        elif leads_to_page(attributes):
            self.link = joined(base, address)

    def _id(self, element: Any, base: str, attributes: Attributes) -> None:
        text = link_text(element, base)
        if attributes.get("ispermalink", "true") == "true" and self.link is None:
            self.link = text

    def _ttl(self, element: Any, attributes: Attributes) -> None:
        if attributes:
            raise Doubtful
        self.ttl = mended(inner(element))

    def _description(self, name: str, element: Any) -> None:
        """Only this matters: after a summary feedparser takes a description for content, and remembers."""
        inner(element)
        self.has_content = self.has_content or self.has_summary
        self.has_summary = self.has_summary or name in ("summary", "itunes_summary")


_KINDS = frozenset({"rss", "feed", "rdf_rdf"})
_DESCRIPTIONS = frozenset({"description", "dc_description", "media_description", "summary", "itunes_summary"})
# Elements that change how feedparser reads others, and names of its own that an element might take.
_DOUBTFUL = frozenset(
    {"abstract", "authors", "body", "channel", "content", "content_encoded", "dc_title", "feed", "fullitem", "links"}
    | {"media_title", "rdf_rdf", "rss", "xhtml_body"}
)
