"""What feedparser calls a feed's elements and attributes: in lower case, by a prefix of its own for a namespace."""

from collections.abc import Iterable
from typing import Any

from news.markup import Doubtful

RSS_1 = "http://purl.org/rss/1.0/"
RSS_09 = "http://my.netscape.com/rdf/simple/0.9/"
ATOM = "http://www.w3.org/2005/atom"
_USERLAND = "backend.userland.com/rss"
_PREFIXES = {
    ATOM: "",
    RSS_1: "",
    RSS_09: "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_OWN = frozenset(_PREFIXES.values()) - {""}
# Attributes that say something to us; feedparser takes them for its own whatever foreign namespace they have.
_TELLING = frozenset({"url", "uri", "href", "type", "rel", "medium", "base", "mode", "ispermalink", "lastmod"})
# lxml looks them up one by one, each from the first on.
_MOST_ATTRIBUTES = 50
_MOST_NAMESPACES = 50
# What may stand in these without being taken for the feed's or the entry's own.
_PERSON = frozenset({"name", "email", "uri", "url", "itunes_name", "itunes_email"})
_INSIDES = {
    **dict.fromkeys(("author", "contributor", "itunes_owner", "managingeditor", "webmaster"), _PERSON),
    "image": frozenset({"title", "link", "description", "url", "href", "width", "height"}),
    "textinput": frozenset({"title", "link", "description", "name"}),
    "source": frozenset(
        {"title", "id", "link", "updated", "subtitle", "rights", "generator", "icon", "logo", "author"}
    ),
    "itunes_category": frozenset({"itunes_category"}),
    "items": frozenset({"rdf_seq"}),
    "rdf_seq": frozenset({"rdf_li"}),
    "skiphours": frozenset({"hour"}),
    "skipdays": frozenset({"day"}),
}


class Names:
    """The names in one document: each tag is looked up once. `local`: not only the root declares namespaces.

    Raises Doubtful where a prefix means several namespaces, or a foreign namespace has several prefixes: feedparser
    knows a prefix by its last meaning, and a namespace by its first prefix.
    """

    def __init__(self, root: Any, *, local: bool) -> None:
        self.namespaces = {uri.lower() for uri in root.nsmap.values()}
        self._names: dict[str, str] = {}
        declared = _declared(root.iter() if local else [root])
        foreign = [uri for _, uri in declared if not _is_known(uri)]
        if len(dict(declared)) < len(declared) or len(set(foreign)) < len(foreign):
            raise Doubtful
        if any(not _is_meant(prefix, uri) for prefix, uri in declared if prefix):
            raise Doubtful

    def of(self, element: Any) -> str:
        """The element's name: `title`, `media_content`."""
        tag = element.tag
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = _named(tag, element.prefix, "_")
        return name

    def keeps_to_itself(self, element: Any) -> bool:
        """Whether nothing in the element is taken for something outside it."""
        if not len(element):
            return True
        allowed = _INSIDES.get(self.of(element), frozenset())
        parts = ((self.of(part), attributes_of(part), part) for part in element)
        return all(name in allowed and self.keeps_to_itself(part) for name, _, part in parts)


def _declared(elements: Iterable[Any]) -> set[tuple[str | None, str]]:
    """The namespaces that these elements know, by prefix. Raises Doubtful for more than any feed has."""
    declared: set[tuple[str | None, str]] = set()
    for element in elements:
        declared.update(element.nsmap.items())
        if len(declared) > _MOST_NAMESPACES:
            raise Doubtful
    return declared


def attributes_of(element: Any) -> dict[str, str]:
    """The element's attributes: `url`, `xml:base`. Raises Doubtful for one that foreign namespaces share."""
    if len(element.attrib) > _MOST_ATTRIBUTES:
        raise Doubtful
    found = {}
    for key, value in element.attrib.items():
        name = _named(key, None, ":")
        if key[0] == "{" and name in _TELLING:
            raise Doubtful
        found[name] = value.lower() or value if name in ("rel", "type") else value
    return found


def _named(tag: str, prefix: str | None, mark: str) -> str:
    """Raises Doubtful for letters beyond ASCII: the two parsers follow different editions of XML's rules for names."""
    if not tag.isascii():
        raise Doubtful
    namespace, brace, local = tag.rpartition("}")
    own = _prefix(namespace[1:], prefix) if brace else ""
    return (f"{own}{mark}{local}" if own else local).lower()


def _is_meant(prefix: str, uri: str) -> bool:
    """Whether a prefix is none that feedparser would take for another namespace's, or for none."""
    if prefix == "rdf" and not _is_known(uri):
        return False  # an attribute is known by it, rdf:about
    return prefix.isascii() and (prefix not in _OWN or _prefix(uri, prefix) == prefix)


def _is_known(uri: str) -> bool:
    return uri.lower() in _PREFIXES or _USERLAND in uri.lower()


def _prefix(uri: str, given: str | None) -> str:
    lower = uri.lower()
    return "" if _USERLAND in lower else _PREFIXES.get(lower, given or "")
