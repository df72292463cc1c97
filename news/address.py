"""What a person or a feed gives as an address, read strictly."""

import re
import unicodedata
from contextlib import suppress
from urllib.parse import urljoin, urlsplit, urlunsplit

from news.channel import link_to
from news.errors import BadAddress
from news.text import visible

LONGEST = 2048

# The Fetch standard's bad-port list: services that must not be spoken to by HTTP.
# https://fetch.spec.whatwg.org/#bad-port
# fmt: off
BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})
# fmt: on

# Of ASCII only what host names are made of; beyond it the IDNA codec decides.
_LABEL = r"[a-z0-9_\-\u0080-\U0010ffff]+"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
_SCHEMELESS = re.compile(
    rf"^(\[[0-9a-f:.]+\]|{_LABEL}(\.{_LABEL})+\.?|localhost)(:\d+)?([/?#].*)?$", re.IGNORECASE | re.DOTALL
)
# What nearly all links look like, and nothing below would change.
_NORMAL = re.compile(
    r"https?://[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*(?::([1-9]\d{3,4}))?/[!$-:=@-~]*(?:\?[!$-~]+)?(?:#[!$-~]+)?",
    re.ASCII,
)
_HAS_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def read_addresses(text: str) -> tuple[str, ...]:
    """A person's text as http(s) addresses to try in turn: one, or https and http where no scheme is given.

    `@name` is a channel of Telegram's. Raises BadAddress for anything else, for credentials in the address (they
    would be shown to everybody who lists the feed), and for ports on the bad-port list.
    """
    text = text.strip().strip("<>\"'«»")
    if text.startswith("@"):
        return (link_to(text[1:]),)
    if _SCHEMELESS.match(text):
        return normal_address(f"https://{text}"), normal_address(f"http://{text}")
    return (normal_address(text),)


def normal_address(text: str) -> str:
    """An absolute http(s) address without fragment and default port; raises BadAddress.

    Its host is in lower case and in the letters of its language, however it was spelt.
    """
    if len(text) > LONGEST or re.search(r"\s", text) or visible(text) != text or not _HAS_SCHEME.match(text):
        raise BadAddress(text[:LONGEST])
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        named = ":" in host or bool(_HOST.fullmatch(host) and host.encode("idna"))
    except (ValueError, UnicodeError) as error:
        raise BadAddress(text) from error
    if parts.scheme not in _DEFAULT_PORTS or not named or "@" in parts.netloc or port in BAD_PORTS:
        raise BadAddress(text)
    return urlunsplit((parts.scheme, _netloc(parts.scheme, _lettered(host), port), parts.path or "/", parts.query, ""))


def absolute_link(value: str | None, base: str) -> str | None:
    """A link as a feed at `base` gives it, made absolute, its fragment kept; None for one that leads nowhere."""
    if not value:
        return None
    if _is_normal(value):
        return value
    try:
        absolute = urljoin(base, value.strip()).replace(" ", "%20")
        normal = normal_address(absolute)
    except (BadAddress, ValueError):
        return None
    _, hash_sign, fragment = absolute.partition("#")
    return f"{normal}{hash_sign}{fragment}"


def _is_normal(link: str) -> bool:
    """Whether a link is as it would be made, as nearly all are."""
    found = _NORMAL.fullmatch(link) if len(link) <= LONGEST else None
    return found is not None and (found[1] is None or _is_open(int(found[1])))


def _is_open(port: int) -> bool:
    return port < 65_536 and port not in BAD_PORTS


def _lettered(host: str) -> str:
    """A host's name in letters where it stands in punycode; what would not lead back there stays as it is."""
    if "xn--" in host:
        with suppress(UnicodeError):
            host = host.encode("ascii").decode("idna")
    return unicodedata.normalize("NFC", host)


def _netloc(scheme: str, host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port in (None, _DEFAULT_PORTS[scheme]) else f"{bracketed}:{port}"


def host_of(address: str) -> str:
    """Whose server an address names: host and port, as limits per host count them."""
    return urlsplit(address).netloc.lower()


def shown(address: str) -> str:
    """An address as people write it: without scheme and a bare closing slash."""
    parts = urlsplit(address)
    return urlunsplit(("", parts.netloc, parts.path, parts.query, "")).removeprefix("//").removesuffix("/")
