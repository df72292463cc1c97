"""A feed's habits in one small column."""

import struct
from datetime import UTC, datetime
from math import isfinite

from sqlalchemy import Dialect, LargeBinary, TypeDecorator

from news.gaps import CLASSES
from news.habits import Habits

# `at` in seconds since the epoch, `span`, then the counts of weekdays, hours and gaps.
_FORM = struct.Struct(f"<dd{7 + 24 + CLASSES}f")


class HabitsColumn(TypeDecorator[Habits]):
    """Habits as 204 bytes; what has another form, an older program's perhaps, is forgotten and learnt anew."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Habits | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Habits | None:
        return None if value is None else unpack(value)


def pack(habits: Habits) -> bytes:
    """The habits as bytes; counts are kept to seven digits."""
    return _FORM.pack(habits.at.timestamp(), habits.span, *habits.days, *habits.hours, *habits.gaps)


def unpack(packed: bytes) -> Habits | None:
    """The habits in these bytes; None where they hold none."""
    if len(packed) != _FORM.size:
        return None
    at, *numbers = _FORM.unpack(packed)
    # One number that is not finite makes the sum so.
    if not isfinite(at + sum(numbers)):
        return None
    span, counts = numbers[0], tuple(numbers[1:])
    return Habits(datetime.fromtimestamp(at, UTC), span, counts[:7], counts[7:31], counts[31:])
