"""Reading an OPML file, the list of feeds that other readers give out: pure, and hard on what is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from news.errors import NotOpml
from news.text import headline

# Many programs write addresses with a bare "&", which no strict parser takes.
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that a file names: its title (may be empty) and its address as it stands there."""

    title: str
    address: str


def read_opml(body: bytes) -> list[Outline]:
    """The feeds of a file in their order, each address once, whatever folders they are in; raises NotOpml."""
    root = _root(body)
    if root is None or _name(root.tag) != "opml" or _declares_entities(root):
        raise NotOpml
    found: dict[str, Outline] = {}
    for outline in _outlines(root):
        found.setdefault(outline.address, outline)
    return list(found.values())


def _root(body: bytes) -> etree._Element | None:
    """The root of a file that is XML, or nearly so."""
    try:
        return _parsed(body)
    except etree.XMLSyntaxError:
        pass
    try:
        return _parsed(_BARE_AMPERSAND.sub(b"&amp;", body), recover=True)
    except etree.XMLSyntaxError:
        return None


def _parsed(body: bytes, *, recover: bool = False) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(body, parser)


def _declares_entities(root: etree._Element) -> bool:
    """No reader's file has entities of its own; those that do mean to grow."""
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and next(declared.iterentities(), None) is not None


def _outlines(root: etree._Element) -> Iterator[Outline]:
    """Programs differ in how they write the names of attributes."""
    for element in root.iter():
        said = {_name(name): value.strip() for name, value in element.items()}
        if _name(element.tag) == "outline" and said.get("xmlurl"):
            yield Outline(headline(said.get("text") or said.get("title") or ""), said["xmlurl"])


def _name(tag: object) -> str:
    """A tag's or attribute's name without namespace, in lower case; empty for what has none."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
