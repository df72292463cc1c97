"""What a robots.txt asks of us, by RFC 9309: pure.

Of a file only the lines that concern us are kept: those of newspapers name dozens of programs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

TOKEN = "visnyk"
EVERYBODY = "*"
# As large search engines are said to read them, and RFC 9309 leaves room for.
_NAMING = frozenset(["useragent"])
_RULES = {"allow": "+"} | dict.fromkeys(["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"], "-")
_ENDING = frozenset(["crawldelay"])
_PRODUCT = re.compile(r"[a-z_-]+|\*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
# All of printable ASCII: what is escaped beyond it is escaped in one way on both sides.
_ASCII = "".join(map(chr, range(33, 127)))
# These mean something else where they are escaped: in a pattern, or in every address.
_KEPT_ESCAPED = frozenset("*$%/")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for us, a line each, the one that goes first before the others: + or -, and the pattern of a path."""

    lines: str = ""

    def allow(self, url: str) -> bool:
        """Whether the page at an absolute address may be fetched."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        path = path.replace("*", "%2A").replace("$", "%24")
        told = (line[0] == "+" for line in self.lines.split("\n") if line and _matches(line[1:], path))
        return next(told, True)


def read_rules(body: bytes, token: str = TOKEN) -> Rules:
    """The rules of the groups that name this product, or else of those for everybody. Reads whatever comes."""
    rules: dict[str, set[tuple[str, str]]] = {}
    group: set[str] = set()
    naming = False
    for key, value in _lines(body):
        if key in _NAMING:
            group = {*(group if naming else ()), _product(value)} & {token, EVERYBODY}
            rules |= {name: rules.get(name, set()) for name in group}
        elif key in _RULES and value:
            for name in group:
                rules[name].add((_RULES[key], _pattern(value)))
        naming = key in _NAMING or (naming and key not in _RULES and key not in _ENDING)
    ours = rules.get(token, rules.get(EVERYBODY, set()))
    # The longest goes first, and of two as long the one that allows.
    return Rules("\n".join(f"{sign}{pattern}" for sign, pattern in sorted(ours, key=lambda one: (-len(one[1]), *one))))


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", body.decode("utf-8-sig", errors="replace")):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield re.sub(r"[\s_-]", "", key.lower()), value.strip()


def _product(value: str) -> str:
    """The name in `Name/1.0`."""
    found = _PRODUCT.match(value)
    return found[0].lower() if found else ""


def _pattern(value: str) -> str:
    end = "$" if value.endswith("$") else ""
    return _normal(value.removesuffix("$")).replace("$", "%24") + end


def _normal(text: str) -> str:
    """A path or pattern spelt in the one way in which it is compared."""
    return quote(_ESCAPE.sub(_unescaped, text), safe=_ASCII)


def _unescaped(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if "!" <= letter <= "~" and letter not in _KEPT_ESCAPED else escape[0].upper()


def _matches(pattern: str, path: str) -> bool:
    """Whether the pattern, in which `*` is anything and a closing `$` the end, is that of the path's beginning."""
    ends = pattern.endswith("$")
    first, *middle = pattern.removesuffix("$").split("*")
    last = middle.pop() if ends and middle else None
    if not path.startswith(first):
        return False
    place = len(first)
    for part in middle:
        place = path.find(part, place) + len(part)
        if place < len(part):
            return False
    if last is None:
        return place == len(path) or not ends
    return path.endswith(last) and len(path) - len(last) >= place
