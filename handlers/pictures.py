"""Which pictures are sent with news, and how; what failed lately isn't tried for a while.

Telegram fetches a picture by its address itself. Once it has, it knows the picture by an id, and the publisher is asked
no more.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

# So many failures in a row, and it is left alone for so long.
IN_A_ROW, REST = 3, timedelta(hours=1)
# So many pictures are known by id; so many hosts and chats are remembered.
REMEMBERED = 1_000
LONGEST_ADDRESS = 2_000
# Telegram makes no photo of these, or one that doesn't move.
_OTHER_FORMATS = (".svg", ".gif", ".ico")
# A picture of one point counts readers and shows nothing.
_ONE_POINT = re.compile(r"(?<!\d)1x1(?!\d)|[?&](?:w|h|width|height)=1(?!\d)|/pixel\b|\bspacer\b", re.IGNORECASE)


def is_picture(address: str | None) -> bool:
    """Whether a picture worth showing may be at this address, as far as the address tells."""
    if not address or len(address) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return is_web and not parts.path.lower().endswith(_OTHER_FORMATS) and not _ONE_POINT.search(address)


class Failing:
    """What failed several times in a row rests for a while; what succeeds in between begins anew."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failures: OrderedDict[Hashable, tuple[int, datetime]] = OrderedDict()

    def rests(self, name: Hashable) -> bool:
        """Whether it is to be left alone now."""
        times, last = self._failures.get(name, (0, self._clock()))
        return times >= IN_A_ROW and self._clock() < last + REST

    def failed(self, name: Hashable) -> None:
        """It failed once more."""
        times, _ = self._failures.pop(name, (0, None))
        self._failures[name] = times + 1, self._clock()
        if len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, name: Hashable) -> None:
        """It works."""
        self._failures.pop(name, None)


class Pictures:
    """What to send as a message's picture, by what became of those before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._failing = Failing(clock)
        self._known: OrderedDict[str, str] = OrderedDict()

    def to_send(self, address: str, chat_id: int) -> str | None:
        """The picture's id with Telegram, or its address; None where it is better not tried."""
        if self._failing.rests(chat_id):
            return None
        known = self._known.get(address)
        return known or (None if self._failing.rests(_host(address)) else address)

    def taken(self, address: str, chat_id: int, file_id: str) -> None:
        """Telegram took it, and knows it by this id."""
        self._failing.succeeded(_host(address))
        self._failing.succeeded(chat_id)
        self._known[address] = file_id
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def failed(self, address: str) -> None:
        """Telegram couldn't fetch it, or make a picture of it."""
        self._known.pop(address, None)
        self._failing.failed(_host(address))

    def unwanted(self, chat_id: int) -> None:
        """The chat takes no pictures."""
        self._failing.failed(chat_id)


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()
