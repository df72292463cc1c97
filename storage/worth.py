"""What a feed's pages were good for, in one small column."""

import struct
from datetime import UTC, datetime
from math import isfinite, nan

from sqlalchemy import Dialect, LargeBinary, TypeDecorator

from news.worth import MEMORY, Worth

# How many pages are told of, a bit for each (the newest lowest), the moments in seconds since the epoch (NaN: none).
_FORM = struct.Struct("<BIdd")


class WorthColumn(TypeDecorator[Worth]):
    """Worth as 21 bytes; what has another form, an older program's perhaps, is forgotten and learnt anew."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Worth | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Worth | None:
        return None if value is None else unpack(value)


def pack(worth: Worth) -> bytes:
    """The worth as bytes."""
    bits = sum(gave << place for place, gave in enumerate(reversed(worth.told)))
    moments = (nan if moment is None else moment.timestamp() for moment in (worth.again_at, worth.away_until))
    return _FORM.pack(len(worth.told), bits, *moments)


def unpack(packed: bytes) -> Worth | None:
    """The worth in these bytes; None where they hold none."""
    if len(packed) != _FORM.size:
        return None
    number, bits, *moments = _FORM.unpack(packed)
    if not 0 < number <= MEMORY:
        return None
    told = tuple(bool(bits >> place & 1) for place in reversed(range(number)))
    return Worth(told, *(_moment(seconds) for seconds in moments))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if isfinite(seconds) else None
    except (OverflowError, OSError, ValueError):
        return None
