"""Addresses that are secrets: those with a password in them, and those that somebody asks to keep private.

Where such a feed really is, and what opens it, is kept apart from all that is shown, logged or given out: a feed's
own `url` then names the server alone.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from news.address import normal_address, read_addresses
from news.errors import BadAddress

# What follows an address that is to be kept private.
WORDS = frozenset(["private", "приватно"])
_CREDENTIALS = re.compile(r"(?<=//)[^/\s]*@")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a private feed is; `authorization` is the header that opens it, empty where the address itself does.

    Its representation says nothing of it.
    """

    address: str = field(repr=False)
    authorization: str = field(default="", repr=False)

    @property
    def origin(self) -> str:
        """The part of the address that may be shown: its server."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))

    @property
    def name(self) -> str:
        """What the feed is known by; no address is written so. Another key to the same address is another feed."""
        return f"{self.authorization} {self.address}"


def read_secret(text: str) -> Secret | None:
    """The secret in what a person typed, None where nothing in it is private; raises BadAddress.

    An address without a scheme is taken for https alone: a secret is not sent in the open on a guess.
    """
    words = text.split()
    asked = len(words) == 2 and words[1].casefold() in WORDS
    typed = words[0] if asked else text.strip().strip("<>\"'«»")
    parts = _split(typed)
    if parts is not None and "@" in parts.netloc:
        return _with_credentials(parts)
    return Secret(read_addresses(typed)[0]) if asked else None


def typed(secret: Secret) -> str:
    """A secret as a person types it, for giving it back to them; `read_secret` reads the same."""
    if not secret.authorization:
        return f"{secret.address} private"
    pair = b64decode(secret.authorization.removeprefix("Basic ")).decode()
    user, _, password = (quote(part, safe="") for part in pair.partition(":"))
    return secret.address.replace("://", f"://{user}:{password}@", 1)


def is_secret(text: str) -> bool:
    """Whether what a person typed holds a secret, well formed or not."""
    try:
        return read_secret(text) is not None
    except BadAddress:
        return showable(text) != text


def showable(text: str) -> str:
    """The text of an address without credentials, for telling a person what is wrong with it."""
    return _CREDENTIALS.sub("…@", text)


def address_to_show(text: str) -> str:
    """The address in what a person typed, or of a secret its server; raises BadAddress."""
    secret = read_secret(text)
    return secret.origin if secret else read_addresses(text)[0]


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None


def _with_credentials(parts: SplitResult) -> Secret:
    credentials, _, server = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    if not credentials.strip(":"):
        raise BadAddress("an address with an @ and no name before it")
    pair = f"{unquote(user)}:{unquote(password)}".encode()
    address = normal_address(urlunsplit(parts._replace(netloc=server)))
    return Secret(address, f"Basic {b64encode(pair).decode()}")
