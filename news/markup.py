"""HTML as feeds carry it, made safe and its links absolute: exactly as feedparser does, many times faster.

What is common (known tags, quoted attributes, entities) is told apart by one linear pattern. What isn't goes to
feedparser's own functions while it is short: they take quadratic time, so that long it is Doubtful.
"""

import re
from functools import lru_cache
from html import escape, unescape
from html.entities import entitydefs, name2codepoint
from urllib.parse import urljoin

from feedparser.sanitizer import _HTMLSanitizer, _sanitize_html
from feedparser.urls import ACCEPTABLE_URI_SCHEMES, RelativeURIResolver, make_safe_absolute_uri, resolve_relative_uris

from news.text import plain

# At this length feedparser's worst fragment takes some milliseconds.
LONGEST_DOUBT = 1_000
# Each relative link grows by its base: what grows much is read where time and memory have limits (news.aside).
LONGEST_BASE = 300

_KEPT_TAGS = frozenset(_HTMLSanitizer.acceptable_elements)
_KEPT_ATTRIBUTES = frozenset(_HTMLSanitizer.acceptable_attributes)
_VOID_TAGS = frozenset(_HTMLSanitizer.elements_no_end_tag)
_LINKS = frozenset(RelativeURIResolver.relative_uris)
_ADDRESSES = frozenset(name for _, name in _LINKS)
# Their insides, or other tags' fate, depend on them.
_UNUSUAL_TAGS = frozenset({"applet", "math", "script", "style", "svg"})

_MARKUP = re.compile(r"<!--(?:[^-<>]|-(?!-))*+-->|<[^<>]*+>?|&[^\s<>&;]{0,32}+;?")
_NAME = r"[a-zA-Z_][-:.a-zA-Z_0-9]*+"
_VALUE = r"\"[^\"<>]*+\"|'[^'<>]*+'"
_ATTRIBUTE = re.compile(rf"\s++({_NAME})(?:\s*+=\s*+({_VALUE}))?+(?=[\s/>])", re.ASCII)
_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]*+)((?:\s++{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?+(?=[\s/>]))*+)\s*+/?>", re.ASCII)
_END_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*+)[ \n]*+>")
_COMMENT = re.compile(r"<!--(?!-?>)[^<>]*-->")
_PIECE = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|$)|<[^<>]*+>?")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers read an address without them.
_UNSEEN = re.compile("[\x00-\x20]+")
_SPACES = re.compile(r"\s+")
_CHARACTER = re.compile(r"&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w+;)")
# Joining leaves such a link as it is.
_PLAIN_LINK = re.compile(
    r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?:/[\w.~/%+,@=:!()-]*)?(?:\?[!$-;=@-~]+)?(?:#[\w.~/=!-]+)?", re.ASCII
)
_OPEN_REFERENCE = re.compile(r"&#\d+(?![\d;])")
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]*+)(?![-.])(;?)", re.ASCII)

_CLOSED = re.compile(r"</(\w+)>")
_REFERENCE = re.compile(r"&#?\w+;")
_OPENED = re.compile(r"</?(\w+)")
_ENTITY = re.compile(r"&(\w+);")

