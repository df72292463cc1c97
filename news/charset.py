"""What charset a body is in: what its server and its first line say, unless the bytes tell otherwise. Pure.

The order is feedparser's (RFC 3023, then what decodes). Some things are known better: a byte order mark doesn't err;
UTF-8 under a single-byte charset's name is UTF-8; Cyrillic that nobody declared, or that goes by a western charset's
name, is Cyrillic. Python's codecs that are no charsets of documents are not asked.
"""

import codecs
import re
from collections.abc import Iterator
from email.message import Message
from functools import lru_cache

_DECLARATION = re.compile(rb"<\?xml[^>]*>")
_DECLARED = re.compile(rb"^<\?[^>]*?encoding=['\"]([\w.:-]{1,40})['\"]")
_MARKS = {
    codecs.BOM_UTF32_BE: "utf-32be",
    codecs.BOM_UTF32_LE: "utf-32le",
    codecs.BOM_UTF16_BE: "utf-16be",
    codecs.BOM_UTF16_LE: "utf-16le",
    codecs.BOM_UTF8: "utf-8",
}
# How "<?xm" begins in charsets that don't hold ASCII's bytes.
_FIRST_BYTES = {
    b"\x00\x00\x00<": "utf-32be",
    b"<\x00\x00\x00": "utf-32le",
    b"\x00<\x00?": "utf-16be",
    b"<\x00?\x00": "utf-16le",
    b"Lo\xa7\x94": "cp037",
}
_WIDE = re.compile(r"(cs)?(iso-10646-)?(u|ucs|utf|unicode|csunicode)[-_]?(2|4|16|32)?$")
# In these the body stands already, once it has turned out to be good.
_UTF8 = frozenset({"utf-8", "utf8"})
_ODD = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
_SINGLE_BYTE = re.compile(r"(windows-?|cp)125\d|iso-?8859-?\d+|latin-?\d|koi8-?[ru]|(us-)?ascii")
_WESTERN = re.compile(r"(windows-?|cp)1252|iso-?8859-?(1|15)|latin-?1")
# Three letters beyond ASCII in a row: every Cyrillic word, hardly a western one.
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff]{3,}")
_SAMPLE = 100_000
_NAMED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{3,20})""", re.IGNORECASE)
# The encodings of the web; Python knows others, and some of them take forever.
_ENCODINGS = re.compile(
    r"(?:utf-?8|(?:windows-?|cp)\d{3,4}|koi8-?[rut]|iso-?8859-?\d{1,2}|mac-?cyrillic|ibm866|gb\d{4,5}|gbk|big5"
    r"|euc-?(?:jp|kr)|shift[-_]?jis|tis-?620)$",
    re.IGNORECASE,
)
# As browsers read them: what calls itself Latin-1 is its larger Windows sister.
_LATIN = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")


def as_utf8(body: bytes, content_type: str | None) -> bytes:
    """The body in UTF-8, without a byte order mark and an XML declaration. Bytes of no charset are replaced."""
    mark, body = _marked(body)
    for name in _candidates(body, mark, content_type):
        text = decoded(body, name)
        if text is not None:
            return _undeclared(body if name in _UTF8 else text.encode("utf-8", "replace"))
    return _undeclared(body.decode("utf-8", "replace").encode())


def _undeclared(text: bytes) -> bytes:
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


@lru_cache(maxsize=256)
def header_charset(content_type: str | None) -> str:
    """The charset that a Content-Type header names, "" where it names none."""
    header = Message()
    header["Content-Type"] = content_type or ""
    try:
        return (header.get_content_charset() or "").strip("'\"")
    except (LookupError, ValueError):
        return ""


def _marked(body: bytes) -> tuple[str, bytes]:
    """The charset that the body's first bytes show, and the body without its mark."""
    for mark, name in _MARKS.items():
        if body.startswith(mark):
            return name, body[len(mark) :]
    return _FIRST_BYTES.get(body[:4], ""), body


def _candidates(body: bytes, mark: str, content_type: str | None) -> Iterator[str]:
    """Charsets to try in turn."""
    media, said, declared = _media_type(content_type), header_charset(content_type), _declared(body, mark)
    first = said if _header_counts(media) else ""
    if not first:
        first = "us-ascii" if media.startswith("text/") else declared or "utf-8"
    if mark not in ("", "utf-8"):
        yield mark
    for name in (first, declared):
        yield from _corrected(body, name)
    yield from filter(None, ("utf-8", _cyrillic(body), "windows-1252", "iso-8859-2"))


def _media_type(content_type: str | None) -> str:
    return (content_type or "application/xml").partition(";")[0].strip().lower()


def _header_counts(media: str) -> bool:
    """Whether the header's charset goes before the body's own: where the header calls it XML, or text."""
    return media.startswith(("application/xml", "text/")) or media.endswith("+xml")


def _declared(body: bytes, mark: str) -> str:
    """The charset in the XML declaration; a mark knows the bytes' order better."""
    start = (decoded(body[:400], mark) or "").encode() if mark else body[:400]
    found = _DECLARED.match(start)
    name = found[1].decode("ascii", "replace").lower() if found else ""
    return mark if mark and _WIDE.match(name) else name


def _corrected(body: bytes, name: str) -> Iterator[str]:
    """The charset by this name; before it what the bytes look like, where the name is one that any bytes bear."""
    if _SINGLE_BYTE.fullmatch(name.lower()) and not body.isascii():
        yield "utf-8"
    if _WESTERN.fullmatch(name.lower()) and (cyrillic := _cyrillic(body)):
        yield cyrillic
    if name:
        yield "gb18030" if name.lower() == "gb2312" else name


def decoded(body: bytes, name: str) -> str | None:
    """The body in the charset of this name; None where it isn't, or no charset of documents has that name."""
    try:
        return None if codecs.lookup(name).name in _ODD else body.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _cyrillic(body: bytes) -> str:
    """The Cyrillic charset that the bytes look like, "" if they look like none.

    Small letters, which most are, stand in the upper half in Windows-1251 and in the lower in KOI8.
    """
    sample = body[:_SAMPLE]
    runs = b"".join(_CYRILLIC_RUN.findall(sample))
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    if len(runs) < 12 or len(runs) * 2 < high:
        return ""
    upper = len(runs.translate(None, bytes(range(0xC0, 0xE0))))
    return "windows-1251" if upper * 2 >= len(runs) else "koi8-u"


# --- Pages ---


def page_text(body: bytes) -> str | bytes:
    """A page's text: UTF-8 if it is, else in the charset it names; as it came, to be guessed at, if it names none."""
    try:
        # Not final: the page may have been cut within a character.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(body)
    except UnicodeDecodeError:
        charset = _named_charset(body)
    try:
        return body.decode(charset, "replace") if charset else body
    except LookupError:
        return body


def _named_charset(body: bytes) -> str | None:
    found = _NAMED.search(body[:4096])
    charset = found[1].decode().lower() if found else ""
    if charset in _LATIN:
        return "windows-1252"
    return charset if _ENCODINGS.match(charset) else None
