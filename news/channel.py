"""Public Telegram channels by their names and links, and where their posts can be read on the web: pure."""

import re
from urllib.parse import urlsplit

from news.errors import BadChannel

TELEGRAM = "https://t.me"
_HOSTS = frozenset(["t.me", "www.t.me", "telegram.me", "telegram.dog"])
_NAME = re.compile(r"[a-z][a-z0-9_]{3,31}", re.IGNORECASE | re.ASCII)
# First words of paths that are long enough for a name and lead elsewhere.
_NO_NAMES = re.compile(
    r"add(?:emoji|list|stickers|theme)|boost|call|confirmphone|contact|giftcode|invoice|joinchat|login|proxy|"
    r"setlanguage|share|socks",
    re.IGNORECASE,
)


def link_to(name: str) -> str:
    """The link to the channel of this name; raises BadChannel for what can't be one."""
    if not _NAME.fullmatch(name) or _NO_NAMES.fullmatch(name):
        raise BadChannel(name)
    return f"{TELEGRAM}/{name}"


def channel_at(address: str) -> str | None:
    """The channel that a link to it or to a post of it names, None for an address elsewhere.

    Raises BadChannel for links of Telegram's that lead to no public channel: invitations, stickers.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in _HOSTS:
        name = named_in_path(parts.path)
    elif host.endswith(".t.me"):
        name = host.removesuffix(".t.me")
    else:
        return None
    link_to(name)
    return name


def preview_of(name: str, telegram: str = TELEGRAM) -> str:
    """Where a channel's newest posts stand on the web; names are the same in capitals."""
    return f"{telegram}/s/{name.lower()}"


def is_preview(address: str, telegram: str = TELEGRAM) -> bool:
    """Whether that is where a channel's posts stand on the web."""
    return address.startswith(f"{telegram}/s/")


def named_in_path(path: str) -> str:
    """The channel's name in the path of its link, its preview or one of its posts."""
    first, _, rest = path.strip("/").partition("/")
    return rest.partition("/")[0] if first == "s" else first
