"""What feedparser calls a feed's elements and attributes: in lower case, by a prefix of its own for a namespace."""

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
    """The names in one document: each tag is looked up once."""

    def __init__(self, root: Any) -> None:
        self.namespaces = {uri.lower() for uri in root.nsmap.values()}
        self._names: dict[str, str] = {}
        for prefix, uri in root.nsmap.items():
            if prefix in _OWN and _prefix(uri, prefix) != prefix:
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
        return all(self.of(part) in allowed and self.keeps_to_itself(part) for part in element)


def attributes_of(element: Any) -> dict[str, str]:
    """The element's attributes: `url`, `xml:base`. Raises Doubtful for one that foreign namespaces share."""
    if len(element.attrib) > _MOST_ATTRIBUTES:
        raise Doubtful
    found = {}
    for key, value in element.attrib.items():
        name = _named(key, None, ":") if key[0] == "{" else key.lower()
        if key[0] == "{" and name in _TELLING:
            raise Doubtful
        found[name] = value.lower() or value if name in ("rel", "type") else value
    return found


def _named(tag: str, prefix: str | None, mark: str) -> str:
    namespace, brace, local = tag.rpartition("}")
    own = _prefix(namespace[1:], prefix) if brace else ""
    return (f"{own}{mark}{local}" if own else local).lower()


def _prefix(uri: str, given: str | None) -> str:
    lower = uri.lower()
    return "" if _USERLAND in lower else _PREFIXES.get(lower, given or "")