_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/*")
_LOWER = ("rel", "type")
_STYLES = _HTMLSanitizer()
LONGEST_STYLE = 500

# What is often met, and always becomes the same.
_FIXED = {f"&{name};": f"&{name};" for name in (*name2codepoint, "apos")} | {"&": "&", "&#39;": "'", "&#34;": '"'}
for _name in _KEPT_TAGS - _UNUSUAL_TAGS:
    _void = _name in _VOID_TAGS
    _FIXED |= {f"<{_name}>": f"<{_name} />" if _void else f"<{_name}>", f"</{_name}>": "" if _void else f"</{_name}>"}
    _FIXED[f"<{_name}/>"] = f"<{_name} />" if _void else f"<{_name}></{_name}>"


class Doubtful(Exception):
    """Only feedparser itself knows what it would make of this."""


def clean(fragment: str, base: str) -> str:
    """The fragment without what could do harm, its links made absolute. Raises Doubtful."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip().replace("\r\n", "\n")
    try:
        cleaned = _MARKUP.sub(lambda found: _cleaned(found, base), fragment)
    except Doubtful:
        if len(fragment) > LONGEST_DOUBT:
            raise
        resolved = resolve_relative_uris(fragment, base, "utf-8", "text/html")
        cleaned = harmless(_sanitize_html(resolved, "utf-8", "text/html"))
    return cleaned.strip().replace("\r\n", "\n")


def safe(fragment: str, base: str) -> str:
    """As clean, and of what is doubtful the text alone."""
    try:
        return clean(fragment, base)
    except Doubtful:
        return escape(plain(fragment), quote=False)


def harmless(cleaned: str) -> str:
    """What feedparser takes for safe, without what a browser might run all the same.

    It lets drawings be (SVG has links and scripts of its own), links of any kind but href, and comments that a
    browser ends earlier than it does.
    """
    return _PIECE.sub(_harmless, cleaned).strip() if "<" in cleaned else cleaned


def looks_like_html(text: str) -> bool:
    """Whether what goes by the name of plain text is HTML, as feedparser guesses."""
    if not (_CLOSED.search(text) or _REFERENCE.search(text)):
        return False
    tags, entities = _OPENED.findall(text), _ENTITY.findall(text)
    return all(tag.lower() in _KEPT_TAGS for tag in tags) and all(entity in entitydefs for entity in entities)


def joined(base: str, link: str) -> str:
    """A link made absolute the way feedparser joins: "" for one that can't be."""
    if _PLAIN_LINK.fullmatch(link):
        return link
    try:
        return urljoin(base, _SLASHES.sub(r"\1", link))
    except ValueError:
        return ""


def _cleaned(found: re.Match[str], base: str) -> str:
    """What becomes of one tag, comment or reference."""
    piece = found[0]
    if (fixed := _FIXED.get(piece)) is not None:
        return fixed
    if piece[0] == "&":
        return _reference(piece, at_end=found.end() == len(found.string))
    if piece.startswith("<!--") and piece.endswith("-->") and len(piece) > 6:
        return piece
    return (_known_tag if len(piece) + len(base) <= _COMMON else _tag)(piece, base)


def _harmless(found: re.Match[str]) -> str:
    piece = found[0]
    if piece.startswith("<!--"):
        return piece if _COMMENT.fullmatch(piece) else ""
    if piece in _FIXED:
        return piece
    tag = _TAG.fullmatch(piece) or _END_TAG.fullmatch(piece)
    if tag is None:
        return f"&lt;{piece[1:]}"
    name = tag[1].lower()
    return "" if name not in _KEPT_TAGS or name in _UNUSUAL_TAGS else _ATTRIBUTE.sub(_fit, piece)


def _fit(found: re.Match[str]) -> str:
    """An attribute; "" for one that nobody needs, an empty one for an address that leads to no page."""
    name, value = found[1].lower(), (found[2] or "")[1:-1]
    if name not in _KEPT_ATTRIBUTES:
        return ""
    return f' {name}=""' if name in _ADDRESSES and _leads_astray(value) else found[0]


def _leads_astray(address: str) -> bool:
    scheme = _SCHEME.match(_UNSEEN.sub("", unescape(address)))
    return scheme is not None and scheme[1].lower() not in ACCEPTABLE_URI_SCHEMES


def _reference(piece: str, *, at_end: bool) -> str:
    if piece[1] == "#":
        return _numbered(piece)
    named = _NAMED.match(piece)
    if named is None:
        return _unless(piece[1].isalpha(), piece)
    if at_end and not named[2]:
        return _unless(named.end() < len(piece), piece)
    known = named[1] in name2codepoint or named[1] == "apos"
    return (f"&{named[1]};" if known else f"&amp;{named[1]}") + piece[named.end() :]


def _numbered(piece: str) -> str:
    """A reference by number; those that mean Windows-1252's signs are feedparser's own business."""
    if not _CHARACTER.fullmatch(piece):
        raise Doubtful
    lower = piece.lower()
    number = int(lower[3:-1], 16) if lower[2] == "x" else int(lower[2:-1])
    return _unless(0x80 <= number < 0xA0, lower)


def _unless(doubtful: bool, piece: str) -> str:
    if doubtful:
        raise Doubtful
    return piece


def _tag(piece: str, base: str) -> str:
    """A tag with what is allowed of its attributes; "" for a tag that isn't."""
    found = _TAG.fullmatch(piece) or _END_TAG.fullmatch(piece)
    if found is None or (name := found[1].lower()) in _UNUSUAL_TAGS:
        raise Doubtful
    if name not in _KEPT_TAGS:
        return ""
    if found.re is _END_TAG or not found[2]:
        return _FIXED[_SPACES.sub("", piece).lower()]
    return f"<{name}{_attributes(name, found[2], base)}{' />' if name in _VOID_TAGS else '>'}"


# A page's own tags come again and again; very long ones are written to fill the memory.
_known_tag = lru_cache(maxsize=2_000)(_tag)
_COMMON = 1_000


def _attributes(tag: str, text: str, base: str) -> str:
    pairs = {name.lower(): value[1:-1] if value else name for name, value in _ATTRIBUTE.findall(text + " ")}
    kept = {name: _attribute(tag, name, pairs[name], base) for name in sorted(pairs) if name in _KEPT_ATTRIBUTES}
    return "".join(f' {name}="{value}"' for name, value in kept.items() if value or name != "style")


def _attribute(tag: str, name: str, value: str, base: str) -> str:
    if _OPEN_REFERENCE.search(value) or "&#39;" in value or "&#34;" in value:
        raise Doubtful
    if name in _LOWER:
        value = value.lower() or value
    if (tag, name) in _LINKS and not _PLAIN_LINK.fullmatch(value):
        value = make_safe_absolute_uri(base, value.strip())
    elif name in _ADDRESSES and _leads_astray(value):
        value = ""
    value = _BARE_AMPERSAND.sub("&amp;", value.replace('"', "&quot;"))
    if name == "href" and not _PLAIN_LINK.fullmatch(value):
        return str(make_safe_absolute_uri(value))
    return _style(value) if name == "style" else value


def _style(value: str) -> str:
    if len(value) > LONGEST_STYLE:
        raise Doubtful
    return str(_STYLES.sanitize_style(value))
