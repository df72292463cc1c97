"""OPML files, the lists of feeds that readers give out and take: read, hard on what is none, and written. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from news.address import read_addresses
from news.errors import BadAddress, NotOpml
from news.hashtags import hashtags
from news.look import AS_THE_CHAT, LENGTHS, LONGEST_TITLE, MOST_TAGS, Overrides
from news.secret import WORDS
from news.text import headline, shortened

# Many programs write addresses with a bare "&", which no strict parser takes.
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")
# What no XML may hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Other readers pass over what stands in a namespace that they don't know.
_OURS = "urn:visnyk:opml"
_PRIVATE = "private"
# What is wanted otherwise for a feed, by what it is called in a file.
_SWITCHES = {
    "pictures": "pictures",
    "preview": "preview",
    "silent": "silent",
    "everyReport": "every_report",
    "hashtags": "hashtags",
}
_TRUTH = {"true": True, "false": False}
_LENGTH, _AT_ONCE, _NAME, _TAGS, _FILTER = "summaryLength", "atOnce", "name", "tags", "filter"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that a file names: its title (may be empty), its address as it stands there, its site if known, and what
    is wanted otherwise for it than in the chat, its filter's words (see `news.wishes`) among that.

    The address of one that is to be kept private ends with a word that says so, as a person types it.
    """

    title: str
    address: str
    site: str = ""
    overrides: Overrides = AS_THE_CHAT
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of a file with the feeds that are directly in it; `title` is empty for those in none."""

    title: str
    outlines: tuple[Outline, ...]


def read_catalogue(body: bytes) -> tuple[Section, ...]:
    """The feeds of a file by its folders, in their order, for all to choose from; raises NotOpml.

    A folder within another bears both names. What is private, or no address, is left out.
    """
    found: dict[str, dict[str, Outline]] = {}
    for element in _opml(body).iter():
        for outline in _outlines([element]):
            if _may_be_shown(outline.address):
                found.setdefault(_folder_of(element), {}).setdefault(outline.address, outline)
    return tuple(Section(title, tuple(outlines.values())) for title, outlines in found.items())


def read_opml(body: bytes) -> list[Outline]:
    """The feeds of a file in their order, each address once, whatever folders they are in; raises NotOpml."""
    found: dict[str, Outline] = {}
    for outline in _outlines(_opml(body).iter()):
        found.setdefault(outline.address, outline)
    return list(found.values())


def write_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """A file of these feeds that other readers open; read again, it gives the same feeds."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"visnyk": _OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _writable(title)
    body = etree.SubElement(root, "body")
    for outline in outlines:
        said = {name: _writable(value) for name, value in _said(outline).items() if value}
        etree.SubElement(body, "outline", said)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _said(outline: Outline) -> dict[str, str]:
    address, *words = outline.address.split()
    private = "true" if WORDS & set(words) else ""
    title = outline.title or address
    return {
        "type": "rss",
        "text": title,
        "title": title,
        "xmlUrl": address,
        "htmlUrl": outline.site,
        _ours(_PRIVATE): private,
        _ours(_FILTER): outline.filter,
        **{_ours(name): value for name, value in _wanted(outline.overrides).items()},
    }


def _wanted(overrides: Overrides) -> dict[str, str]:
    """Overrides as attributes; what is as the chat has it is empty."""
    switches = {name: getattr(overrides, field) for name, field in _SWITCHES.items()}
    return {
        _LENGTH: "" if overrides.summary_length is None else str(overrides.summary_length),
        **{name: "" if wanted is None else str(wanted).lower() for name, wanted in switches.items()},
        _AT_ONCE: "true" if overrides.at_once else "",
        _NAME: overrides.title,
        _TAGS: " ".join(overrides.tags),
    }


def _read_overrides(element: etree._Element) -> Overrides:
    """What the attributes of ours say; what makes no sense is as the chat has it."""
    switches: dict[str, Any] = {field: _TRUTH.get(element.get(_ours(name), "")) for name, field in _SWITCHES.items()}
    lengths = {str(length): length for length in LENGTHS}
    return Overrides(
        **switches,
        at_once=element.get(_ours(_AT_ONCE)) == "true",
        summary_length=lengths.get(element.get(_ours(_LENGTH), "")),
        title=shortened(headline(element.get(_ours(_NAME), "")), LONGEST_TITLE),
        tags=hashtags(element.get(_ours(_TAGS), ""), MOST_TAGS),
    )


def _ours(name: str) -> str:
    return f"{{{_OURS}}}{name}"


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _opml(body: bytes) -> etree._Element:
    """The root of a list of feeds; raises NotOpml for anything else."""
    root = _root(body)
    if root is None or _name(root.tag) != "opml" or _declares_entities(root):
        raise NotOpml
    return root


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


def _outlines(elements: Iterable[etree._Element]) -> Iterator[Outline]:
    for element in elements:
        said = _attributes(element)
        if _name(element.tag) == "outline" and said.get("xmlurl"):
            private = f" {_PRIVATE}" if said.get(_PRIVATE) == "true" else ""
            wanted, words = _read_overrides(element), element.get(_ours(_FILTER), "")
            yield Outline(_title(said), said["xmlurl"] + private, overrides=wanted, filter=words)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Programs differ in how they write the names."""
    return {_name(name): value.strip() for name, value in element.items()}


def _title(said: Mapping[str, str]) -> str:
    return headline(said.get("text") or said.get("title") or "")


def _folder_of(element: etree._Element) -> str:
    """The names of the folders around an element, the outermost first."""
    around = (_title(_attributes(one)) for one in element.iterancestors() if _name(one.tag) == "outline")
    return " · ".join(reversed([name for name in around if name]))


def _may_be_shown(address: str) -> bool:
    """Whether it is an address, and no secret."""
    try:
        return bool(read_addresses(address))
    except BadAddress:
        return False


def _name(tag: object) -> str:
    """A tag's or attribute's name without namespace, in lower case; empty for what has none."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
