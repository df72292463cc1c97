"""A long text cut into pages, between paragraphs or sentences wherever that can be: pure."""

from collections.abc import Iterator
from textwrap import wrap

from handlers.measure import units
from news.text import sentences

# Units of a page: what is above and below it fits into one message besides.
ROOM = 3_000
_BETWEEN_PARAGRAPHS = "\n\n"


def sheets(text: str, room: int = ROOM) -> list[str]:
    """The pages of a text whose lines are its paragraphs, each of at most so many units; one where there is nothing.

    A paragraph that doesn't fit begins the next page where this one is half full, and is cut between sentences.
    """
    pages = [""]
    for paragraph in filter(None, map(str.strip, text.splitlines())):
        if not _fits(_joined(pages[-1], paragraph), room) and units(pages[-1]) > room // 2:
            pages.append("")
        fits = _fits(_joined(pages[-1], paragraph), room)
        _put(pages, [paragraph] if fits else list(_pieces(paragraph, room)), room)
    return pages


def _put(pages: list[str], pieces: list[str], room: int) -> None:
    """Put the pieces of one paragraph on the last page, and on new ones."""
    between = _BETWEEN_PARAGRAPHS
    for piece in pieces:
        joined = _joined(pages[-1], piece, between)
        if _fits(joined, room):
            pages[-1] = joined
        else:
            pages.append(piece)
        between = " "


def _joined(page: str, piece: str, between: str = _BETWEEN_PARAGRAPHS) -> str:
    return f"{page}{between}{piece}" if page else piece


def _fits(page: str, room: int) -> bool:
    return units(page) <= room


def _pieces(paragraph: str, room: int) -> Iterator[str]:
    """Its sentences; of one that fits on no page so many words at a time."""
    for sentence in sentences(paragraph):
        # A character has one unit, or two.
        yield from [sentence] if _fits(sentence, room) else wrap(sentence, room // 2)
