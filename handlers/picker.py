"""Choosing one of many by buttons: a row each, paged."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.followed import name_of
from handlers.message import Button, Message
from handlers.number import number_of
from handlers.render import pager
from handlers.speech import Html
from news.chat import Subscription
from news.text import shortened

PER_PAGE = 8
LONGEST_LABEL = 60
# Before the number of a page, so that it is no feed's.
_PAGE = "page"


class Pick(NamedTuple):
    """What a press on a picker asks for: a thing by what its button carries, or another page."""

    thing: str = ""
    page: int = 0


def picker(asked: Html, name: str, things: Sequence[tuple[str, str]], page: int = 0) -> Message:
    """The question with a button for each thing of a page, given as its label and what its button is to carry behind
    the name."""
    pages = max(-(-len(things) // PER_PAGE), 1)
    page = min(page, pages - 1)
    here = things[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows = tuple((Button(shortened(label, LONGEST_LABEL), f"{name}:{thing}"),) for label, thing in here)
    return Message(asked, buttons=rows + pager(f"{name}:{_PAGE}", page, pages))


def picked(text: str) -> Pick:
    """What was pressed, from what the button carries behind the name."""
    kind, _, rest = text.partition(":")
    return Pick(page=number_of(rest) or 0) if kind == _PAGE else Pick(text)


def followed_things(followed: Sequence[Subscription]) -> list[tuple[str, str]]:
    """What a chat follows, with the numbers of /list, to be picked by the feed's id."""
    return [(f"{place}. {name_of(one)}", str(one.feed.id)) for place, one in enumerate(followed, 1)]
