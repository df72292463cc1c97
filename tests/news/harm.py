"""What in a piece of HTML could do harm in a browser."""

import re
from html.parser import HTMLParser

HARMFUL = frozenset({"script", "style", "iframe", "object", "embed", "svg", "math", "link", "meta", "base", "applet"})
SCRIPT = re.compile(r"[\x00-\x20]*(?:[a-z]+script|data):", re.IGNORECASE)


class _Reader(HTMLParser):
    """What a browser would find in a fragment that it should not."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in HARMFUL else []
        self.found += [f"{name}={value}" for name, value in attrs if name.startswith("on") or SCRIPT.match(value or "")]


def harm_in(fragment: str) -> list[str]:
    """The elements and attributes that should not be in a fragment made safe."""
    return _Reader(fragment).found
