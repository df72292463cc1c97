"""Bookmarks as a file that browsers and services for reading later import: the format that Netscape's began with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

_BEGINNING = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
    "<TITLE>{title}</TITLE>\n"
    "<H1>{title}</H1>\n"
    "<DL><p>\n"
)
_END = "</DL><p>\n"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An article's address, its title, the outlet that published it, and when it was saved."""

    link: str
    title: str
    outlet: str
    saved_at: datetime


def write_bookmarks(title: str, bookmarks: Sequence[Bookmark]) -> bytes:
    """The file, in UTF-8, under this title: the bookmarks in the order given."""
    rows = "".join(map(_row, bookmarks))
    return f"{_BEGINNING.format(title=escape(title))}{rows}{_END}".encode("utf-8", "replace")


def _row(mark: Bookmark) -> str:
    """Whoever reads such files reads them line by line."""
    title, outlet = (escape(" ".join(text.split())) for text in (mark.title or mark.link, mark.outlet))
    since = int(mark.saved_at.timestamp())
    note = f"    <DD>{outlet}\n" if outlet else ""
    return f'    <DT><A HREF="{escape(mark.link)}" ADD_DATE="{since}">{title}</A>\n{note}'
