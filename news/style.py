"""How a summary is to be written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The language (ISO 639-1; empty: the article's own, which nobody could tell) and the most characters."""

    language: str
    length: int
