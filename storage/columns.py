"""Column types that mean the same on both engines."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, SmallInteger, Text, TypeDecorator

from news.delivery import Kind

# SQLite numbers rows by itself only in a column it calls INTEGER (of 64 bits all the same).
RowId = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware in, aware and in UTC out; SQLite keeps it as sortable text without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text that every engine takes: NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Terms(TypeDecorator[tuple[str, ...]]):
    """Search terms in their order, kept as one text with spaces between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(" ".join(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class KindColumn(TypeDecorator[Kind]):
    """What a delivery is of, as a small number: an index compares it a hundred thousand times for one article."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Kind | None, dialect: Dialect) -> int | None:
        return None if value is None else _NUMBERS[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> Kind | None:
        return None if value is None else _KINDS[value]


_NUMBERS = {Kind.ARTICLE: 1, Kind.NOTICE: 2, Kind.BROADCAST: 3, Kind.EDIT: 4, Kind.DIGEST: 5, Kind.MISHAP: 6}
_KINDS = {number: kind for kind, number in _NUMBERS.items()}


class Numbers(TypeDecorator[frozenset[int]]):
    """A set of numbers from 0 to 30, kept as the bits of one."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int | None:
        return None if value is None else sum(1 << number for number in value if 0 <= number <= 30)

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int] | None:
        if not value:
            return None if value is None else frozenset()
        return frozenset(number for number in range(31) if value >> number & 1)


def clean(text: str) -> str:
    """The text without what can't be stored."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
